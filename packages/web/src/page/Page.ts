/** Models what every page is told besides its own view. */
import type { Locale, Product } from "@purser/domain/rewards"

/** Whoever is signed in. */
export interface SignedIn {
  /** As Discord shows it: any text. */
  readonly name: string
  readonly isAdmin: boolean
  /** `fresh`: confirmed lately. `stale`: set up, not confirmed lately. `none`: not set up. */
  readonly secondFactor: "fresh" | "stale" | "none"
}

/** What was just done, told on the page that follows. */
export type Notice =
  | "SignedOut"
  | "WalletLinked"
  | "WalletChanges"
  | "VerificationAsked"
  | "AccountDeleted"
  | "SessionsEnded"
  | "SecondFactorOn"
  | "SteppedUp"
  | "PayoutRetried"
  | "DecisionKept"
  | "ConfigSaved"
  | "JobStarted"
  | "PayoutsStopped"
  | "PayoutsResumed"

/** The frame of a page. Texts may be anything: pages escape them. */
export interface Page {
  readonly product: Product
  readonly locale: Locale
  /** Where the page is, without its query. */
  readonly path: string
  /** Where the installation is reached, without a slash at the end, for shared links; null where that is not known. */
  readonly publicUrl: string | null
  /** IANA name of the zone that times are shown in; the one in which the caps start anew. */
  readonly timeZone: string
  readonly signedIn: SignedIn | null
  /** What forms send along as `csrf`; null without a session, and then no page has a form. */
  readonly csrf: string | null
  /** Names of the providers that are simulated; empty when all are real. */
  readonly sandboxBanner: ReadonlyArray<string>
  readonly dryRunBanner: boolean
  readonly notice: Notice | null
}
