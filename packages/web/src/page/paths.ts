/** Names where pages are, and where their forms go: whoever serves them mounts these. */

/**
 * Pages answer GET. `signIn` is a link, not a form: the policy of a page lets forms go to this host only, redirects included.
 * The rest answer POST with a form (`application/x-www-form-urlencoded`) that holds `csrf`, and redirect to a page (303).
 */
export const paths = {
  home: "/",
  signIn: "/auth/discord/login",
  signOut: "/auth/sign-out",
  help: "/help",
  dashboard: "/app",
  /** POST, without fields. */
  reverify: "/app/reverify",
  /** GET, and POST with `banano_address`. */
  wallet: "/app/wallet",
  /** GET with `status` and `cursor`. */
  payouts: "/app/payouts",
  /** GET with `cursor`. */
  earnings: "/app/earnings",
  account: "/app/account",
  /** POST, without fields: answers with a file. */
  exportData: "/app/account/export",
  /** POST, without fields. */
  endSessions: "/app/account/sessions",
  /** POST with `confirm=yes`. */
  deleteAccount: "/app/account/delete",
  admin: "/app/admin",
  /** POST with `job`. */
  runJob: "/app/admin/jobs",
  /** POST with `payouts=stop|resume` and `note`. */
  killSwitch: "/app/admin/kill-switch",
  /** GET with `status`, `player` and `cursor`. */
  adminPayouts: "/app/admin/payouts",
  /** POST with `payout_id`. */
  retryPayout: "/app/admin/payouts/retry",
  /** GET with `show=open|decided` and `cursor`, POST with `dedupe_key`, `verdict` and `note`. */
  reviews: "/app/admin/reviews",
  /** GET with `actor`, `action`, `subject` and `cursor`. */
  audit: "/app/admin/audit",
  /** GET, and POST with the fields of `PayoutConfigValues` and `version`. */
  payoutConfig: "/app/admin/payout-config",
  /** GET, and POST with `code`. */
  enrol: "/app/admin/second-factor",
  /** GET with `next`, POST with `code` and `next`. */
  stepUp: "/app/admin/step-up"
} as const

/** The page of a help topic. */
export const helpPath = (topic: string): string => `${paths.help}/${topic}`

/** A path with a query; values that are null are left out. */
export const withQuery = (path: string, query: Readonly<Record<string, string | null>>): string => {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null)
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`
}

/** Whether a text is a path of this host that a browser reads as one: no other host, no control characters, at most 500 characters. */
export const isLocalPath = (text: string): boolean =>
  text.length <= 500 && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/u.test(text)
