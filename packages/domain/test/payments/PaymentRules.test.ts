import { assert, describe, it } from "@effect/vitest"
import { type Observation, type Payment, PaymentRules } from "@purser/domain/payments"
import { observation, outlook } from "./looks.ts"

const policy = {
  confirmations: 10,
  confirmationTiers: [
    { fromMinor: 1_000n, confirmations: 30 },
    { fromMinor: 100n, confirmations: 20 },
    { fromMinor: 500n, confirmations: 5 }
  ]
}

type Outlook = PaymentRules.Outlook
type Look = readonly [seen: Partial<Observation> | "vanished", outlook?: Partial<Outlook>]

const look = (before: Payment | undefined, [seen, at]: Look): PaymentRules.PaymentChange | undefined =>
  seen === "vanished"
    ? PaymentRules.vanish(before!, outlook(at).atMillis)
    : PaymentRules.observe(before, observation(seen), outlook(at))

/** What the last of the looks changes, and the payment after all of them. */
const after = (...looks: ReadonlyArray<Look>) => {
  let payment: Payment | undefined
  let change: PaymentRules.PaymentChange | undefined
  for (const one of looks) {
    change = look(payment, one)
    payment = change?.after ?? payment
  }
  return { change, payment: payment! }
}

const pool: Look = [{ height: null }]
const poolOfZero: Look = [{ height: null, amountMinor: 0n }]
const fresh: Look = [{}, { walletHeight: 101 }]
const final: Look = [{}]
const gone: Look = ["vanished"]
const moved: Look = [{ height: 105 }]
const movedAndFinal: Look = [{ height: 105 }, { walletHeight: 115 }]
const locked: Look = [{ unlockTime: 5_000_000n }]

const words = (steps: ReadonlyArray<string>) => steps.length === 0 ? "-" : steps.join(" ")

const poolAt = (atMillis: number): Look => [{ height: null }, { atMillis }]
const times = (...looks: ReadonlyArray<Look>) => {
  const { changedAtMillis, firstSeenAtMillis } = after(...looks).payment
  return [firstSeenAtMillis, changedAtMillis]
}

describe("TK-5 confirmations", () => {
  it.each([
    [1n, 10],
    [99n, 10],
    [100n, 20],
    [499n, 20],
    [500n, 20],
    [999n, 20],
    [1_000n, 30],
    [10n ** 20n, 30]
  ])("of an amount of %d are %d", (amountMinor, required) => {
    assert.strictEqual(PaymentRules.requiredConfirmations(policy, amountMinor), required)
  })

  it.each([
    [null, 110, 0],
    [110, 110, 0],
    [111, 110, 0],
    [109, 110, 1],
    [100, 110, 10],
    [0, 110, 110]
  ])("of height %s under a wallet at %d are %d", (height, walletHeight, confirmations) => {
    assert.strictEqual(PaymentRules.confirmationsOf(height, walletHeight), confirmations)
  })

  it.each([
    [109, "confirming", "received", 9],
    [110, "credited", "credited", 10],
    [111, "credited", "credited", 11]
  ])("with the wallet at %d make it %s", (walletHeight, ...expected) => {
    const { payment } = after([{}, { walletHeight }])
    assert.deepStrictEqual([payment.state, payment.bookedAs, payment.confirmations], expected)
  })

  it("follow the tier of the amount", () => {
    const states = [129, 130].map((walletHeight) => after([{ amountMinor: 1_000n }, { policy, walletHeight }]).payment)
    assert.deepStrictEqual(states.map(({ state }) => state), ["confirming", "credited"])
  })

  it("do not credit while the wallet is ahead of the daemon", () => {
    assert.strictEqual(after([{}, { isCreditingPaused: true }]).payment.state, "confirming")
    assert.strictEqual(after([{}, { isCreditingPaused: true }], final).payment.state, "credited")
    assert.strictEqual(after([{ unlockTime: 1n }, { isCreditingPaused: true }]).payment.state, "confirming")
  })

  it("once reached stay, whatever the policy and the daemon say later", () => {
    assert.isUndefined(after(final, [{}, { isCreditingPaused: true }]).change)
    assert.isUndefined(after(final, [{}, { walletHeight: 102 }]).change)
    assert.isUndefined(after(final, [{}, { policy: { confirmations: 99, confirmationTiers: [] } }]).change)
  })
})

