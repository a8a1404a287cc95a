/** Keeps the outbox in the database at hand. */
import { Outbox, type OutboxEvent } from "@purser/domain/outbox"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Generated } from "kysely"
import type { Services } from "../Database.ts"
import { decoded } from "../decoded.ts"
import { givenRows } from "../dialect/givenRows.ts"
import { amongIntegers } from "../dialect/lists.ts"
import { asStorageError } from "../failures.ts"
import * as Queries from "../Queries.ts"
import { columnsOf, type EventColumns, eventColumns, recordOf } from "./outboxRow.ts"

interface Tables {
  readonly outbox: EventColumns & { readonly sequence: Generated<bigint>; readonly attempts: Generated<bigint> }
}
type Sql = Queries.Queries<Tables>

const columns = Object.keys(eventColumns) as ReadonlyArray<keyof EventColumns>

const append = ({ build, dialect }: Sql, events: ReadonlyArray<OutboxEvent>) =>
  build.insertInto("outbox").columns([...columns]).expression(givenRows[dialect](eventColumns, events.map(columnsOf)))

const due = ({ build }: Sql, atMillis: number, limit: number) =>
  build.selectFrom("outbox").selectAll().where("due_at_millis", "<=", BigInt(atMillis)).orderBy("sequence").limit(limit)

const delivered = ({ build, dialect }: Sql, sequences: ReadonlyArray<bigint>) =>
  build.deleteFrom("outbox").where(amongIntegers[dialect]("sequence", sequences))

const postponed = ({ build }: Sql, sequence: bigint, untilMillis: number) =>
  build.updateTable("outbox")
    .set(({ eb }) => ({ attempts: eb("attempts", "+", 1n), due_at_millis: BigInt(untilMillis) }))
    .where("sequence", "=", sequence)

/** An `Outbox` on SQLite or PostgreSQL. */
export const layer: Layer.Layer<Outbox, never, Services> = Layer.effect(
  Outbox,
  Effect.gen(function*() {
    const queries = yield* Queries.make<Tables>()
    return Outbox.of({
      append: (events) =>
        events.length === 0 ? Effect.void : asStorageError("Outbox.append")(queries.run(append(queries, events))),
      due: (atMillis, limit) =>
        asStorageError("Outbox.due")(decoded(queries.all(due(queries, atMillis, limit)), recordOf)),
      delivered: (sequences) =>
        sequences.length === 0
          ? Effect.void
          : asStorageError("Outbox.delivered")(queries.run(delivered(queries, sequences))),
      postponed: (sequence, untilMillis) =>
        asStorageError("Outbox.postponed")(queries.run(postponed(queries, sequence, untilMillis)))
    })
  })
)
