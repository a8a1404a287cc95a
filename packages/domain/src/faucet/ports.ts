/** Names the stores and providers that the use cases of the faucet stand on. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { AuditLog } from "../audit/index.ts"
import { LedgerStore } from "../ledger/index.ts"
import { Outbox } from "../outbox/index.ts"
import { PayoutStore } from "../payouts/index.ts"
import { EarningStore, PlayerStore, WalletStore } from "../rewards/index.ts"
import { RiskStore } from "../risk/index.ts"
import { type StorageError, Transaction } from "../transaction/index.ts"
import { FaucetSettings } from "./FaucetSettings.ts"
import { PayoutConfigStore, type VersionedConfig } from "./PayoutConfig.ts"

/** The stores of one installation, and what the operator says. */
export const ports = Effect.all({
  audit: AuditLog,
  configs: PayoutConfigStore,
  earnings: EarningStore,
  ledger: LedgerStore,
  outbox: Outbox,
  payouts: PayoutStore,
  players: PlayerStore,
  risk: RiskStore,
  settings: FaucetSettings,
  transaction: Transaction,
  wallets: WalletStore
})

/** What `ports` gives. */
export type Ports = Effect.Success<typeof ports>

/** What `ports` needs. */
export type PortServices = Effect.Services<typeof ports>

/** The config that holds now: what an admin made of it, or what the program was configured with. */
export const currentConfig = ({ configs, settings }: Ports): Effect.Effect<VersionedConfig, StorageError> =>
  Effect.map(
    configs.read,
    Option.getOrElse((): VersionedConfig => ({ version: 0, config: settings.config }))
  )
