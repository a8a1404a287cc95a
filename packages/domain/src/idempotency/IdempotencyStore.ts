/** Declares the store of answers by idempotency key. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { StorageError } from "../transaction/index.ts"

/** What a key belongs to. Keys of different principals or operations never meet. */
export interface IdempotencyScope {
  readonly principal: string
  readonly operation: string
  readonly key: string
}

/** An answer to repeat. `body` is null where the answer holds a secret: the operation then answers itself again. */
export interface StoredAnswer {
  readonly status: number
  readonly body: string | null
}

/**
 * - `Started`: nobody used the key; the caller works, then calls `complete` or `abandon`.
 * - `Repeated`: done before with the same request.
 * - `Clashed`: used before with another request.
 * - `InFlight`: the same request is being worked on; try again after `retryAfterMillis`.
 */
export type Beginning =
  | { readonly _tag: "Started" }
  | { readonly _tag: "Repeated"; readonly answer: StoredAnswer }
  | { readonly _tag: "Clashed" }
  | { readonly _tag: "InFlight"; readonly retryAfterMillis: number }

/** Keeps one outcome a key. A key left in flight by a dead process can be taken over once its lease has passed. */
export class IdempotencyStore extends Context.Service<IdempotencyStore, {
  /** Takes the key for this request, or tells what became of it. `requestHash` is SHA-256 in hex. Commits at once. */
  readonly begin: (
    scope: IdempotencyScope,
    request: { readonly requestHash: string; readonly atMillis: number; readonly leaseMillis: number }
  ) => Effect.Effect<Beginning, StorageError>
  /** Stores the answer. Joins the surrounding `Transaction`. */
  readonly complete: (scope: IdempotencyScope, answer: StoredAnswer) => Effect.Effect<void, StorageError>
  /** Frees the key after a failure that left nothing behind. */
  readonly abandon: (scope: IdempotencyScope) => Effect.Effect<void, StorageError>
  /** Removes answers completed before that time, and keys left in flight whose lease ended before it; answers how many. */
  readonly prune: (beforeMillis: number) => Effect.Effect<number, StorageError>
}>()("@purser/domain/idempotency/IdempotencyStore") {}
