/** Holds the upkeep of the books to its promises, in every place where books are kept. */
import { assert, describe, layer } from "@effect/vitest"
import { IdempotencyStore } from "@purser/domain/idempotency"
import {
  AccountCode,
  AccountRequest,
  deriveTransferId,
  HoldTransfer,
  LedgerStore,
  ReasonCode
} from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import { ExpireHolds, Fencing, PruneAnswers } from "@purser/jobs"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { places } from "../stories/stores.ts"

const hourMillis = 3_600_000
const [debit, credit] = [AccountCode.make("upkeep:from"), AccountCode.make("upkeep:to")]

const openAccounts = LedgerStore.use((ledger) =>
  ledger.openAccounts(([[debit, "debit"], [credit, "credit"]] as const).map(([code, normalSide]) =>
    new AccountRequest({
      code,
      asset: Asset.XMR.code,
      normalSide,
      balanceRule: "none",
      overdraftMinor: 0n,
      metadata: {}
    })
  ))
)

const hold = (name: string, expiresAtMillis: number | null) =>
  new HoldTransfer({
    id: deriveTransferId("upkeep", name),
    reason: ReasonCode.make("upkeep.held"),
    debit,
    credit,
    asset: Asset.XMR.code,
    amountMinor: 5n,
    expiresAtMillis
  })

/** Runs an hour ago. */
const earlier = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.flatMap(Effect.service(Clock.Clock), (clock) => {
    const millis = () => clock.currentTimeMillisUnsafe() - hourMillis
    return Effect.provideService(effect, Clock.Clock, {
      currentTimeMillisUnsafe: millis,
      currentTimeMillis: Effect.sync(millis),
      currentTimeNanosUnsafe: () => BigInt(millis()) * 1_000_000n,
      currentTimeNanos: Effect.sync(() => BigInt(millis()) * 1_000_000n),
      monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
      monotonicTimeNanos: clock.monotonicTimeNanos,
      sleep: (duration) => clock.sleep(duration)
    })
  })

/** Books holds of which `due` have expired by now and one never does. */
const holdSome = Effect.fnUntraced(function*(name: string, due: number) {
  yield* openAccounts
  const past = (yield* Clock.currentTimeMillis) - 1
  const holds = Array.from({ length: due }, (_, index) => hold(`${name} ${index}`, past))
  const sets = [...holds, hold(`${name} for ever`, null)].map((one) => [one])
  const outcomes = yield* earlier(LedgerStore.use((ledger) => ledger.post(sets)))
  assert.isTrue(outcomes.every(Result.isSuccess))
})

const pendingMinor = LedgerStore.use((ledger) =>
  Effect.map(ledger.account(credit), (account) => Option.getOrThrow(account).creditsPendingMinor)
)

const term = (name: string) => Fencing.use((fencing) => fencing.take(name))

/** The store at hand, whose release of holds breaks from the second call on, as if the process had died. */
const dyingStore = Layer.effect(
  LedgerStore,
  Effect.map(LedgerStore, (ledger) => {
    let calls = 0
    return LedgerStore.of({
      ...ledger,
      expireHolds: (limit) => Effect.suspend(() => ++calls > 1 ? Effect.interrupt : ledger.expireHolds(limit))
    })
  })
)

const scope = (key: string) => ({ principal: "upkeep", operation: "test", key })

const answer = Effect.fnUntraced(function*(key: string) {
  const answers = yield* IdempotencyStore
  const atMillis = yield* Clock.currentTimeMillis
  yield* answers.begin(scope(key), { requestHash: "0".repeat(64), atMillis, leaseMillis: 1000 })
  yield* answers.complete(scope(key), { status: 200, body: "{}" })
})

describe("LG-3 LG-16 PF-4 upkeep of the books", () => {
  for (const [place, stores] of Object.entries(places)) {
    describe(`in ${place}`, () => {
      layer(stores(), { excludeTestServices: true })((it) => {
        it.effect("releases every hold that is due, once", () =>
          Effect.gen(function*() {
            yield* holdSome("due", 5)
            const before = yield* pendingMinor
            const office = yield* term("holds")
            assert.strictEqual(yield* ExpireHolds.expireDue(office, 2), 5)
            assert.strictEqual(yield* ExpireHolds.expireDue(office, 2), 0)
            assert.strictEqual(yield* pendingMinor, before - 25n)
          }))

        it.effect("goes on where a dead process stopped", () =>
          Effect.gen(function*() {
            yield* holdSome("dead", 5)
            const before = yield* pendingMinor
            const office = yield* term("holds")
            const exit = yield* Effect.exit(Effect.provide(ExpireHolds.expireDue(office, 2), dyingStore))
            assert.isTrue(Exit.isFailure(exit))
            assert.strictEqual(yield* pendingMinor, before - 10n)
            assert.strictEqual(yield* ExpireHolds.expireDue(office, 2), 3)
            assert.strictEqual(yield* pendingMinor, before - 25n)
          }))

        it.effect("releases nothing in a term that is over", () =>
          Effect.gen(function*() {
            yield* holdSome("stale", 1)
            const before = yield* pendingMinor
            const old = yield* term("holds")
            const newest = yield* term("holds")
            assert.strictEqual((yield* Effect.flip(ExpireHolds.expireDue(old, 100)))._tag, "Stale")
            assert.strictEqual(yield* pendingMinor, before)
            assert.strictEqual(yield* ExpireHolds.expireDue(newest, 100), 1)
          }))

        it.effect("forgets answers that are old enough, once", () =>
          Effect.gen(function*() {
            const office = yield* term("answers")
            yield* answer("one")
            yield* answer("two")
            assert.strictEqual(yield* PruneAnswers.pruneOld(office, 60_000), 0)
            assert.strictEqual(yield* PruneAnswers.pruneOld(office, -60_000), 2)
            assert.strictEqual(yield* PruneAnswers.pruneOld(office, -60_000), 0)
          }))
      })
    })
  }
})
