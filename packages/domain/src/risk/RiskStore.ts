/** Declares the port behind which signs of abuse, reviews and histories of play are kept. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Kills, PlayerId } from "../rewards/index.ts"
import type { StorageError } from "../transaction/index.ts"
import type { Case } from "./OutcomeRules.ts"
import type { Review } from "./Review.ts"
import type { DedupeKey, Signal } from "./Signal.ts"
import { Baseline } from "./SpikeRules.ts"

/** The last reading of a player's stats, in which nothing is unknown but when the provider changed it. */
export class LastReading extends Schema.Class<LastReading>("LastReading")({
  atMillis: Schema.Int,
  kills: Kills,
  matches: Schema.Int,
  minutesPlayed: Schema.Int,
  lastModifiedMillis: Schema.NullOr(Schema.Int)
}) {}

/** What is remembered of how a player plays. */
export class PlayProfile extends Schema.Class<PlayProfile>("PlayProfile")({
  playerId: PlayerId,
  reading: Schema.NullOr(LastReading),
  baseline: Baseline
}) {}

/** A signal with its place in the queue, and the last review of it; null while nobody has decided. */
export interface RaisedSignal {
  /** Counts signals from 1 in the order in which they were raised; may have gaps. */
  readonly sequence: bigint
  readonly raisedAtMillis: number
  readonly signal: Signal
  readonly review: Review | null
}

/** Which signals to list, newest first, `before` exclusive, at most `limit` (1 to 1,000). */
export interface SignalQuery {
  readonly playerId?: PlayerId
  /** Only those that nobody has decided about, or only those that somebody has. */
  readonly isOpen?: boolean
  readonly before?: bigint
  readonly limit: number
}

/** Keeps signals, reviews and profiles. Every method joins the surrounding `Transaction`. */
export class RiskStore extends Context.Service<RiskStore, {
  /** In no order; players without one are left out. */
  readonly profiles: (playerIds: ReadonlyArray<PlayerId>) => Effect.Effect<ReadonlyArray<PlayProfile>, StorageError>
  readonly putProfiles: (profiles: ReadonlyArray<PlayProfile>) => Effect.Effect<void, StorageError>
  /** Keeps those whose key is new; answers with these. */
  readonly raise: (
    signals: ReadonlyArray<Signal>,
    atMillis: number
  ) => Effect.Effect<ReadonlyArray<Signal>, StorageError>
  /** One for each player, also where nothing was raised: the signals, and the reviews oldest first. */
  readonly cases: (playerIds: ReadonlyArray<PlayerId>) => Effect.Effect<ReadonlyMap<PlayerId, Case>, StorageError>
  readonly byKey: (key: DedupeKey) => Effect.Effect<Option.Option<RaisedSignal>, StorageError>
  readonly list: (query: SignalQuery) => Effect.Effect<ReadonlyArray<RaisedSignal>, StorageError>
  readonly addReview: (review: Review) => Effect.Effect<void, StorageError>
  /** Forgets signals raised before a time that were cleared or never reviewed; those confirmed stay. Answers how many. */
  readonly prune: (beforeMillis: number) => Effect.Effect<number, StorageError>
  /** Forgets profile, signals and reviews of a player who is erased. */
  readonly forget: (playerId: PlayerId) => Effect.Effect<void, StorageError>
}>()("@purser/domain/risk/RiskStore") {}
