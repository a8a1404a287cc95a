/** Keeps answers by idempotency key in memory. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { MemoryState, type MemoryTable } from "../../transaction/testing/index.ts"
import { type Beginning, type IdempotencyScope, IdempotencyStore, type StoredAnswer } from "../index.ts"

interface Row {
  readonly scope: IdempotencyScope
  readonly requestHash: string
  readonly leaseEndsAtMillis: number
  readonly completed: { readonly answer: StoredAnswer; readonly atMillis: number } | null
}
type Rows = MemoryTable<string, Row>

const place = ({ key, operation, principal }: IdempotencyScope): string => JSON.stringify([principal, operation, key])

const judge = (row: Row, requestHash: string, atMillis: number): Beginning => {
  if (row.requestHash !== requestHash) return { _tag: "Clashed" }
  if (row.completed !== null) return { _tag: "Repeated", answer: row.completed.answer }
  const retryAfterMillis = row.leaseEndsAtMillis - atMillis
  return retryAfterMillis > 0 ? { _tag: "InFlight", retryAfterMillis } : { _tag: "Started" }
}

const begin = (
  rows: Rows,
  scope: IdempotencyScope,
  request: { readonly requestHash: string; readonly atMillis: number; readonly leaseMillis: number }
): Beginning => {
  const { atMillis, leaseMillis, requestHash } = request
  const row = rows.get(place(scope))
  const beginning: Beginning = row === undefined ? { _tag: "Started" } : judge(row, requestHash, atMillis)
  if (beginning._tag === "Started") {
    rows.set(place(scope), { scope, requestHash, leaseEndsAtMillis: atMillis + leaseMillis, completed: null })
  }
  return beginning
}

const complete = (rows: Rows, scope: IdempotencyScope, completed: Row["completed"]): void => {
  const row = rows.get(place(scope))
  if (row !== undefined && row.completed === null) rows.set(place(scope), { ...row, completed })
}

const prune = (rows: Rows, beforeMillis: number): number => {
  const old = [...rows.values()].filter(({ completed, leaseEndsAtMillis }) =>
    (completed?.atMillis ?? leaseEndsAtMillis) < beforeMillis
  )
  for (const { scope } of old) rows.delete(place(scope))
  return old.length
}

/** An `IdempotencyStore` in a table. */
export const layerMemory: Layer.Layer<IdempotencyStore, never, MemoryState> = Layer.effect(
  IdempotencyStore,
  Effect.gen(function*() {
    const { statement, table } = yield* MemoryState
    const rows: Rows = table()
    return IdempotencyStore.of({
      begin: (scope, request) => statement(() => begin(rows, scope, request)),
      complete: (scope, answer) =>
        Effect.flatMap(
          Clock.currentTimeMillis,
          (atMillis) => statement(() => complete(rows, scope, { answer, atMillis }))
        ),
      abandon: (scope) =>
        statement(() => {
          if (rows.get(place(scope))?.completed === null) rows.delete(place(scope))
        }),
      prune: (beforeMillis) => statement(() => prune(rows, beforeMillis))
    })
  })
)
