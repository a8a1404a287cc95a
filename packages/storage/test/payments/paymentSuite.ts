/** Tells what every store of payments must do. */
import { assert, type Vitest } from "@effect/vitest"
import { Asset } from "@purser/domain/money"
import { Payment, PaymentKey, PaymentStore } from "@purser/domain/payments"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"

/** A payment in the pool; `name` makes its key. */
export const payment = (name: string, rest: Partial<typeof Payment.Encoded> = {}): Payment =>
  new Payment({
    rail: "monero",
    key: PaymentKey.make(name),
    transactionId: "ab".repeat(32),
    target: "0123456789abcdef",
    asset: Asset.XMR.code,
    amountMinor: 5n,
    state: "seen",
    withheldReason: null,
    bookedAs: "nothing",
    reversals: 0,
    height: null,
    confirmations: 0,
    unlockTime: 0n,
    doubleSpendSeen: false,
    firstSeenAtMillis: 1_700_000_000_000,
    changedAtMillis: 1_700_000_000_000,
    ...rest as Partial<Payment>
  })

const keysOf = (payments: ReadonlyArray<Payment>): ReadonlyArray<string> => payments.map(({ key }) => key)

const largest = payment("largest", {
  rail: "card",
  target: null,
  amountMinor: 2n ** 63n - 1n,
  state: "withheld",
  withheldReason: "time_locked",
  bookedAs: "withheld",
  reversals: 3,
  height: 4_000_000,
  confirmations: 60,
  unlockTime: 2n ** 64n - 1n,
  doubleSpendSeen: true,
  firstSeenAtMillis: 0,
  changedAtMillis: Number.MAX_SAFE_INTEGER
})

const saving = (it: Vitest.MethodsNonLive<PaymentStore | Transaction>): void => {
  it.effect("gives back every field exactly", () =>
    Effect.gen(function*() {
      const payments = yield* PaymentStore
      const odd = payment("odd/\"quoted\"/{a,NULL}", { amountMinor: 2n ** 53n + 1n, height: 0, state: "confirming" })
      yield* payments.save([largest, odd])
      assert.deepStrictEqual(yield* payments.byKeys("card", [largest.key]), [largest])
      assert.deepStrictEqual(yield* payments.byKeys("monero", [odd.key]), [odd])
    }))

  it.effect("replaces by rail and key", () =>
    Effect.gen(function*() {
      const payments = yield* PaymentStore
      const other = payment("replaced", { rail: "stars" })
      const after = payment("replaced", { state: "credited", bookedAs: "credited", height: 9, target: null })
      yield* payments.save([payment("replaced"), other])
      yield* payments.save([after])
      yield* payments.save([after])
      assert.deepStrictEqual(yield* payments.byKeys("monero", [after.key]), [after])
      assert.deepStrictEqual(yield* payments.byKeys("stars", [after.key]), [other])
    }))

  it.effect("keeps the last of a key saved twice at once", () =>
    Effect.gen(function*() {
      const payments = yield* PaymentStore
      const last = payment("twice", { confirmations: 2 })
      yield* payments.save([payment("twice", { confirmations: 1 }), payment("between"), last])
      assert.deepStrictEqual(yield* payments.byKeys("monero", [last.key]), [last])
    }))

  it.effect("saves and finds more than a statement has parameters", () =>
    Effect.gen(function*() {
      const payments = yield* PaymentStore
      const many = Array.from({ length: 5000 }, (_, index) => payment(`many/${index}`, { rail: "stars" }))
      yield* payments.save(many)
      const wanted = Array.from({ length: 70_000 }, (_, index) => PaymentKey.make(`many/${index}`))
      assert.strictEqual((yield* payments.byKeys("stars", wanted)).length, 5000)
    }))

  it.effect("does nothing with nothing", () =>
    Effect.gen(function*() {
      const payments = yield* PaymentStore
      yield* payments.save([])
      assert.deepStrictEqual(yield* payments.byKeys("monero", []), [])
    }))

  it.effect("forgets what its transaction undoes", () =>
    Effect.gen(function*() {
      const payments = yield* PaymentStore
      const { atomically } = yield* Transaction
      const undone = payment("undone")
      const work = Effect.all([payments.save([undone]), payments.setCursor("card", 5), Effect.fail("no")])
      assert.strictEqual(yield* Effect.flip(atomically(work)), "no")
      assert.deepStrictEqual(yield* payments.byKeys("monero", [undone.key]), [])
      assert.deepStrictEqual(yield* payments.cursor("card"), Option.none())
    }))
}

