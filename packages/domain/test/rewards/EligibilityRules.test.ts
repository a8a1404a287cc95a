/** Tells who may earn and who may be paid, and why not. */
import { assert, describe, it } from "@effect/vitest"
import { EligibilityRules } from "@purser/domain/rewards"
import * as Schema from "effect/Schema"

const moment = { nowMillis: 1_000_000, verificationMostMillis: 1000 }

const good: EligibilityRules.Standing = {
  membership: "member",
  link: "linked",
  verifiedAtMillis: moment.nowMillis,
  stats: "read",
  hasBaseline: true,
  hasWallet: true,
  risk: "none"
}

const refusals = (change: Partial<EligibilityRules.Standing>) => {
  const standing = { ...good, ...change }
  return [EligibilityRules.earningRefusal(standing, moment), EligibilityRules.payingRefusal(standing, moment)]
}

type Case = readonly [
  change: Partial<EligibilityRules.Standing>,
  earning: EligibilityRules.Ineligible | null,
  paying: EligibilityRules.Ineligible | null
]

describe("RW-2 RW-15 eligibility", () => {
  it.each<Case>([
    [{}, null, null],
    [{ risk: "watch" }, null, null],
    [{ risk: "hold" }, null, "HeldForReview"],
    [{ risk: "confirmed" }, "AbuseConfirmed", "AbuseConfirmed"],
    [{ hasBaseline: false }, "BaselineUnknown", null],
    [{ stats: "private" }, "StatsPrivate", null],
    [{ stats: "unknown" }, null, null],
    [{ stats: "private", hasBaseline: false }, "StatsPrivate", null],
    [{ hasWallet: false }, "NoWallet", "NoWallet"],
    [{ membership: "left" }, "NotMember", "NotMember"],
    [{ link: "not_linked" }, "NotLinked", "NotLinked"],
    [{ membership: "unknown" }, "VerificationStale", "VerificationStale"],
    [{ link: "unknown" }, "VerificationStale", "VerificationStale"],
    [{ verifiedAtMillis: null }, "VerificationStale", "VerificationStale"],
    [{ verifiedAtMillis: moment.nowMillis - 1000 }, null, null],
    [{ verifiedAtMillis: moment.nowMillis - 1001 }, "VerificationStale", "VerificationStale"],
    [{ verifiedAtMillis: moment.nowMillis + 1 }, "VerificationStale", "VerificationStale"],
    [{ membership: "left", link: "not_linked", hasWallet: false, risk: "hold" }, "NotMember", "NotMember"],
    [{ link: "not_linked", verifiedAtMillis: null }, "NotLinked", "NotLinked"],
    [{ risk: "confirmed", hasWallet: false }, "AbuseConfirmed", "AbuseConfirmed"],
    [{ risk: "hold", hasWallet: false }, "NoWallet", "NoWallet"]
  ])("with %j earns but for %s, and is paid but for %s", (change, earning, paying) => {
    assert.deepStrictEqual(refusals(change), [earning, paying])
  })

  it.prop("pays nobody who left, is not linked, or was not confirmed lately", {
    membership: Schema.Literals(["member", "left", "unknown"]),
    link: Schema.Literals(["linked", "not_linked", "unknown"]),
    verifiedAtMillis: Schema.NullOr(Schema.Int.check(Schema.isBetween({ minimum: 998_000, maximum: 1_002_000 }))),
    stats: Schema.Literals(["read", "private", "unknown"]),
    hasBaseline: Schema.Boolean,
    hasWallet: Schema.Boolean,
    risk: Schema.Literals(["none", "watch", "hold", "confirmed"])
  }, (standing) => {
    const age = standing.verifiedAtMillis === null ? -1 : moment.nowMillis - standing.verifiedAtMillis
    const isConfirmed = standing.membership === "member" && standing.link === "linked" && age >= 0 && age <= 1000
    const mayBePaid = EligibilityRules.payingRefusal(standing, moment) === null
    const mayEarn = EligibilityRules.earningRefusal(standing, moment) === null
    const isTrusted = standing.risk === "none" || standing.risk === "watch"
    assert.strictEqual(mayBePaid, isConfirmed && standing.hasWallet && isTrusted)
    assert.strictEqual(
      mayEarn,
      isConfirmed && standing.hasWallet && standing.risk !== "confirmed" && standing.hasBaseline
        && standing.stats !== "private"
    )
  })
})
