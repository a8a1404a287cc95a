/** Puts faults in front of the real use cases and the real store of answers. */
import { IdempotencyStore, type StoredAnswer } from "@purser/domain/idempotency"
import { Tickets } from "@purser/domain/tickets"
import { StorageError, type StorageFailure } from "@purser/domain/transaction"
import type { HttpOptions } from "@purser/http"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { doors, healthOf, house } from "./world.ts"

/** What happens before a use case, and before its answer is stored; and what was stored. */
export interface Meddling {
  before: Effect.Effect<void, StorageError>
  beforeComplete: Effect.Effect<void, StorageError>
  readonly stored: Array<StoredAnswer>
}

/** Nothing happens. */
export const noMeddling = (): Meddling => ({ before: Effect.void, beforeComplete: Effect.void, stored: [] })

/** Storage fails like this. */
export const failing = (failure: StorageFailure): Effect.Effect<void, StorageError> =>
  Effect.fail(new StorageError({ failure, operation: "test", cause: "a detail of the driver" }))

const faults = (meddling: Meddling) =>
  Layer.effectContext(Effect.gen(function*() {
    const tickets = yield* Tickets
    const answers = yield* IdempotencyStore
    const before = Effect.suspend(() => meddling.before)
    return Context.make(Tickets, {
      tokenStatus: (token) => Effect.andThen(before, tickets.tokenStatus(token)),
      redeem: (request) => Effect.andThen(before, tickets.redeem(request)),
      revoke: (request) => Effect.andThen(before, tickets.revoke(request))
    }).pipe(Context.add(IdempotencyStore, {
      ...answers,
      complete: (scope, answer) =>
        Effect.suspend(() => {
          meddling.stored.push(answer)
          return Effect.andThen(meddling.beforeComplete, answers.complete(scope, answer))
        })
    }))
  }))

/** An installation with faults. */
export const meddled = (meddling: Meddling, options: Partial<HttpOptions> = {}) =>
  doors(options).pipe(
    Layer.provide(faults(meddling)),
    Layer.provideMerge(house()),
    Layer.provideMerge(healthOf())
  )
