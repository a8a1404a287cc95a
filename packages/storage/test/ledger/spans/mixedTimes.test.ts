import { assert, describe, it } from "@effect/vitest"
import { type AccountCode, LedgerStore, ReasonCode, type TransferKind, type TransferQuery } from "@purser/domain/ledger"
import { type HistoryStep, play } from "@purser/domain/ledger/testing"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql/SqlClient"
import { makeAsks } from "../asks.ts"
import { databases, type Ground, stores } from "../stores.ts"

const asks = makeAsks("mixed")
const accountNames = ["hot", "cold", ...Array.from({ length: 40 }, (_, index) => `user:${index}`)]
const batches = 5
const perBatch = 700

/** Numbers that are the same each time. */
const makeBelow = (seed: number) => {
  let state = seed
  return (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

type Below = ReturnType<typeof makeBelow>

/** How late transfers take effect after or before they are booked. */
const lags: Readonly<Record<string, (below: Below, index: number) => number>> = {
  "as booked": () => 0,
  "now and then long before or after": (below) => below(60) === 0 ? below(4000) - 2000 : 0,
  "in no order": (below) => below(10_000) - 5000,
  "each earlier than the one before": (_, index) => -2 * index
}

const askOf = (below: Below, index: number, effectiveAtMillis: number) => {
  const user = accountNames[2 + below(accountNames.length - 2)]!
  const [debit, credit] = below(3) === 0 ? [user, "hot"] : ["hot", below(500) === 0 ? "cold" : user]
  const fields = {
    debit: asks.code(debit),
    credit: asks.code(credit),
    amountMinor: BigInt(1 + below(1000)),
    effectiveAtMillis,
    reason: ReasonCode.make(below(300) === 0 ? "rare" : below(2) === 0 ? "usual" : "other"),
    reference: below(4) === 0 ? `r${below(300)}` : null,
    metadata: below(3) === 0 ? { channel: `c${below(2)}` } : below(200) === 0 ? { channel: "c0", campaign: "x" } : {}
  }
  return below(20) === 0 ? asks.hold(`${index}`, fields) : asks.post(`${index}`, fields)
}

/** Batches booked at times that go forth and, once, back. */
const historyOf = (lag: (below: Below, index: number) => number): ReadonlyArray<HistoryStep> => {
  const below = makeBelow(7)
  const steps = Array.from({ length: batches }, (_, batch): HistoryStep => {
    const atMillis = 10_000 + (batch === 3 ? 1 : batch) * 1000
    return {
      _tag: "Post",
      atMillis,
      sets: Array.from({ length: perBatch }, (_, place) => {
        const index = batch * perBatch + place
        return [askOf(below, index, atMillis + lag(below, index))]
      })
    }
  })
  return [{ _tag: "OpenAccounts", atMillis: 0, requests: accountNames.map((name) => asks.account(name)) }, ...steps]
}

const maybe = <A>(below: Below, chance: number, value: () => A): A | undefined =>
  below(chance) === 0 ? value() : undefined

/** Leaves out what was not drawn. */
const given = (query: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))

const queryOf = (below: Below): TransferQuery => ({
  order: below(2) === 0 ? "oldest_first" : "newest_first",
  limit: 1 + below(150),
  ...given({
    account: maybe(below, 4, (): AccountCode => asks.code(accountNames[below(5)]!)),
    accountPrefix: maybe(below, 3, () => `mixed:${["", "user:", "user:1", "cold", "h", "x"][below(6)]}`),
    reference: maybe(below, 6, () => `r${below(300)}`),
    reason: maybe(below, 3, () => ["rare", "usual", "none"][below(3)]),
    kind: maybe(below, 5, (): TransferKind => ["post", "hold", "void"][below(3)] as TransferKind),
    metadata: maybe(below, 4, () => below(2) === 0 ? { channel: `c${below(2)}` } : { channel: "c0", campaign: "x" }),
    bookedFromMillis: maybe(below, 3, () => 9500 + below(6000)),
    bookedToMillis: maybe(below, 3, () => 9500 + below(6000)),
    after: maybe(below, 2, () => BigInt(below(batches * perBatch + 100)))
  })
})

const read = LedgerStore.use((store) =>
  Effect.gen(function*() {
    const below = makeBelow(99)
    const pages = yield* Effect.forEach(
      Array.from({ length: 100 }, () => queryOf(below)),
      (query) =>
        Effect.map(store.transfers(query), (found) => ({ query, found: found.map(({ sequence }) => sequence) }))
    )
    const balances = yield* Effect.forEach(
      Array.from({ length: 40 }, () => [asks.code(accountNames[below(4)]!), 5000 + below(14_000)] as const),
      ([account, effectiveAtMillis]) => store.balanceAt(account, { effectiveAtMillis })
    )
    return { pages, balances }
  })
)

type Stored = Layer.Success<typeof databases.sqlite>

/** Waits until every full stretch of the log is summed up: from then on spans are what answers rest on. */
const summedUp = Effect.gen(function*() {
  const sql = yield* SqlClient
  const wanted = BigInt(Math.floor((batches * perBatch) / 1024))
  const count = sql.unsafe<{ readonly count: bigint }>("SELECT count(*) AS count FROM span WHERE level = 0")
  while ((yield* count)[0]!.count < wanted) yield* Effect.sleep("5 millis")
})

const [[, memory]] = stores as [readonly [string, Layer.Layer<Ground>]]

describe.each(Object.entries(lags))("LG-7 reads where transfers take effect %s", (_, lag) => {
  const history = historyOf(lag)
  const expected = Effect.cached(Effect.provide(Effect.andThen(play(history), read), memory, { local: true }))
  const wanted = Effect.runSync(expected)

  it.live.each(Object.entries(databases))(
    "are those of the reference model on %s",
    ([, world]) =>
      Effect.gen(function*() {
        const { before, after } = yield* Effect.provide(
          Effect.gen(function*() {
            yield* play(history)
            const before = yield* read
            yield* summedUp
            return { before, after: yield* read }
          }),
          world as Layer.Layer<Stored>,
          { local: true }
        )
        const model = yield* wanted
        assert.deepStrictEqual(after, model)
        assert.deepStrictEqual(before, model)
      })
  )
})
