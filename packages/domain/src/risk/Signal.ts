/** Models signals of abuse: what was measured of a player, against which threshold, and the key under which it counts once. */
import * as Schema from "effect/Schema"
import { PlayerId } from "../rewards/index.ts"

/**
 * - `KillRate`: kills for the minutes that passed, or that were played.
 * - `KillsPerMatch`: kills for the matches played.
 * - `Spike`: kills an hour against the player's own history.
 * - `StaleStats`: kills that rose while the provider says that nothing was modified.
 * - `SharedEpic`, `SharedWallet`: players who claim the same account or address.
 * - `YoungAccount`: days since the Discord account was made.
 * - `RegionPercentile`: kills an hour against the other players of the region.
 */
export const SignalKind = Schema.Literals([
  "KillRate",
  "KillsPerMatch",
  "Spike",
  "StaleStats",
  "SharedEpic",
  "SharedWallet",
  "YoungAccount",
  "RegionPercentile"
])
export type SignalKind = typeof SignalKind.Type

/** How far beyond its threshold a value lies. */
export const Severity = Schema.Literals(["low", "med", "high"])
export type Severity = typeof Severity.Type

/** Names one event for ever: 64 lower-case hex digits that follow from kind, player, subject and window. */
export const DedupeKey = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/u)).pipe(Schema.brand("DedupeKey"))
export type DedupeKey = typeof DedupeKey.Type

/** What a date can hold, in Unix milliseconds. */
const Millis = Schema.Int.check(Schema.isBetween({ minimum: -8.64e15, maximum: 8.64e15 }))

/** A span of time in Unix milliseconds; the start is in it, the end, which is later, is not. */
export class RiskWindow extends Schema.Class<RiskWindow>("RiskWindow")(
  Schema.Struct({ fromMillis: Millis, toMillis: Millis }).check(
    Schema.makeFilter(({ fromMillis, toMillis }) => fromMillis < toMillis)
  )
) {}

/** Something measured of a player that lies beyond its threshold. */
export class Signal extends Schema.Class<Signal>("Signal")({
  kind: SignalKind,
  playerId: PlayerId,
  /** When it was measured; null for what does not pass with time, like a shared wallet. */
  window: Schema.NullOr(RiskWindow),
  /** In the unit of the kind, as is `threshold`: see `SignalRules.explain`. */
  value: Schema.Finite,
  threshold: Schema.Finite,
  severity: Severity,
  dedupeKey: DedupeKey,
  /** What it was computed from, for whoever reviews it; at most 20 lines of at most 300 characters. */
  evidence: Schema.Array(Schema.String.check(Schema.isMaxLength(300))).check(Schema.isMaxLength(20))
}) {}
