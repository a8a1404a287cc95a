/** Keeps the last report of each rail in the database at hand. */
import { Difference, type Look, ReconciliationStore, type Report } from "@purser/domain/reconciliation"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import type { Services } from "../Database.ts"
import { decoded } from "../decoded.ts"
import { asStorageError } from "../failures.ts"
import * as Queries from "../Queries.ts"

interface Row {
  readonly rail: string
  readonly asset: string
  readonly at_millis: bigint
  readonly sound_at_millis: bigint | null
  readonly found: bigint
  readonly differences: string
}
interface Tables {
  readonly reconciliation: Row
}

const Rows = Schema.fromJsonString(Schema.toCodecJson(Schema.Array(Difference)))
const encodeRows = Schema.encodeSync(Rows)
const decodeRows = Schema.decodeSync(Rows)

const rowOf = (look: Look): Row => ({
  rail: look.rail,
  asset: look.asset,
  at_millis: BigInt(look.atMillis),
  sound_at_millis: look.found === 0 ? BigInt(look.atMillis) : null,
  found: BigInt(look.found),
  differences: encodeRows(look.differences)
})

const reportOf = (row: Row): Report => ({
  rail: row.rail,
  asset: row.asset,
  atMillis: Number(row.at_millis),
  soundAtMillis: row.sound_at_millis === null ? null : Number(row.sound_at_millis),
  found: Number(row.found),
  differences: decodeRows(row.differences)
})

const keep = ({ build }: Queries.Queries<Tables>, looks: ReadonlyArray<Look>) =>
  build.insertInto("reconciliation").values(looks.map(rowOf))
    .onConflict((conflict) =>
      conflict.columns(["rail", "asset"]).doUpdateSet(({ fn, ref }) => ({
        at_millis: ref("excluded.at_millis"),
        sound_at_millis: fn.coalesce("excluded.sound_at_millis", "reconciliation.sound_at_millis"),
        found: ref("excluded.found"),
        differences: ref("excluded.differences")
      }))
    )

/** A `ReconciliationStore` on SQLite or PostgreSQL. */
export const layer: Layer.Layer<ReconciliationStore, never, Services> = Layer.effect(
  ReconciliationStore,
  Effect.map(Queries.make<Tables>(), (queries) => {
    const last = queries.build.selectFrom("reconciliation").selectAll().orderBy("rail").orderBy("asset")
    return ReconciliationStore.of({
      keep: (looks) =>
        looks.length === 0
          ? Effect.void
          : asStorageError("ReconciliationStore.keep")(queries.run(keep(queries, looks))),
      last: asStorageError("ReconciliationStore.last")(decoded(queries.all(last), reportOf))
    })
  })
)
