import { assert, describe, it } from "@effect/vitest"
import { Asset } from "@purser/domain/money"
import { Payment, PaymentKey, type PaymentState } from "@purser/domain/payments"
import { Claim, Commitment, Id8, Revocation, Ticket, TicketRules, TokenHash } from "@purser/domain/tickets"

const [ours, theirs] = [Commitment.make("a".repeat(64)), Commitment.make("b".repeat(64))]
const claimBy = (commitment: Commitment) =>
  new Claim({
    commitment,
    tokenHash: TokenHash.make("c".repeat(64)),
    format: 2,
    keyId: "k",
    transactionId: "d".repeat(64),
    claimedAtMillis: 5
  })
const ticket = (fields: Partial<Ticket> = {}) =>
  new Ticket({
    id8: Id8.make("0123456789abcdef"),
    creditedMinor: 0n,
    claimedMinor: 0n,
    claim: null,
    revocation: null,
    firstSeenAtMillis: 1,
    ...fields
  })
const revocation = new Revocation({ reason: null, abuseScore: 0, revokedAtMillis: 9 })

const bookedIn = {
  seen: "nothing",
  confirming: "received",
  credited: "credited",
  withheld: "withheld",
  orphaned: "nothing"
} as const

const payment = (name: string, state: PaymentState, fields: Partial<Payment> = {}) =>
  new Payment({
    rail: "monero",
    key: PaymentKey.make(name),
    transactionId: name,
    target: "0123456789abcdef",
    asset: Asset.XMR.code,
    amountMinor: 100n,
    state,
    withheldReason: null,
    bookedAs: bookedIn[state],
    reversals: 0,
    height: state === "seen" || state === "orphaned" ? null : 50,
    confirmations: state === "confirming" ? 3 : 0,
    unlockTime: 0n,
    doubleSpendSeen: false,
    firstSeenAtMillis: 1,
    changedAtMillis: 1,
    ...fields
  })

const policy = { requiredMinor: 100n, confirmations: 10, confirmationTiers: [] }
const standing = (of: Ticket, payments: ReadonlyArray<Payment> = [], changed: Partial<TicketRules.TicketPolicy> = {}) =>
  TicketRules.standing(of, payments, { commitment: ours, policy: { ...policy, ...changed } })

const underpaid = (receivedMinor: bigint, requiredMinor = 100n) => ({ _tag: "Underpaid", receivedMinor, requiredMinor })
const waiting = (state: string, confirmations: number, required = 10) => ({
  _tag: "Waiting",
  state,
  confirmations,
  required
})

