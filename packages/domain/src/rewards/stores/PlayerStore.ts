/** Declares the port behind which players are kept. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type { StorageError } from "../../transaction/index.ts"
import type { EpicId, PlayerId } from "../Accrual.ts"
import type { DiscordAccountId, Player, RiskOutcome, VerificationRecord } from "../Player.ts"

/** Which players to list: by id, `after` exclusive, at most `limit` (1 to 1,000). Erased ones are left out. */
export interface PlayerQuery {
  readonly risk?: RiskOutcome
  readonly after?: PlayerId
  readonly limit: number
}

/** Keeps players and what verifications came to. Every method joins the surrounding `Transaction`. */
export class PlayerStore extends Context.Service<PlayerStore, {
  /** In no order; unknown ids are left out. Any number of ids. */
  readonly byIds: (ids: ReadonlyArray<PlayerId>) => Effect.Effect<ReadonlyArray<Player>, StorageError>
  readonly byDiscordIds: (ids: ReadonlyArray<DiscordAccountId>) => Effect.Effect<ReadonlyArray<Player>, StorageError>
  readonly byEpicId: (epicId: EpicId) => Effect.Effect<Option.Option<Player>, StorageError>
  /**
   * Inserts players of version 0 and replaces those whose version is the stored one; answers with them as stored, the
   * version one higher, in the order given. When one was changed meanwhile, or has the Discord or Epic account of
   * another, it fails as `Contended` and writes nothing: whoever decides anew sees why. An Epic account that one of them
   * gives up is free for another of them.
   */
  readonly put: (players: ReadonlyArray<Player>) => Effect.Effect<ReadonlyArray<Player>, StorageError>
  /** Players with an Epic account whose stats are due for a reading, the longest due first, at most `limit` (1 to 1,000). */
  readonly dueForReading: (atMillis: number, limit: number) => Effect.Effect<ReadonlyArray<Player>, StorageError>
  /** Players due for a verification, the longest due first, at most `limit` (1 to 1,000). */
  readonly dueForVerification: (atMillis: number, limit: number) => Effect.Effect<ReadonlyArray<Player>, StorageError>
  readonly list: (query: PlayerQuery) => Effect.Effect<ReadonlyArray<Player>, StorageError>
  readonly addVerifications: (records: ReadonlyArray<VerificationRecord>) => Effect.Effect<void, StorageError>
  /** Of one player, newest first, at most `limit` (1 to 1,000). */
  readonly verifications: (
    playerId: PlayerId,
    limit: number
  ) => Effect.Effect<ReadonlyArray<VerificationRecord>, StorageError>
  /** Forgets verifications before a time, and all of a player; answers how many. */
  readonly pruneVerifications: (beforeMillis: number) => Effect.Effect<number, StorageError>
  readonly forgetVerifications: (playerId: PlayerId) => Effect.Effect<void, StorageError>
}>()("@purser/domain/rewards/PlayerStore") {}
