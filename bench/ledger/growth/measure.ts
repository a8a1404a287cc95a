/** Times questions and postings on a ledger that is there. */
import {
  AccountCode,
  LedgerLog,
  LedgerStore,
  type LogError,
  PostTransfer,
  ReasonCode,
  TransferId
} from "@purser/domain/ledger"
import { at } from "@purser/domain/ledger/testing"
import { Asset } from "@purser/domain/money"
import type { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { type Dice, makeDice } from "./dice.ts"
import { accountAt, type History, hotAccount, idOf, type SeededTotals } from "./history.ts"
import { asksOf, type Extent } from "./probes.ts"

/** One line of what was measured; `perSecond` is what one after the other or all callers together came to. */
export interface Measured {
  readonly measure: string
  readonly points: number
  readonly p50Millis: number
  readonly p95Millis: number
  readonly perSecond: number
  /** Processor time of this process for one point, its mean; on SQLite that is all that the machine did. */
  readonly cpuMillis: number
}

const rounded = (value: number): number => Number(value.toPrecision(3))

/** When something began, by the clock and by the processor time that this process had used. */
interface Start {
  readonly millis: number
  readonly cpu: NodeJS.CpuUsage
}

const begin = (): Start => ({ millis: performance.now(), cpu: process.cpuUsage() })

const cpuSince = ({ cpu }: Start): number => {
  const { system, user } = process.cpuUsage(cpu)
  return (system + user) / 1000
}

const summed = (measure: string, millis: ReadonlyArray<number>, from: Start): Measured => {
  const sorted = millis.toSorted((left, right) => left - right)
  const at = (part: number): number =>
    rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
  return {
    measure,
    points: millis.length,
    p50Millis: at(0.5),
    p95Millis: at(0.95),
    perSecond: rounded((millis.length * 1000) / (performance.now() - from.millis)),
    cpuMillis: rounded(cpuSince(from) / millis.length)
  }
}

const timed = <A, E, R>(effect: Effect.Effect<A, E, R>, into: Array<number>): Effect.Effect<void, E, R> =>
  Effect.suspend(() => {
    const from = performance.now()
    return Effect.map(effect, () => {
      into.push(performance.now() - from)
    })
  })

/** At most so many points and so long for one question. */
export interface Patience {
  readonly points: number
  readonly millis: number
}

/** Each question at random places, one after the other; the first one is not counted. */
export const measureReads = (
  extent: Extent,
  { millis, points }: Patience,
  only: string
): Effect.Effect<ReadonlyArray<Measured>, StorageError, LedgerStore> =>
  Effect.gen(function*() {
    const asks = Object.entries(asksOf(yield* LedgerStore, extent)).filter(([name]) => name.includes(only))
    return yield* Effect.forEach(asks, ([name, ask]) =>
      Effect.gen(function*() {
        const dice = makeDice(7)
        const took: Array<number> = []
        yield* ask(dice)
        const from = begin()
        while (took.length < points && (took.length < 5 || performance.now() - from.millis < millis)) {
          yield* timed(ask(dice), took)
        }
        return summed(name, took, from)
      }))
  })

/** Proofs that random transfers are in the log of today. */
export const measureProofs = (
  extent: Extent,
  { millis, points }: Patience
): Effect.Effect<Measured, StorageError | LogError, LedgerStore | LedgerLog> =>
  Effect.gen(function*() {
    const log = yield* LedgerLog
    const store = yield* LedgerStore
    const size = yield* log.size
    const dice = makeDice(11)
    const took: Array<number> = []
    const from = begin()
    while (took.length < points && (took.length < 5 || performance.now() - from.millis < millis)) {
      const after = BigInt(dice.below(extent.transfers))
      const [transfer] = yield* store.transfers({ order: "oldest_first", after, limit: 1 })
      yield* timed(log.inclusion(transfer!.id, size), took)
    }
    return summed("proof of inclusion, and its transfer", took, from)
  })

const requestOf = (dice: Dice, extent: Extent): PostTransfer => {
  const user = AccountCode.make(accountAt(103 + dice.below(extent.accounts - 102)).code)
  return new PostTransfer({
    id: TransferId.make(dice.uuid()),
    debit: AccountCode.make(hotAccount),
    credit: user,
    asset: Asset.EUR.code,
    amountMinor: BigInt(1 + dice.below(5000)),
    reason: ReasonCode.make("deposit.settled"),
    reference: `order-${dice.hex(2)}`,
    metadata: dice.below(4) === 0 ? { channel: "web" } : {}
  })
}

const readTotals = Effect.gen(function*() {
  const store = yield* LedgerStore
  const totals = new Map<number, SeededTotals>()
  let after: AccountCode | undefined
  while (true) {
    const page = yield* store.accounts({ prefix: "", limit: 1000, ...after === undefined ? {} : { after } })
    if (page.length === 0) return totals
    for (const account of page) {
      totals.set(idOf(account.code), {
        debitsPosted: Number(account.debitsPostedMinor),
        debitsPending: Number(account.debitsPendingMinor),
        creditsPosted: Number(account.creditsPostedMinor),
        creditsPending: Number(account.creditsPendingMinor),
        version: Number(account.version)
      })
    }
    after = page.at(-1)!.code
  }
})

/** Posts with one caller and with 32; the history goes on after them. */
export const measureWrites = (
  extent: Extent,
  history: History,
  posts: number
): Effect.Effect<ReadonlyArray<Measured>, StorageError, LedgerStore> =>
  Effect.gen(function*() {
    // The first of them make the connections and plans.
    const seed = history.transfers
    yield* measurePosts(extent, { callers: 8, posts: 200, seed: seed + 1 })
    const alone = yield* measurePosts(extent, { callers: 1, posts, seed: seed + 2 })
    const many = yield* measurePosts(extent, { callers: 32, posts: posts * 8, seed: seed + 3 })
    history.absorb(200 + alone.points + many.points, yield* readTotals)
    return [alone, many]
  }).pipe(at(history.bookedAtMillis))

/** Posts so many transfers with so many callers, each waiting for its answer before it posts again. */
const measurePosts = (
  extent: Extent,
  { callers, posts, seed }: { readonly callers: number; readonly posts: number; readonly seed: number }
): Effect.Effect<Measured, StorageError, LedgerStore> =>
  Effect.gen(function*() {
    const store = yield* LedgerStore
    const dice = makeDice(seed)
    const took: Array<number> = []
    const one = Effect.suspend(() => store.post([[requestOf(dice, extent)]])).pipe(
      Effect.map(([outcome]) => Result.getOrThrow(outcome!))
    )
    const caller = Effect.forEach(Array.from({ length: Math.ceil(posts / callers) }), () => timed(one, took), {
      discard: true
    })
    const from = begin()
    yield* Effect.all(Array.from({ length: callers }, () => caller), { concurrency: "unbounded", discard: true })
    return summed(`post, ${callers} ${callers === 1 ? "caller" : "callers"}`, took, from)
  })

/** Verifies everything; its time is for one transfer. Fails when the ledger is not in order. */
export const measureVerify: Effect.Effect<Measured, StorageError, LedgerStore> = Effect.gen(function*() {
  const store = yield* LedgerStore
  const from = begin()
  const { discrepancies, transfers } = yield* store.verify
  const count = Number(transfers)
  const millis = performance.now() - from.millis
  if (discrepancies.length > 0) {
    yield* Effect.die(new Error(`the ledger is not in order: ${JSON.stringify(discrepancies.slice(0, 5))}`))
  }
  const each = rounded(millis / count)
  return {
    measure: "verify, a transfer",
    points: count,
    p50Millis: each,
    p95Millis: each,
    perSecond: rounded(1000 / each),
    cpuMillis: rounded(cpuSince(from) / count)
  }
})
