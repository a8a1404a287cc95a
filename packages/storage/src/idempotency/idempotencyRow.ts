/** Maps idempotency keys to rows and back. */
import type { Beginning, IdempotencyScope } from "@purser/domain/idempotency"
import { bytesOf, hexOf } from "../hex.ts"

/** What a key is found by. */
export interface ScopeColumns {
  readonly principal: string
  readonly operation: string
  readonly idempotency_key: string
}

/** A row of `idempotency`. In flight while it is not completed; an answer without a body is made again by its operation. */
export interface IdempotencyRow extends ScopeColumns {
  readonly request_hash: Uint8Array
  readonly lease_ends_at_millis: bigint
  readonly status: bigint | null
  readonly body: string | null
  readonly completed_at_millis: bigint | null
}

/** What `begin` is asked. */
export interface Request {
  readonly requestHash: string
  readonly atMillis: number
  readonly leaseMillis: number
}

/** The columns of a scope. */
export const scopeColumns = (scope: IdempotencyScope): ScopeColumns => ({
  principal: scope.principal,
  operation: scope.operation,
  idempotency_key: scope.key
})

/** The row of a key that was just taken. */
export const takenRow = (scope: IdempotencyScope, { atMillis, leaseMillis, requestHash }: Request) => ({
  ...scopeColumns(scope),
  request_hash: bytesOf(requestHash),
  lease_ends_at_millis: BigInt(atMillis + leaseMillis)
})

/** What a row means to a request that could not take its key; undefined when it could now. */
export const judge = (row: IdempotencyRow, request: Request): Exclude<Beginning, { _tag: "Started" }> | undefined => {
  if (hexOf(row.request_hash) !== request.requestHash.toLowerCase()) return { _tag: "Clashed" }
  if (row.status !== null) return { _tag: "Repeated", answer: { status: Number(row.status), body: row.body } }
  const retryAfterMillis = Number(row.lease_ends_at_millis) - request.atMillis
  return retryAfterMillis > 0 ? { _tag: "InFlight", retryAfterMillis } : undefined
}
