/** Declares the figures of the whole program that are counted from its rows. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { StorageError } from "../transaction/index.ts"

/** Counts, and sums in minor units of BAN, of one set of books. */
export interface Figures {
  readonly players: number
  /** Members with a linked account. */
  readonly verifiedPlayers: number
  readonly flaggedPlayers: number
  readonly heldPlayers: number
  readonly openSignals: number
  readonly accruedMinor: bigint
  /** What is in no payout. */
  readonly openMinor: bigint
  readonly openKills: number
  /** By region: a closed set, so that it can label a metric. */
  readonly killsByRegion: ReadonlyMap<string, number>
  readonly payoutsByRegion: ReadonlyMap<string, number>
}

/** Counts. */
export class FaucetFigures extends Context.Service<FaucetFigures, {
  readonly read: (dryRun: boolean) => Effect.Effect<Figures, StorageError>
}>()("@purser/domain/faucet/FaucetFigures") {}
