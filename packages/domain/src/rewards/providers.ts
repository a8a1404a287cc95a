/** Declares who knows of players: the directory of linked accounts, and the stats. */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { EpicId } from "./Accrual.ts"
import type { DiscordAccountId } from "./Player.ts"

/** A provider did not answer. Nothing is known of any player, and nobody loses anything by it. */
export class ProviderUnavailable extends Data.TaggedError("ProviderUnavailable")<{
  /** `links` or `stats`. */
  readonly provider: "links" | "stats"
  /** One line without secrets. */
  readonly why: string
  /** Whether waiting helps; false where the operator has to mend a key, a plan or a guild. */
  readonly isPassing: boolean
  /** Not to ask before; null when nothing was said. */
  readonly untilMillis: number | null
}> {
  override get message(): string {
    return `the provider of ${this.provider} does not answer: ${this.why}`
  }
}

/**
 * What the directory knows of a Discord account. `NotLinked` is a member of the server; `NotInGuild` is none, or has left;
 * `Unanswered` is neither, and suspends nobody.
 */
export type Registration =
  | { readonly _tag: "Linked"; readonly epicId: EpicId }
  | { readonly _tag: "NotLinked" }
  | { readonly _tag: "NotInGuild" }
  | { readonly _tag: "Unanswered"; readonly why: string }

/** The directory of Epic accounts that are linked to members of the operator's server. */
export class LinkDirectory extends Context.Service<LinkDirectory, {
  /** One entry for each account asked for. */
  readonly lookUp: (
    ids: ReadonlyArray<DiscordAccountId>
  ) => Effect.Effect<ReadonlyMap<DiscordAccountId, Registration>, ProviderUnavailable>
}>()("@purser/domain/rewards/LinkDirectory") {}

/** Lifetime figures of a player. `Unknown` is never zero; `Private` the player can change. */
export type LifetimeStats =
  | {
    readonly _tag: "Known"
    readonly kills: number
    readonly matches: number
    readonly minutesPlayed: number
    readonly lastModifiedMillis: number | null
  }
  | { readonly _tag: "Unknown"; readonly why: string }
  | { readonly _tag: "Private" }

/** The provider of stats. */
export class StatsProvider extends Context.Service<StatsProvider, {
  readonly lifetime: (epicId: EpicId) => Effect.Effect<LifetimeStats, ProviderUnavailable>
}>()("@purser/domain/rewards/StatsProvider") {}
