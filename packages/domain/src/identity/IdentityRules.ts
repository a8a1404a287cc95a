/** Decides who is an admin, what proof is fresh, where a browser may be sent and whose request it is. Pure and total. */
import type { DiscordAccountId } from "../rewards/index.ts"
import type { Role } from "./SignedIn.ts"

/** What roles rest on. Names, e-mail addresses and guild roles do not count: others can give them to themselves. */
export interface Standing {
  readonly discordId: DiscordAccountId
  /** Whether an admin made the user one. */
  readonly isGrantedAdmin: boolean
  /** Discord ids that the operator configured. */
  readonly adminDiscordIds: ReadonlySet<string>
}

/** The roles of a user; everybody is a player. */
export const rolesOf = ({ adminDiscordIds, discordId, isGrantedAdmin }: Standing): ReadonlySet<Role> =>
  new Set<Role>(adminDiscordIds.has(discordId) || isGrantedAdmin ? ["player", "admin"] : ["player"])

/** For how long a second factor counts, unless configured otherwise: 10 minutes. */
export const defaultFreshForMillis = 600_000

/** Clocks of two machines may differ so much. */
const clockSkewMillis = 60_000

/** Whether a code was given so recently that money may move; one from the future is believed for a minute. */
export const isFresh = (
  secondFactorAtMillis: number | null,
  nowMillis: number,
  freshForMillis = defaultFreshForMillis
): boolean =>
  secondFactorAtMillis !== null && nowMillis - secondFactorAtMillis <= freshForMillis &&
  secondFactorAtMillis - nowMillis <= clockSkewMillis

/**
 * A path of ours: one slash, then printable ASCII without backslash or another slash at once. Browsers take `//host` and
 * `/\host` for another host, and drop tabs and line ends before they look.
 */
const localPath = /^\/(?:[!-.0-[\]-~][!-[\]-~]*)?$/u

const longestReturnTo = 2000

/** The path to return to after the sign-in; null when it is none of ours, which is no reason to refuse the sign-in. */
export const safeReturnTo = (wanted: string | null | undefined): string | null =>
  typeof wanted === "string" && wanted.length <= longestReturnTo && localPath.test(wanted) ? wanted : null

/** What a browser says of a request; undefined where a header is missing. Header values as they came. */
export interface RequestOrigin {
  readonly method: string
  readonly origin: string | undefined
  readonly secFetchSite: string | undefined
}

const readingMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"])

/**
 * Whether a request that carries a session may change anything. It must come from a page of ours: `ownOrigin` is scheme,
 * host and port as browsers write them. A browser that says nothing of where it comes from is not believed.
 */
export const mayChange = ({ method, origin, secFetchSite }: RequestOrigin, ownOrigin: string): boolean => {
  if (readingMethods.has(method.toUpperCase())) return true
  if (origin !== undefined) return origin === ownOrigin
  return secFetchSite === "same-origin"
}
