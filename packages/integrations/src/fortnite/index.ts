/** Gathers the client of Fortnite stats, and its limits. */
export { providerWindows, type Window } from "./AskingLimits.ts"
export { FortniteStats, type PlayerStats, type StatsOptions } from "./FortniteStats.ts"
export { BadKey, type StatsError, StatsLimited, StatsMalformed, StatsStatus, StatsUnreachable } from "./StatsError.ts"