describe("TK-1 TK-6 where a ticket stands", () => {
  it.each([
    ["just what is required", 100n],
    ["more", 101n]
  ])("is claimable with %s", (_, creditedMinor) => {
    assert.deepStrictEqual<unknown>(standing(ticket({ creditedMinor })), { _tag: "Claimable" })
  })

  it.each([
    { name: "nothing", payments: [], answer: underpaid(0n) },
    { name: "too little credited", credited: 99n, payments: [], answer: underpaid(99n) },
    { name: "too little in the pool", payments: [payment("a", "seen", { amountMinor: 99n })], answer: underpaid(99n) },
    {
      name: "too little of all",
      credited: 10n,
      payments: [payment("a", "seen", { amountMinor: 20n }), payment("b", "confirming", { amountMinor: 30n })],
      answer: underpaid(60n)
    },
    { name: "a payment that vanished", payments: [payment("a", "orphaned")], answer: underpaid(0n) },
    {
      name: "a payment that is withheld",
      payments: [payment("a", "withheld", { withheldReason: "time_locked" })],
      answer: underpaid(0n)
    },
    {
      name: "a payment that will be withheld",
      payments: [
        payment("a", "confirming", { withheldReason: "time_locked" }),
        payment("b", "seen", { withheldReason: "own_change" })
      ],
      answer: underpaid(0n)
    },
    {
      name: "a payment that is credited already",
      credited: 40n,
      payments: [payment("a", "credited", { amountMinor: 40n })],
      answer: underpaid(40n)
    }
  ])("is underpaid by $name", ({ answer, credited = 0n, payments }) => {
    assert.deepStrictEqual<unknown>(standing(ticket({ creditedMinor: credited }), payments), answer)
  })

  it.each([
    { name: "in the pool", payments: [payment("a", "seen")], answer: waiting("pool", 0) },
    { name: "confirming", payments: [payment("a", "confirming")], answer: waiting("confirming", 3) },
    {
      name: "that completes the price",
      payments: [
        payment("late", "confirming", { confirmations: 2 }),
        payment("soon", "confirming", { confirmations: 8 })
      ],
      answer: waiting("confirming", 8)
    },
    {
      name: "that is last of two halves",
      payments: [
        payment("late", "confirming", { confirmations: 2, amountMinor: 50n }),
        payment("soon", "confirming", { confirmations: 8, amountMinor: 50n })
      ],
      answer: waiting("confirming", 2)
    },
    {
      name: "in the pool, when the one in a block is not enough",
      payments: [payment("pool", "seen", { amountMinor: 1n }), payment("block", "confirming", { amountMinor: 99n })],
      answer: waiting("pool", 0)
    },
    {
      name: "that tops up",
      credited: 60n,
      payments: [payment("more", "confirming", { amountMinor: 40n })],
      answer: waiting("confirming", 3)
    },
    {
      name: "whose tier is longer, last",
      payments: [
        payment("large", "confirming", { amountMinor: 60n, confirmations: 9 }),
        payment("small", "confirming", { amountMinor: 50n, confirmations: 5 })
      ],
      tiers: [{ fromMinor: 60n, confirmations: 20 }],
      answer: waiting("confirming", 9, 20)
    }
  ])("waits for the payment $name", ({ answer, credited = 0n, payments, tiers = [] }) => {
    const of = ticket({ creditedMinor: credited })
    assert.deepStrictEqual<unknown>(standing(of, payments, { confirmationTiers: tiers }), answer)
    assert.deepStrictEqual<unknown>(standing(of, payments.toReversed(), { confirmationTiers: tiers }), answer)
  })

  it.each([0n, -5n])("demands 1 piconero where %d is required", (requiredMinor) => {
    assert.deepStrictEqual<unknown>(standing(ticket(), [], { requiredMinor }), underpaid(0n, 1n))
    assert.deepStrictEqual<unknown>(standing(ticket({ creditedMinor: 1n }), [], { requiredMinor }), {
      _tag: "Claimable"
    })
    const one = payment("a", "seen", { amountMinor: 1n })
    assert.deepStrictEqual<unknown>(standing(ticket(), [one], { requiredMinor }), waiting("pool", 0))
  })

  it.each([
    ["ClaimedAlready", ours],
    ["ClaimedByAnother", theirs]
  ])("is %s for ever", (_tag, commitment) => {
    const claim = claimBy(commitment)
    assert.deepStrictEqual<unknown>(standing(ticket({ claim, creditedMinor: 100n, claimedMinor: 100n })), { _tag })
    assert.deepStrictEqual<unknown>(standing(ticket({ claim, creditedMinor: 0n, claimedMinor: 100n })), { _tag })
    assert.deepStrictEqual<unknown>(standing(ticket({ claim, revocation })), { _tag })
  })
})

describe("TK-2 TK-7 how a token stands", () => {
  it.each([
    ["active", { creditedMinor: 100n, claimedMinor: 100n }],
    ["active", { creditedMinor: 100n, claimedMinor: 90n }],
    ["suspended", { creditedMinor: 99n, claimedMinor: 100n }],
    ["revoked", { creditedMinor: 100n, claimedMinor: 100n, revocation }],
    ["revoked", { creditedMinor: 0n, claimedMinor: 100n, revocation }]
  ])("is %s with %o", (status, fields) => {
    assert.strictEqual(TicketRules.tokenStatus(ticket({ claim: claimBy(ours), ...fields })), status)
  })
})

const keys = (payments: ReadonlyArray<Payment>) => TicketRules.creditedPayments(payments).map(({ key }): string => key)

describe("TK-4 the payment that makes the token", () => {
  it("is the credited one in the lowest block, then by key", () => {
    const payments = [
      payment("a", "credited", { height: 51 }),
      payment("c", "credited", { height: 50 }),
      payment("b", "credited", { height: 50 }),
      payment("0", "confirming", { height: 40 }),
      payment("z", "withheld", { height: 30 })
    ]
    assert.deepStrictEqual(keys(payments), ["b", "c", "a"])
    assert.deepStrictEqual(keys(payments.toReversed()), ["b", "c", "a"])
  })
})
