/** Decides whether a player may earn and be paid at this moment: pure, total, without clock or store. */

/** What is known of a player. Unknown is neither yes nor no. */
export interface Standing {
  readonly membership: "member" | "left" | "unknown"
  readonly link: "linked" | "not_linked" | "unknown"
  /** When both were last confirmed; null when they never were. */
  readonly verifiedAtMillis: number | null
  readonly stats: "read" | "private" | "unknown"
  /** Whether the Epic account has a baseline. */
  readonly hasBaseline: boolean
  readonly hasWallet: boolean
  readonly risk: "none" | "watch" | "hold" | "confirmed"
}

/** The moment, and how old a confirmation may be. */
export interface Moment {
  readonly nowMillis: number
  readonly verificationMostMillis: number
}

/**
 * Why a player may not, in order of precedence: what the player can mend comes with what to do about it.
 *
 * - `NotMember`: join the server. `NotLinked`: link an Epic account there.
 * - `VerificationStale`: membership and link were not confirmed lately, or never; verify again.
 * - `AbuseConfirmed`: an admin decided so.
 * - `NoWallet`: give an address.
 * - `StatsPrivate`: make them public. `BaselineUnknown`: the first reading is still to come. Both concern earning only.
 * - `HeldForReview`: earning goes on, paying waits for an admin.
 */
export type Ineligible =
  | "NotMember"
  | "NotLinked"
  | "VerificationStale"
  | "AbuseConfirmed"
  | "NoWallet"
  | "StatsPrivate"
  | "BaselineUnknown"
  | "HeldForReview"

/** A confirmation from the future is none: clocks differ, and trust in one is no reason to pay. */
const isFresh = (verifiedAtMillis: number | null, { nowMillis, verificationMostMillis }: Moment): boolean =>
  verifiedAtMillis !== null && verifiedAtMillis <= nowMillis && nowMillis - verifiedAtMillis <= verificationMostMillis

const shared = (standing: Standing, moment: Moment): Ineligible | null => {
  if (standing.membership === "left") return "NotMember"
  if (standing.link === "not_linked") return "NotLinked"
  const isKnown = standing.membership === "member" && standing.link === "linked"
  if (!isKnown || !isFresh(standing.verifiedAtMillis, moment)) return "VerificationStale"
  if (standing.risk === "confirmed") return "AbuseConfirmed"
  return standing.hasWallet ? null : "NoWallet"
}

/** Why kills are not booked now; null when they are. */
export const earningRefusal = (standing: Standing, moment: Moment): Ineligible | null => {
  const refused = shared(standing, moment)
  if (refused !== null) return refused
  if (standing.stats === "private") return "StatsPrivate"
  return standing.hasBaseline ? null : "BaselineUnknown"
}

/** Why what is booked is not paid now; null when it is. */
export const payingRefusal = (standing: Standing, moment: Moment): Ineligible | null =>
  shared(standing, moment) ?? (standing.risk === "hold" ? "HeldForReview" : null)
