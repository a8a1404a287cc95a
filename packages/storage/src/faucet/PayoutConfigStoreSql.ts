/** Keeps every version of the config of payouts in the database at hand. */
import { PayoutConfig, PayoutConfigStore, type VersionedConfig } from "@purser/domain/faucet"
import { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { sql } from "kysely"
import type { Services } from "../Database.ts"
import { decoded } from "../decoded.ts"
import { asStorageError } from "../failures.ts"
import * as Queries from "../Queries.ts"

interface Row {
  readonly version: bigint
  readonly config: string
}
interface Tables {
  readonly payout_config: Row
}

const ConfigText = Schema.fromJsonString(Schema.toCodecJson(PayoutConfig))
const encodeConfig = Schema.encodeSync(ConfigText)
const decodeConfig = Schema.decodeSync(ConfigText)

const versionedOf = (row: Row): VersionedConfig => ({ version: Number(row.version), config: decodeConfig(row.config) })

/** Writes only after the newest version; of two who write after it at once the second finds its number taken. */
const write = ({ build }: Queries.Queries<Tables>, config: PayoutConfig, version: number) =>
  build.insertInto("payout_config")
    .columns(["version", "config"])
    .expression(
      sql`SELECT CAST(${BigInt(version) + 1n} AS bigint), CAST(${encodeConfig(config)} AS text)
        WHERE COALESCE((SELECT MAX(version) FROM payout_config), 0) = ${BigInt(version)}`
    )
    .onConflict((conflict) => conflict.doNothing())

const changedMeanwhile = new StorageError({
  failure: "Contended",
  operation: "PayoutConfigStore.write",
  cause: "not the newest version"
})

/** A `PayoutConfigStore` on SQLite or PostgreSQL. */
export const layer: Layer.Layer<PayoutConfigStore, never, Services> = Layer.effect(
  PayoutConfigStore,
  Effect.map(Queries.make<Tables>(), (queries) => {
    const newest = queries.compiled(
      (most: number) => queries.build.selectFrom("payout_config").selectAll().orderBy("version", "desc").limit(most),
      1
    )
    return PayoutConfigStore.of({
      read: Effect.map(
        asStorageError("PayoutConfigStore.read")(decoded(newest(1), versionedOf)),
        ([config]) => Option.fromUndefinedOr(config)
      ),
      write: (config, version) =>
        Effect.flatMap(
          asStorageError("PayoutConfigStore.write")(queries.changed(write(queries, config, version))),
          (count) => count === 1 ? Effect.succeed({ version: version + 1, config }) : Effect.fail(changedMeanwhile)
        )
    })
  })
)
