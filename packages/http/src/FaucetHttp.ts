/** Declares what a host gives so that the faucet is served besides; without it nothing of the faucet is loaded. */
import type { FaucetAdmin, FaucetSettings, Players } from "@purser/domain/faucet"
import type { Identity } from "@purser/domain/identity"
import type { PayoutStore } from "@purser/domain/payouts"
import type { EarningStore, PlayerStore, Product } from "@purser/domain/rewards"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"

/** What an operator decides about how the faucet is served. */
export interface FaucetHttpOptions {
  readonly product: Product
  /** Scheme, host and port of the public door as browsers see them: `https://purser.example`. */
  readonly publicUrl: string
  /** The same of the internal door, where admins look at it with a browser; that of the public door unless given. */
  readonly internalUrl?: string
  /** Makes the tokens of forms; the same in all processes, 32 characters or more. A new one makes open forms stale. */
  readonly formSecret: Redacted.Redacted<string>
  /** The header in which trusted proxies say the caller's region; without it nobody has one. */
  readonly regionHeader?: string
  /** For how long a second factor counts, 10 minutes unless given. */
  readonly freshForMillis?: number
  /** Where anybody can look a block up, with `{hash}` in it; null for nowhere. */
  readonly explorerUrl: string | null
  /** How often payouts are settled, for people to read; 20 unless given. */
  readonly settlementMinutes?: number
  /** The zone whose midnight and Monday the caps begin anew at, by its IANA name; `UTC` unless given. */
  readonly timeZone?: string
}

/** The use cases and stores that the faucet is served over. */
export type FaucetServices =
  | EarningStore
  | FaucetAdmin
  | FaucetSettings
  | Identity
  | Players
  | PlayerStore
  | PayoutStore

/** The faucet as it is to be served. */
export class FaucetHttp extends Context.Service<FaucetHttp, {
  readonly options: FaucetHttpOptions
  readonly services: Context.Context<FaucetServices>
}>()("@purser/http/FaucetHttp") {
  /** Serves the faucet at the doors that are opened over this layer. */
  static readonly layer = (options: FaucetHttpOptions): Layer.Layer<FaucetHttp, never, FaucetServices> =>
    Layer.effect(FaucetHttp, Effect.map(Effect.context<FaucetServices>(), (services) => ({ options, services })))
}
