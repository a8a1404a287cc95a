/** Models what an admin may change while the program runs: the rate, the caps, and the limits of spending. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { StorageError } from "../transaction/index.ts"

/** The most BAN, in minor units, that a setting may say: 10^9 BAN. */
const mostMinor = 10n ** 17n
const Minor = Schema.BigInt.check(Schema.isBetweenBigInt({ minimum: 0n, maximum: mostMinor }))
const CapCount = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 }))

/** Amounts are minor units of BAN. */
export class PayoutConfig extends Schema.Class<PayoutConfig>("PayoutConfig")({
  /** What a kill earns from now on; what is booked keeps its rate. */
  rateMinor: Minor,
  caps: Schema.Struct({ unit: Schema.Literals(["payouts", "kills"]), perDay: CapCount, perWeek: CapCount }),
  /** The most players of one settlement; 0 for all. */
  batchSize: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100_000 })),
  /** What must stay in the wallet. */
  floorMinor: Minor,
  hourlyCeilingMinor: Minor,
  dailyCeilingMinor: Minor,
  /** Nothing is signed while it is on. */
  killSwitch: Schema.Boolean
}) {}

/** What was changed, and how often; 0 is what the program was configured with. */
export interface VersionedConfig {
  readonly version: number
  readonly config: PayoutConfig
}

/** Keeps what an admin changed. Joins the surrounding `Transaction`. */
export class PayoutConfigStore extends Context.Service<PayoutConfigStore, {
  /** None while nobody has changed anything. */
  readonly read: Effect.Effect<Option.Option<VersionedConfig>, StorageError>
  /** Keeps a config as the version after `version`. `Contended` when that is not the newest. */
  readonly write: (config: PayoutConfig, version: number) => Effect.Effect<VersionedConfig, StorageError>
}>()("@purser/domain/faucet/PayoutConfigStore") {}
