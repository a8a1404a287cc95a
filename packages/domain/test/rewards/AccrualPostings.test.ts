/** Books what players earn and are paid, each deed once, in real books and in those of a dry run. */
import { assert, describe, it } from "@effect/vitest"
import { type LedgerError, LedgerStore, type LinkedSet } from "@purser/domain/ledger"
import { layerMemory } from "@purser/domain/ledger/testing"
import { type Payout, payoutKey, PayoutPostings } from "@purser/domain/payouts"
import { Accrual, AccrualId, AccrualPostings, EpicId, PlayerId } from "@purser/domain/rewards"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { queued } from "../payouts/payouts.ts"

const player = PlayerId.make("0198b2a0-player")
const accrual = new Accrual({
  id: AccrualId.make(`${player}:1`),
  playerId: player,
  epicId: EpicId.make("epic"),
  epochMinute: 1,
  kills: 10,
  rateMinor: 210_000_000n,
  amountMinor: 2_100_000_000n
})
const funds = 10_000_000_000n

const payout = (fields: Partial<Payout> = {}) =>
  queued({ key: Result.getOrThrow(payoutKey([accrual.id])), player, amountMinor: accrual.amountMinor, ...fields })

const post = (...sets: ReadonlyArray<LinkedSet>) =>
  LedgerStore.use((store) =>
    Effect.flatMap(store.post(sets), (outcomes) => Effect.forEach(outcomes, Effect.fromResult))
  )

const refusal = (set: LinkedSet) => Effect.map(Effect.flip(post(set)), (error) => (error as LedgerError)._tag)

const opened = (dryRun: boolean) =>
  LedgerStore.use((store) =>
    store.openAccounts([
      ...AccrualPostings.accountRequests(player, dryRun),
      ...PayoutPostings.accountRequests(dryRun)
    ])
  )

/** Credits less debits of every account that is not at zero. */
const balances = LedgerStore.use((store) =>
  Effect.map(store.accounts({ prefix: "", limit: 100 }), (accounts) =>
    Object.fromEntries(
      accounts.map(({ code, creditsPostedMinor, debitsPostedMinor }) =>
        [code as string, creditsPostedMinor - debitsPostedMinor] as const
      ).filter(([, balance]) => balance !== 0n)
    ))
)

const ground = Layer.provideMerge(layerMemory, MemoryState.layer)
const earned = (dryRun = false) => AccrualPostings.earnedAccount(player, dryRun)
const fund = PayoutPostings.funded("A".repeat(64), funds)
const accrue = AccrualPostings.accrued(accrual, false)

describe("RW-5 RW-8 RW-11 the books of rewards", () => {
  it.effect("go from a kill to an empty debt, each step once however often it is booked", () =>
    Effect.gen(function*() {
      yield* opened(false)
      const steps = [fund, accrue, PayoutPostings.made(payout(), earned()), PayoutPostings.confirmed(payout())]
      yield* post(fund, accrue)
      assert.strictEqual((yield* balances)[earned()], accrual.amountMinor)
      for (const step of [...steps, ...steps]) yield* post(step)
      assert.deepStrictEqual(yield* balances, {
        "banano:wallet": accrual.amountMinor - funds,
        "rewards:expense": -accrual.amountMinor,
        "rewards:funding": funds
      })
    }).pipe(Effect.provide(ground)))

  it.effect("owe again what failed, and pay it in the next round", () =>
    Effect.gen(function*() {
      yield* opened(false)
      yield* post(fund, accrue, PayoutPostings.made(payout(), earned()), PayoutPostings.released(payout(), earned()))
      assert.strictEqual((yield* balances)[earned()], accrual.amountMinor)
      const again = payout({ round: 1 })
      yield* post(PayoutPostings.made(again, earned()))
      assert.strictEqual((yield* balances)["payouts:payable"], accrual.amountMinor)
      yield* post(PayoutPostings.confirmed(again))
      assert.deepStrictEqual(Object.keys(yield* balances), ["banano:wallet", "rewards:expense", "rewards:funding"])
    }).pipe(Effect.provide(ground)))

  it.effect("refuse to owe more than was earned, and to pay more than is there", () =>
    Effect.gen(function*() {
      yield* opened(false)
      const made = PayoutPostings.made(payout(), earned())
      assert.strictEqual(yield* refusal(made), "LedgerError")
      yield* post(accrue, made)
      assert.strictEqual(yield* refusal(PayoutPostings.confirmed(payout())), "LedgerError")
      assert.strictEqual(yield* refusal(PayoutPostings.made(payout({ round: 1 }), earned())), "LedgerError")
    }).pipe(Effect.provide(ground)))

  it.effect("keep a dry run apart", () =>
    Effect.gen(function*() {
      yield* opened(true)
      yield* opened(false)
      const dry = payout({ dryRun: true })
      yield* post(
        PayoutPostings.funded("A".repeat(64), funds, true),
        AccrualPostings.accrued(accrual, true),
        PayoutPostings.made(dry, earned(true)),
        PayoutPostings.confirmed(dry)
      )
      const codes = Object.keys(yield* balances)
      assert.lengthOf(codes, 3)
      for (const code of codes) assert.match(code, /^dry_run:/u)
      yield* post(fund, accrue)
      assert.strictEqual((yield* balances)[earned()], accrual.amountMinor)
    }).pipe(Effect.provide(ground)))

  it.effect("have accounts for the longest name of a player", () =>
    Effect.gen(function*() {
      const longest = PlayerId.make("x".repeat(100))
      const opened = yield* LedgerStore.use((store) =>
        store.openAccounts(AccrualPostings.accountRequests(longest, true))
      )
      assert.isTrue(opened.every(Result.isSuccess))
      const code = AccrualPostings.earnedAccount(longest, true)
      assert.isTrue(Option.isSome(yield* LedgerStore.use((store) => store.account(code))))
    }).pipe(Effect.provide(ground)))

  it("book nothing for a rate of zero", () => {
    assert.deepStrictEqual(
      AccrualPostings.accrued(new Accrual({ ...accrual, rateMinor: 0n, amountMinor: 0n }), false),
      []
    )
  })
})