describe("TK-6 what is never credited", () => {
  it.each(
    [
      [{ unlockTime: 1n }, "time_locked"],
      [{ unlockTime: 2n ** 63n }, "time_locked"],
      [{ ownChange: true }, "own_change"],
      [{ target: null }, "no_target"],
      [{ unlockTime: 1n, ownChange: true, target: null }, "time_locked"],
      [{ ownChange: true, target: null }, "own_change"],
      [{}, null]
    ] as const
  )("%o is withheld as %s", (fields, reason) => {
    const { payment } = after([fields])
    const state = reason === null ? "credited" : "withheld"
    assert.deepStrictEqual([payment.withheldReason, payment.state, payment.bookedAs], [reason, state, state])
  })

  it("has its reason from the start, and stays in view", () => {
    const { payment } = after([{ unlockTime: 9n, height: null }])
    assert.deepStrictEqual([payment.state, payment.withheldReason, payment.unlockTime], ["seen", "time_locked", 9n])
  })

  it("is nothing of which no amount was ever known", () => {
    assert.isUndefined(after(poolOfZero).change)
    assert.isUndefined(after([{ amountMinor: 0n }]).change)
  })

  it("is what is in the pool, whatever its amount", () => {
    assert.deepStrictEqual([after(pool).payment.state, after(pool).payment.bookedAs], ["seen", "nothing"])
  })
})

/** State, what is booked and how often it was reversed, then what the last look undoes and books. */
const stories: ReadonlyArray<{ readonly name: string; readonly looks: ReadonlyArray<Look>; readonly ends: string }> = [
  { name: "first in the pool", looks: [pool], ends: "seen nothing 0 | - | -" },
  { name: "first in a block", looks: [fresh], ends: "confirming received 0 | - | received" },
  { name: "first when it is final", looks: [final], ends: "credited credited 0 | - | received credited" },
  { name: "first when locked and final", looks: [locked], ends: "withheld withheld 0 | - | received withheld" },
  { name: "pool, then block", looks: [pool, fresh], ends: "confirming received 0 | - | received" },
  { name: "pool, then final", looks: [pool, final], ends: "credited credited 0 | - | received credited" },
  { name: "block, then final", looks: [fresh, final], ends: "credited credited 0 | - | credited" },
  { name: "pool, then gone", looks: [pool, gone], ends: "orphaned nothing 0 | - | -" },
  { name: "block, then gone", looks: [fresh, gone], ends: "orphaned nothing 1 | received | -" },
  { name: "final, then gone", looks: [final, gone], ends: "orphaned nothing 1 | credited received | -" },
  { name: "withheld, then gone", looks: [locked, gone], ends: "orphaned nothing 1 | withheld received | -" },
  { name: "final, gone, back", looks: [final, gone, final], ends: "credited credited 1 | - | received credited" },
  { name: "final, gone, back fresh", looks: [final, gone, fresh], ends: "confirming received 1 | - | received" },
  { name: "gone twice", looks: [final, gone, final, gone], ends: "orphaned nothing 2 | credited received | -" },
  { name: "block, then pool", looks: [fresh, pool], ends: "seen nothing 1 | received | -" },
  { name: "final, then pool", looks: [final, pool], ends: "seen nothing 1 | credited received | -" },
  { name: "final, then pool of 0", looks: [final, poolOfZero], ends: "seen nothing 1 | credited received | -" },
  {
    name: "pool of 0, then back",
    looks: [final, poolOfZero, final],
    ends: "credited credited 1 | - | received credited"
  },
  { name: "gone, then pool of 0", looks: [fresh, gone, poolOfZero], ends: "seen nothing 1 | - | -" },
  {
    name: "final, then another block",
    looks: [final, moved],
    ends: "confirming received 1 | credited received | received"
  },
  {
    name: "final, then another block and final",
    looks: [final, movedAndFinal],
    ends: "credited credited 0 | - | -"
  },
  { name: "moved, then final", looks: [final, moved, movedAndFinal], ends: "credited credited 1 | - | credited" },
  {
    name: "another amount",
    looks: [final, [{ amountMinor: 999n }]],
    ends: "credited credited 1 | credited received | received credited"
  },
  {
    name: "another target",
    looks: [final, [{ target: "fedcba9876543210" }]],
    ends: "credited credited 1 | credited received | received credited"
  },
  {
    name: "credited, then found to be locked",
    looks: [final, locked],
    ends: "withheld withheld 1 | credited received | received withheld"
  }
]

