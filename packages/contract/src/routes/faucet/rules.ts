/** Names the sets of rules that routes of the faucet have in common. */
import type { Rules } from "../RouteRules.ts"

/** What a player looks at. */
export const playerReads: Rules = {
  doors: ["public"],
  credential: "session",
  body: "none",
  effect: "none",
  limit: "player",
  audit: { omitted: "reads only" },
  holds: "state",
  problems: ["invalid_request"],
  misses: []
}

/** What a player does. The operation is idempotent by itself: it may ask others, so it does not run in one transaction. */
export const playerDoes: Rules = {
  ...playerReads,
  body: "json",
  effect: "repeated",
  audit: { omitted: "players act on nothing but their own; the books and their own records show it" },
  problems: []
}

/** What an admin looks at. */
export const adminReads: Rules = {
  ...playerReads,
  doors: ["internal"],
  credential: "admin",
  limit: "admin"
}

/** What an admin does: effect, audit entry and answer commit together. */
export const adminDoes = (action: string): Rules => ({
  ...adminReads,
  body: "json",
  effect: "stored",
  audit: { action },
  problems: []
})
