import { assert, describe, it } from "@effect/vitest"
import { type Payment, PaymentRules } from "@purser/domain/payments"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { observation, outlook } from "./looks.ts"

const height = Schema.NullOr(Schema.Int.check(Schema.isBetween({ minimum: 95, maximum: 105 })))
const look = Schema.Struct({
  vanishes: Schema.Literals([false, false, false, true]),
  height,
  amountMinor: Schema.Literals([1_000n, 1_000n, 1_000n, 0n, 999n]),
  target: Schema.NullOr(Schema.Literals(["0123456789abcdef", "0123456789abcdef", "fedcba9876543210"])),
  unlockTime: Schema.Literals([0n, 0n, 0n, 1n]),
  ownChange: Schema.Literals([false, false, true]),
  walletHeight: Schema.Int.check(Schema.isBetween({ minimum: 95, maximum: 120 })),
  isCreditingPaused: Schema.Boolean
})
const looks = Arbitrary.array(Arbitrary.schema(look), { maxLength: 30 })
const arbitrary = { runs: 300, size: 30 }

type Look = typeof look.Type

const change = (before: Payment | undefined, seen: Look): PaymentRules.PaymentChange | undefined => {
  if (!seen.vanishes) return PaymentRules.observe(before, observation(seen), outlook(seen))
  return before === undefined ? undefined : PaymentRules.vanish(before, 1)
}

const changesOf = (looks: ReadonlyArray<Look>): ReadonlyArray<PaymentRules.PaymentChange> => {
  const changes: Array<PaymentRules.PaymentChange> = []
  for (const seen of looks) {
    const next = change(changes.at(-1)?.after, seen)
    if (next !== undefined) changes.push(next)
  }
  return changes
}

const steps = {
  nothing: [],
  received: ["received"],
  credited: ["received", "credited"],
  withheld: ["received", "withheld"]
}

describe("TK-6 TK-7 TK-9 any sequence of looks", () => {
  it.prop("leaves booked what the last state says, each step booked and undone once", { looks }, ({ looks }) => {
    const booked: Array<{ readonly step: string; readonly amountMinor: bigint }> = []
    const used = new Set<string>()
    const once = (identity: string) => {
      assert.isFalse(used.has(identity), identity)
      used.add(identity)
    }
    const changes = changesOf(looks)
    for (const one of changes) {
      const { book, undo } = PaymentRules.bookings(one)
      for (const step of undo) {
        once(`undo ${one.before!.reversals} ${step}`)
        assert.deepStrictEqual(booked.pop(), { step, amountMinor: one.before!.amountMinor })
      }
      for (const step of book) {
        once(`book ${one.after.reversals} ${step}`)
        booked.push({ step, amountMinor: one.after.amountMinor })
      }
      assert.deepStrictEqual(
        booked,
        steps[one.after.bookedAs].map((step) => ({ step, amountMinor: one.after.amountMinor }))
      )
    }
  }, { arbitrary })

  it.prop("credits in sum what is credited in the end", { looks }, ({ looks }) => {
    const changes = changesOf(looks)
    const sum = changes.reduce((total, one) => total + PaymentRules.creditedDelta(one), 0n)
    const last = changes.at(-1)?.after
    assert.strictEqual(sum, last?.bookedAs === "credited" ? last.amountMinor : 0n)
  }, { arbitrary })

  it.prop("changes nothing the second time", { looks }, ({ looks }) => {
    let before: Payment | undefined
    for (const seen of looks) {
      before = change(before, seen)?.after ?? before
      if (before !== undefined) assert.isUndefined(change(before, seen))
    }
  }, { arbitrary })

  it.prop(
    "credits only what is in a block, free, meant for a ticket, and was deep enough there",
    { looks },
    ({ looks }) => {
      for (const { after, before } of changesOf(looks)) {
        if (after.state !== "credited") continue
        assert.isTrue(after.height !== null && after.withheldReason === null && after.target !== null)
        const wasThere = before?.height === after.height && ["credited", "withheld"].includes(before.bookedAs)
        assert.isTrue(wasThere || after.confirmations >= 10)
      }
    },
    { arbitrary }
  )

  it.prop("never forgets the amount, the first sight or a double spend", { looks }, ({ looks }) => {
    for (const { after, before } of changesOf(looks)) {
      assert.isTrue(after.amountMinor > 0n)
      if (before === undefined) continue
      assert.strictEqual(after.firstSeenAtMillis, before.firstSeenAtMillis)
      assert.isTrue(after.reversals >= before.reversals && after.reversals <= before.reversals + 1)
    }
  }, { arbitrary })
})
