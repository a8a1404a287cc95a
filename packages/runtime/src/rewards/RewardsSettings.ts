/** Models what the rewards program runs with: one object for API and worker, complete before anything is built from it. */
import type { PayoutConfig, Retention } from "@purser/domain/faucet"
import type { DiscordAccountId, Product } from "@purser/domain/rewards"
import type { Listener } from "@purser/http/listener"
import type { BananoAddress, SealingKey } from "@purser/integrations/banano"
import type { DiscordId } from "@purser/integrations/discord"
import type * as DateTime from "effect/DateTime"
import type * as Redacted from "effect/Redacted"

/** When things happen and how long they last, in milliseconds, besides what an admin can change. */
export interface RewardsPlan {
  /** What holds until an admin changes it. */
  readonly config: PayoutConfig
  readonly resetZone: DateTime.TimeZone
  readonly accrualEveryMillis: number
  readonly settlementEveryMillis: number
  /** Decides the order of every settlement; null draws one for each. */
  readonly settlementSeed: number | null
  readonly coolDownMillis: number
  readonly verificationMostMillis: number
  /** Less than `verificationMostMillis`. */
  readonly verificationEveryMillis: number
  readonly retention: Retention
}

/** Who gets in. */
export interface RewardsAccess {
  /** Where players reach the server, scheme, host and port; null is the address of the public listener. */
  readonly publicUrl: string | null
  readonly adminIds: ReadonlySet<DiscordAccountId>
  /** The operator's own players. */
  readonly testAccounts: ReadonlySet<DiscordAccountId>
  /** 32 characters or more; null where one is to be made in the data directory. */
  readonly sessionSecret: Redacted.Redacted<string> | null
  /** Keys for second factors, the first encrypts; null where one is to be made in the data directory. */
  readonly totpKeys: readonly [SealingKey, ...ReadonlyArray<SealingKey>] | null
  /** In lower case; null where no header is believed. */
  readonly regionHeader: string | null
}

/** Discord as it is configured. */
export interface DiscordSettings {
  readonly apiUrl: string
  readonly authorizeUrl: string
  readonly clientId: DiscordId
  readonly clientSecret: Redacted.Redacted<string>
  readonly botToken: Redacted.Redacted<string>
  readonly guildId: DiscordId
}

/** Yunite as it is configured. */
export interface YuniteSettings {
  readonly url: string
  readonly guildId: DiscordId
  readonly token: Redacted.Redacted<string>
}

/** The stats of Fortnite as they are configured. */
export interface FortniteSettings {
  readonly url: string
  readonly key: Redacted.Redacted<string>
  readonly header: string
  readonly scheme: string | null
  readonly perMinute: number
  readonly perSecond: number
}

/** Who is asked about players. */
export interface ProviderSettings {
  readonly discord: DiscordSettings
  readonly yunite: YuniteSettings
  readonly fortnite: FortniteSettings
}

/** A node, and what its provider wants to see. */
export interface BananoNodeSettings {
  readonly url: string
  readonly apiKey: { readonly header: string; readonly value: Redacted.Redacted<string> } | null
}

/** The operator's seed as `openSeed` takes it, and the keys that open it; it has been opened once. */
export interface SealedSeedSettings {
  readonly sealed: Redacted.Redacted<string>
  readonly keys: readonly [SealingKey, ...ReadonlyArray<SealingKey>]
}

/** What blocks are made with. */
export interface BlockSettings {
  readonly representative: BananoAddress | null
  readonly work: "local" | "node"
}

/** Where the stand-ins of mode `sandbox` listen. */
export interface SandboxSettings {
  readonly banano: Listener
  readonly discord: Listener
  readonly yunite: Listener
  readonly fortnite: Listener
}

interface Program {
  readonly plan: RewardsPlan
  readonly access: RewardsAccess
  readonly product: Product
}

/**
 * The rewards program, by its mode.
 *
 * - `off`: there is none.
 * - `sandbox`: on play providers that the installation runs itself.
 * - `dry_run`: on real providers; nothing is broadcast, and everything is booked apart. Node and seed may be missing.
 * - `live`: real money. `liveRefusals` found nothing.
 */
export type RewardsSettings =
  & Program
  & (
    | { readonly mode: "off" }
    | { readonly mode: "sandbox"; readonly sandboxes: SandboxSettings }
    | {
      readonly mode: "dry_run"
      readonly providers: ProviderSettings
      readonly blocks: BlockSettings
      readonly node: BananoNodeSettings | null
      readonly seed: SealedSeedSettings | null
    }
    | {
      readonly mode: "live"
      readonly providers: ProviderSettings
      readonly blocks: BlockSettings
      readonly node: BananoNodeSettings
      readonly seed: SealedSeedSettings
    }
  )
