/** Declares the use cases of admins. Every deed is in the audit log, committed with what it changed. */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Payout, PayoutRules, PayoutTotal } from "../payouts/index.ts"
import type { DiscordAccountId, Player, PlayerId, ProviderUnavailable } from "../rewards/index.ts"
import type { OutcomeRules, RaisedSignal, Verdict } from "../risk/index.ts"
import type { StorageError } from "../transaction/index.ts"
import { note } from "./admin/audited.ts"
import { changeConfig, halt } from "./admin/config.ts"
import { retryPayout } from "./admin/retryPayout.ts"
import { review, reviews } from "./admin/review.ts"
import { stats } from "./admin/stats.ts"
import type { ConfigChanged, PayoutUnknown, PlayerUnknown } from "./FaucetError.ts"
import { FaucetFigures, type Figures } from "./FaucetFigures.ts"
import { type FaucetJob, type JobRun, JobRuns } from "./JobRuns.ts"
import type { PayoutConfig, VersionedConfig } from "./PayoutConfig.ts"
import { Players } from "./Players.ts"
import { currentConfig, type Ports, ports, type PortServices } from "./ports.ts"

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
}>()("@purser/domain/faucet/FaucetAdmin") {
  /** The use cases on the stores at hand. */
  static readonly layer: Layer.Layer<FaucetAdmin, never, PortServices | FaucetFigures | JobRuns | Players> = Layer
    .effect(
      FaucetAdmin,
      Effect.gen(function*() {
        const at = yield* ports
        const figures = yield* FaucetFigures
        const runs = yield* JobRuns
        const players = yield* Players
        return {
          stats: stats(at, figures),
          config: currentConfig(at),
          changeConfig: (actor, change) => changeConfig(at, actor, change),
          halt: (actor, isOn) => halt(at, actor, isOn),
          retryPayout: (actor, payoutId) => retryPayout(at, actor, payoutId),
          reverify: (actor, discordId) => reverify({ at, players }, actor, discordId),
          trigger: (actor, job) => trigger({ at, runs }, actor, job),
          jobs: runs.all,
          reviews: (query) => reviews(at, query),
          review: (actor, decision) => review(at, actor, decision)
        }
      })
    )
}

/** The deed is noted before the directory is asked: what an admin wanted is on record whatever comes of it. */
const reverify = Effect.fnUntraced(function*(
  { at, players }: { readonly at: Ports; readonly players: Players["Service"] },
  actor: Actor,
  discordId: DiscordAccountId
) {
  const { id } = yield* players.byDiscordId(discordId)
  yield* note(at, actor, { action: "player.reverify", subject: id, details: {} })
  return yield* players.verify(id, "admin")
})

const trigger = (
  { at, runs }: { readonly at: Ports; readonly runs: JobRuns["Service"] },
  actor: Actor,
  job: FaucetJob
): Effect.Effect<void, StorageError> =>
  at.transaction.atomically(Effect.gen(function*() {
    yield* runs.ask(job, yield* Clock.currentTimeMillis)
    yield* note(at, actor, { action: "job.trigger", subject: job, details: {} })
  }))
