/** Gathers the client of Fortnite stats, its limits, and the plan of polling. */
export { providerWindows, type Window } from "./AskingLimits.ts"
export { FortniteStats, type PlayerStats, type StatsOptions } from "./FortniteStats.ts"
export { nextPollMillis, type PollActivity } from "./pollPlan.ts"
export { BadKey, type StatsError, StatsLimited, StatsMalformed, StatsStatus, StatsUnreachable } from "./StatsError.ts"
