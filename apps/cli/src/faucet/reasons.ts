/** Words for an operator why somebody earns nothing or is not paid, and what can be done about it. */
import type { EligibilityRules } from "@purser/domain/rewards"

const reasons: Readonly<Record<EligibilityRules.Ineligible, string>> = {
  NotMember: "not on the Discord server: the player has to join it, then purser rewards reverify",
  NotLinked: "no Epic account is linked at Yunite: the player has to link one, then purser rewards reverify",
  VerificationStale: "membership and link were not confirmed lately: purser rewards reverify asks again",
  AbuseConfirmed: "abuse was confirmed: purser review clear takes that back",
  NoWallet: "the player has given no Banano address",
  StatsPrivate: "the player keeps the stats of Fortnite private",
  BaselineUnknown: "the first reading of the stats is still to come: purser rewards run accrual",
  HeldForReview: "held until somebody has decided: purser review list --player"
}

/** `yes`, or why not. */
export const answerOf = (refusal: EligibilityRules.Ineligible | null): string =>
  refusal === null ? "yes" : `no: ${reasons[refusal]}`