const byCard = (name: string, rest: Partial<typeof Payment.Encoded>): Payment =>
  payment(name, { rail: "card", ...rest })

const heldStars = (name: string, firstSeenAtMillis: number): Payment =>
  payment(name, { rail: "stars", state: "withheld", withheldReason: "no_target", firstSeenAtMillis })

const finding = (it: Vitest.MethodsNonLive<PaymentStore | Transaction>): void => {
  it.effect("finds each known key once", () =>
    Effect.gen(function*() {
      const payments = yield* PaymentStore
      const known = payment("known")
      yield* payments.save([known])
      assert.deepStrictEqual(
        yield* payments.byKeys("monero", [known.key, PaymentKey.make("unknown"), known.key]),
        [known]
      )
      assert.deepStrictEqual(yield* payments.byKeys("card", [known.key]), [])
    }))

  it.effect("lists payments to a target, first seen first", () =>
    Effect.gen(function*() {
      const payments = yield* PaymentStore
      const to = (name: string, firstSeenAtMillis: number) => payment(name, { target: "aimed", firstSeenAtMillis })
      yield* payments.save([to("aim/b", 2), to("aim/Z", 2), to("aim/a", 2), to("aim/z", 1), to("aim/0", 3)])
      yield* payments.save([payment("aim/other", { target: "elsewhere" }), payment("aim/none", { target: null })])
      assert.deepStrictEqual(
        keysOf(yield* payments.byTarget("monero", "aimed")),
        ["aim/z", "aim/Z", "aim/a", "aim/b", "aim/0"]
      )
      assert.deepStrictEqual(yield* payments.byTarget("stars", "aimed"), [])
    }))

  it.effect("lists what can still change", () =>
    Effect.gen(function*() {
      const payments = yield* PaymentStore
      yield* payments.save([
        byCard("change/pool", { state: "seen" }),
        byCard("change/orphaned", { state: "orphaned" }),
        byCard("change/above", { state: "credited", height: 101 }),
        byCard("change/at", { state: "credited", height: 100 }),
        byCard("change/below", { state: "confirming", height: 7 })
      ])
      const found = yield* payments.unsettled("card", 100)
      assert.deepStrictEqual(
        keysOf(found).filter((key) => key.startsWith("change/")),
        ["change/above", "change/orphaned", "change/pool"]
      )
    }))

  it.effect("lists a state, newest first", () =>
    Effect.gen(function*() {
      const payments = yield* PaymentStore
      yield* payments.save([
        heldStars("state/a", 5),
        heldStars("state/c", 9),
        heldStars("state/b", 9),
        heldStars("state/d", 7)
      ])
      assert.deepStrictEqual(
        keysOf(yield* payments.inState("stars", "withheld", 3)),
        ["state/c", "state/b", "state/d"]
      )
    }))

  it.effect("remembers how far a rail was read", () =>
    Effect.gen(function*() {
      const payments = yield* PaymentStore
      assert.deepStrictEqual(yield* payments.cursor("stars"), Option.none())
      yield* payments.setCursor("stars", 0)
      assert.deepStrictEqual(yield* payments.cursor("stars"), Option.some(0))
      yield* payments.setCursor("stars", 3_000_000)
      yield* payments.setCursor("monero", 1)
      assert.deepStrictEqual(yield* payments.cursor("stars"), Option.some(3_000_000))
    }))
}

/** The suite. */
export const paymentSuite = (it: Vitest.MethodsNonLive<PaymentStore | Transaction>): void => {
  saving(it)
  finding(it)
}