describe("TK-6 TK-7 the way of a payment", () => {
  it.each(stories)("$name: $ends", ({ ends, looks }) => {
    const { change, payment } = after(...looks)
    const { book, undo } = PaymentRules.bookings(change!)
    assert.strictEqual(
      `${payment.state} ${payment.bookedAs} ${payment.reversals} | ${words(undo)} | ${words(book)}`,
      ends
    )
  })

  it.each([
    ["credited", [final], 1_000n],
    ["received", [fresh], 0n],
    ["withheld", [locked], 0n],
    ["gone", [final, gone], -1_000n],
    ["moved", [final, moved], -1_000n],
    ["less", [final, [{ amountMinor: 400n }]], -600n],
    ["back", [final, gone, final], 1_000n]
  ] as ReadonlyArray<readonly [string, ReadonlyArray<Look>, bigint]>)("%s: credits its target", (_, looks, delta) => {
    assert.strictEqual(PaymentRules.creditedDelta(after(...looks).change!), delta)
  })

  it("keeps the amount that a pool entry of 0 had", () => {
    assert.strictEqual(after(final, poolOfZero).payment.amountMinor, 1_000n)
  })

  it.each([
    ["in the pool", pool],
    ["confirming", fresh],
    ["credited", final],
    ["withheld", locked]
  ])("changes nothing when it is seen again %s", (_, same) => {
    assert.isUndefined(after(same, same).change)
  })

  it("is orphaned once, and has no block then", () => {
    const { bookedAs, confirmations, height, state } = after(final, gone).payment
    assert.deepStrictEqual({ bookedAs, confirmations, height, state }, {
      bookedAs: "nothing",
      confirmations: 0,
      height: null,
      state: "orphaned"
    })
    assert.isUndefined(after(final, gone, gone).change)
  })

  it("counts confirmations until it is final, and no further", () => {
    assert.strictEqual(after(fresh, [{}, { walletHeight: 105 }]).payment.confirmations, 5)
    assert.strictEqual(after(final, [{}, { walletHeight: 150 }]).payment.confirmations, 10)
  })

  it("remembers a double spend", () => {
    const warned = after([{ doubleSpendSeen: true, height: null }], pool)
    assert.isTrue(warned.payment.doubleSpendSeen)
    assert.isTrue(after(pool, [{ doubleSpendSeen: true, height: null }]).change?.after.doubleSpendSeen)
  })

  it("knows when it was first seen and when its state changed", () => {
    assert.deepStrictEqual(times(poolAt(3), [{}, { walletHeight: 101, atMillis: 5 }]), [3, 5])
    assert.deepStrictEqual(
      times(poolAt(3), [{}, { walletHeight: 101, atMillis: 5 }], [{}, { walletHeight: 102, atMillis: 7 }]),
      [3, 5]
    )
    assert.deepStrictEqual(times(poolAt(3), ["vanished", { atMillis: 9 }]), [3, 9])
  })
})
