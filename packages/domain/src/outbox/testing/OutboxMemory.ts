/** Keeps the outbox in memory. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { MemoryState } from "../../transaction/testing/index.ts"
import { Outbox, type OutboxRecord } from "../index.ts"

interface Waiting extends OutboxRecord {
  readonly dueAtMillis: number
}

const oldestFirst = (left: OutboxRecord, right: OutboxRecord): number => left.sequence < right.sequence ? -1 : 1

/** An `Outbox` in a table. */
export const layerMemory: Layer.Layer<Outbox, never, MemoryState> = Layer.effect(
  Outbox,
  Effect.gen(function*() {
    const { cell, statement, table } = yield* MemoryState
    const last = cell(0n)
    const waiting = table<bigint, Waiting>()
    return Outbox.of({
      append: (events) =>
        statement(() => {
          for (const event of events) {
            last.set(last.get() + 1n)
            waiting.set(last.get(), { sequence: last.get(), event, attempts: 0, dueAtMillis: event.atMillis })
          }
        }),
      due: (atMillis, limit) =>
        statement(() =>
          [...waiting.values()].filter((record) => record.dueAtMillis <= atMillis).sort(oldestFirst).slice(0, limit)
            .map(({ attempts, event, sequence }) => ({ attempts, event, sequence }))
        ),
      delivered: (sequences) =>
        statement(() => {
          for (const sequence of sequences) waiting.delete(sequence)
        }),
      postponed: (sequence, untilMillis) =>
        statement(() => {
          const record = waiting.get(sequence)
          if (record === undefined) return
          waiting.set(sequence, { ...record, attempts: record.attempts + 1, dueAtMillis: untilMillis })
        })
    })
  })
)
