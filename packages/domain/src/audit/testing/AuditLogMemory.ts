/** Keeps the audit log in memory. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { MemoryState } from "../../transaction/testing/index.ts"
import { AuditLog, type AuditRecord } from "../index.ts"

type Query = Parameters<AuditLog["Service"]["list"]>[0]

const isSame = (wanted: string | undefined, value: string): boolean => wanted === undefined || wanted === value

const matches = (query: Query, { entry, sequence }: AuditRecord): boolean =>
  isSame(query.actor, entry.actor) && isSame(query.action, entry.action) && isSame(query.subject, entry.subject) &&
  entry.atMillis >= (query.fromMillis ?? entry.atMillis) && entry.atMillis <= (query.toMillis ?? entry.atMillis) &&
  (query.before === undefined || sequence < query.before)

/** An `AuditLog` in a cell. */
export const layerMemory: Layer.Layer<AuditLog, never, MemoryState> = Layer.effect(
  AuditLog,
  Effect.gen(function*() {
    const { cell, statement } = yield* MemoryState
    const records = cell<ReadonlyArray<AuditRecord>>([])
    return AuditLog.of({
      append: (entry) =>
        statement(() => {
          const record = { sequence: BigInt(records.get().length + 1), entry }
          records.set([...records.get(), record])
          return record
        }),
      list: (query) =>
        statement(() => records.get().filter((record) => matches(query, record)).toReversed().slice(0, query.limit))
    })
  })
)
