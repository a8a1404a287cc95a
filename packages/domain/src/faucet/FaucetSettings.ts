/** Holds what the operator says of the program, decided before anything runs. */
import * as Context from "effect/Context"
import type * as DateTime from "effect/DateTime"
import type * as Result from "effect/Result"
import type { DiscordAccountId, PayeeAddress } from "../rewards/index.ts"
import type { AddressMalformed } from "./FaucetError.ts"
import type { PayoutConfig } from "./PayoutConfig.ts"

/** How long things are kept that are not books. */
export interface Retention {
  readonly verificationsMillis: number
  readonly signalsMillis: number
}

/** What the operator says. Durations are milliseconds. */
export class FaucetSettings extends Context.Service<FaucetSettings, {
  /** Whether everything is booked beside the real books, and nothing is ever broadcast. */
  readonly dryRun: boolean
  /** What holds until an admin changes it. */
  readonly config: PayoutConfig
  /** Whose midnight and Monday the caps begin anew at. */
  readonly resetZone: DateTime.TimeZone
  readonly operatorAddress: PayeeAddress
  readonly burnAddress: PayeeAddress
  /** Checks the checksum of what a player gives, and writes it as the rail does. */
  readonly parsePayee: (text: string) => Result.Result<PayeeAddress, AddressMalformed>
  readonly coolDownMillis: number
  /** How old the last verification may be before earning and paying stop. */
  readonly verificationMostMillis: number
  /** How often each player is verified; well below `verificationMostMillis`. */
  readonly verificationEveryMillis: number
  /** Decides the order of every settlement; null draws one for each. */
  readonly settlementSeed: number | null
  /** The operator's own accounts: they raise no signal. */
  readonly testAccounts: ReadonlySet<DiscordAccountId>
  readonly retention: Retention
}>()("@purser/domain/faucet/FaucetSettings") {}
