/** Declares the outbox: events that leave only when what caused them has been committed. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { StorageError } from "../transaction/index.ts"

/** Something that others may want to know. `topic` is dotted words, `key` orders events about the same thing. */
export class OutboxEvent extends Schema.Class<OutboxEvent>("OutboxEvent")({
  topic: Schema.String.check(Schema.isPattern(/^(?=.{1,64}$)[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*$/u)),
  key: Schema.String.check(Schema.isPattern(/^[^\p{Cc}\p{Cs}]{1,200}$/u)),
  /** Amounts are decimal strings of minor units; no secrets. */
  payload: Schema.Record(Schema.String, Schema.String),
  atMillis: Schema.Int
}) {}

/** An event waiting to leave. `sequence` grows in the order of insertion; it may have gaps. */
export interface OutboxRecord {
  readonly sequence: bigint
  readonly event: OutboxEvent
  readonly attempts: number
}

/** Keeps events until they were delivered. Joins the surrounding `Transaction`. */
export class Outbox extends Context.Service<Outbox, {
  readonly append: (events: ReadonlyArray<OutboxEvent>) => Effect.Effect<void, StorageError>
  /** Events that wait and are due at that time, oldest first, at most `limit`. */
  readonly due: (atMillis: number, limit: number) => Effect.Effect<ReadonlyArray<OutboxRecord>, StorageError>
  readonly delivered: (sequences: ReadonlyArray<bigint>) => Effect.Effect<void, StorageError>
  /** Counts an attempt and puts the event off. */
  readonly postponed: (sequence: bigint, untilMillis: number) => Effect.Effect<void, StorageError>
}>()("@purser/domain/outbox/Outbox") {}
