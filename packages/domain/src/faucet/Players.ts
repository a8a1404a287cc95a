/** Declares the use cases of players: sign in, be verified, give a wallet, see where one stands, leave. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Payout } from "../payouts/index.ts"
import {
  type CapRules,
  type DiscordAccountId,
  type EligibilityRules,
  type KeptAccrual,
  LinkDirectory,
  type Player,
  type PlayerId,
  type ProviderUnavailable,
  type VerificationRecord,
  type VerificationSource,
  type WalletLink,
  type WalletRules
} from "../rewards/index.ts"
import type { StorageError } from "../transaction/index.ts"
import { type AddressMalformed, type EraseRefused, PlayerUnknown } from "./FaucetError.ts"
import { arrive } from "./players/arrive.ts"
import { askedOnce } from "./players/askSparingly.ts"
import { erase, exported } from "./players/erase.ts"
import { linkWallet } from "./players/linkWallet.ts"
import { status } from "./players/status.ts"
import { verify, verifyDue } from "./players/verify.ts"
import { ports, type PortServices } from "./ports.ts"

/** Who has just signed in. `membership` is what Discord said of the server; `region` comes from a trusted header. */
export interface Arrival {
  readonly playerId: PlayerId
  readonly discordId: DiscordAccountId
  readonly discordName: string
  readonly membership: Player["membership"]
  readonly region: string
}

/** What is left of the caps, in their unit. */
export interface CapStatus {
  readonly unit: CapRules.Caps["unit"]
  readonly perDay: number
  readonly perWeek: number
  readonly usedInDay: number
  readonly usedInWeek: number
  readonly remaining: number
  readonly dayStartMillis: number
  readonly weekStartMillis: number
}

/** Where a player stands. Amounts are minor units of BAN. */
export interface PlayerStatus {
  readonly player: Player
  /** What is paid now, and the change that waits; null where there is none. */
  readonly wallet: WalletLink | null
  readonly pendingWallet: WalletLink | null
  /** Earned and in no payout. */
  readonly openMinor: bigint
  readonly openKills: number
  /** In payouts that did not fail. */
  readonly settledMinor: bigint
  readonly caps: CapStatus
  /** Why nothing is earned, or paid, now; null when it is. */
  readonly earning: EligibilityRules.Ineligible | null
  readonly paying: EligibilityRules.Ineligible | null
  readonly dryRun: boolean
}

/** Everything that is kept about a player, for the player. */
export interface PlayerExport {
  readonly player: Player
  readonly wallets: ReadonlyArray<WalletLink>
  readonly verifications: ReadonlyArray<VerificationRecord>
  readonly accruals: ReadonlyArray<KeptAccrual>
  readonly payouts: ReadonlyArray<Payout>
}

/** What a round of verifications came to. */
export interface Verified {
  readonly asked: number
  /** Players whose membership, link or Epic account is another now. */
  readonly changed: number
  /** Of whom nothing was found out. */
  readonly unanswered: number
}

/** The use cases of players. */
export class Players extends Context.Service<Players, {
  /**
   * Makes the player at the first sign-in, and verifies: membership and the Epic account. When the directory does not answer,
   * the sign-in succeeds all the same and nothing is known.
   */
  readonly arrive: (arrival: Arrival) => Effect.Effect<Player, StorageError>
  /**
   * Asks the directory now, and keeps what it says. An account that another player has is refused and raises a signal. A player
   * who has asked five times within five minutes is told what is known: the directory answers for everybody, one at a time.
   */
  readonly verify: (
    playerId: PlayerId,
    source: VerificationSource
  ) => Effect.Effect<Player, PlayerUnknown | ProviderUnavailable | StorageError>
  readonly byDiscordId: (discordId: DiscordAccountId) => Effect.Effect<Player, PlayerUnknown | StorageError>
  /** Verifies players that are due, at most `limit` (1 to 1,000), with as few questions as the directory allows. */
  readonly verifyDue: (limit: number) => Effect.Effect<Verified, ProviderUnavailable | StorageError>
  /** Links a wallet; the first counts at once, a change after the cool-down. Giving the same again changes nothing. */
  readonly linkWallet: (
    playerId: PlayerId,
    address: string
  ) => Effect.Effect<PlayerStatus, AddressMalformed | WalletRules.WalletRefused | PlayerUnknown | StorageError>
  readonly status: (playerId: PlayerId) => Effect.Effect<PlayerStatus, PlayerUnknown | StorageError>
  readonly export: (playerId: PlayerId) => Effect.Effect<PlayerExport, PlayerUnknown | StorageError>
  /**
   * Forgets who the player is: account, name, links, verifications, signals. What is owed and unpaid is given up (booked back),
   * payouts and transfers stay under the opaque id. Whoever is held for a review waits for it.
   */
  readonly erase: (playerId: PlayerId) => Effect.Effect<void, EraseRefused | PlayerUnknown | StorageError>
}>()("@purser/domain/faucet/Players") {
  /** The use cases on the stores and the directory at hand. */
  static readonly layer: Layer.Layer<Players, never, PortServices | LinkDirectory> = Layer.effect(
    Players,
    Effect.gen(function*() {
      const at = yield* ports
      const directory = askedOnce(yield* LinkDirectory)
      return {
        arrive: (arrival) => arrive(at, directory, arrival),
        verify: (playerId, source) => verify(at, directory, { playerId, source }),
        byDiscordId: (discordId) =>
          Effect.flatMap(
            at.players.byDiscordIds([discordId]),
            ([player]) => player === undefined ? new PlayerUnknown({ player: discordId }) : Effect.succeed(player)
          ),
        verifyDue: (limit) => verifyDue(at, directory, limit),
        linkWallet: (playerId, address) => Effect.andThen(linkWallet(at, playerId, address), status(at, playerId)),
        status: (playerId) => status(at, playerId),
        export: (playerId) => exported(at, playerId),
        erase: (playerId) => erase(at, playerId)
      }
    })
  )
}
