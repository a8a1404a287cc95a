/** Maps events of the outbox to rows and back. */
import { OutboxEvent, type OutboxRecord } from "@purser/domain/outbox"
import type { ColumnTypes } from "../dialect/givenRows.ts"

/** What an event puts into a row. `payload` is a JSON object of texts. */
export interface EventColumns {
  readonly topic: string
  readonly event_key: string
  readonly payload: string
  readonly at_millis: bigint
  readonly due_at_millis: bigint
}

/** A row of `outbox`. The database numbers it and counts attempts from 0. */
export interface OutboxRow extends EventColumns {
  readonly sequence: bigint
  readonly attempts: bigint
}

/** The columns of an event. */
export const eventColumns: ColumnTypes<EventColumns> = {
  topic: "text",
  event_key: "text",
  payload: "text",
  at_millis: "integer",
  due_at_millis: "integer"
}

/** The columns of a new event, due at once. */
export const columnsOf = (event: OutboxEvent): EventColumns => ({
  topic: event.topic,
  event_key: event.key,
  payload: JSON.stringify(event.payload),
  at_millis: BigInt(event.atMillis),
  due_at_millis: BigInt(event.atMillis)
})

/** The record of a row. Throws where the row fits no event. */
export const recordOf = (row: OutboxRow): OutboxRecord => ({
  sequence: row.sequence,
  event: new OutboxEvent({
    topic: row.topic,
    key: row.event_key,
    payload: JSON.parse(row.payload) as Record<string, string>,
    atMillis: Number(row.at_millis)
  }),
  attempts: Number(row.attempts)
})
