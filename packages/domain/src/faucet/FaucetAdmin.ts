/** Declares the use cases of admins. Every deed is in the audit log, committed with what it changed. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Payout, PayoutRules, PayoutTotal } from "../payouts/index.ts"
import type { DiscordAccountId, Player, PlayerId, ProviderUnavailable } from "../rewards/index.ts"
import type { OutcomeRules, RaisedSignal, Verdict } from "../risk/index.ts"
import type { StorageError } from "../transaction/index.ts"
import type { ConfigChanged, PayoutUnknown, PlayerUnknown } from "./FaucetError.ts"
import type { Figures } from "./FaucetFigures.ts"
import type { FaucetJob, JobRun } from "./JobRuns.ts"
import type { PayoutConfig, VersionedConfig } from "./PayoutConfig.ts"

/** Who does it, as the audit log names them (`discord:ID`, `key:…`), and the request that it came with. */
export interface Actor {
  readonly name: string
  readonly correlationId: string | null
}

/** The figures of the program. */
export interface FaucetStats {
  readonly figures: Figures
  readonly payouts: ReadonlyArray<PayoutTotal>
  readonly config: VersionedConfig
  readonly dryRun: boolean
  readonly operatorAccount: string
  /** By the books, in minor units. */
  readonly walletMinor: bigint
}

/** A case for a reviewer. */
export interface ReviewItem {
  readonly raised: RaisedSignal
  /** The signal in one sentence. */
  readonly explanation: string
  readonly player: Player | null
}

/** The use cases of admins. */
export class FaucetAdmin extends Context.Service<FaucetAdmin, {
  readonly stats: Effect.Effect<FaucetStats, StorageError>
  readonly config: Effect.Effect<VersionedConfig, StorageError>
  /** Replaces the config, if it still is at `version`. */
  readonly changeConfig: (
    actor: Actor,
    change: { readonly config: PayoutConfig; readonly version: number }
  ) => Effect.Effect<VersionedConfig, ConfigChanged | StorageError>
  /** Turns the kill switch; answers with the config. */
  readonly halt: (actor: Actor, isOn: boolean) => Effect.Effect<VersionedConfig, StorageError>
  /**
   * Acts on the debt of a failed payout: its rows are put into it again, in a new round, if they all are still free. It can
   * not pay twice: a debt that is elsewhere, or a block that may land, is refused.
   */
  readonly retryPayout: (
    actor: Actor,
    payoutId: string
  ) => Effect.Effect<Payout, PayoutUnknown | PayoutRules.PayoutRefused | StorageError>
  readonly reverify: (
    actor: Actor,
    discordId: DiscordAccountId
  ) => Effect.Effect<Player, PlayerUnknown | ProviderUnavailable | StorageError>
  /** Asks a job to run now. */
  readonly trigger: (actor: Actor, job: FaucetJob) => Effect.Effect<void, StorageError>
  readonly jobs: Effect.Effect<ReadonlyArray<JobRun>, StorageError>
  /** Newest first, `before` exclusive, at most `limit` (1 to 1,000). */
  readonly reviews: (query: {
    readonly playerId?: PlayerId
    readonly isOpen?: boolean
    readonly before?: bigint
    readonly limit: number
  }) => Effect.Effect<ReadonlyArray<ReviewItem>, StorageError>
  /** Decides on one signal; the player's outcome follows at once. */
  readonly review: (
    actor: Actor,
    decision: { readonly dedupeKey: string; readonly verdict: Verdict; readonly note: string }
  ) => Effect.Effect<Player, OutcomeRules.ReviewRefused | StorageError>
}>()("@purser/domain/faucet/FaucetAdmin") {}
