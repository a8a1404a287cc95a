/** Declares how a singleton proves that it is the newest holder of its office. */
import type { StorageError } from "@purser/domain/transaction"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"

/** Another process holds a newer term. Ends the term; nothing was written. Never retried within it. */
export class Stale extends Data.TaggedError("Stale")<{ readonly singleton: string; readonly held: bigint }> {
  override get message(): string {
    return `${this.singleton}: term ${this.held} is over`
  }
}

/**
 * One term of office. `token` grows with every term; `guard` runs an effect in a transaction that commits only while
 * this term is the newest, and fails with `Stale` when it is not. The effect can run again on contention.
 */
export interface Term {
  readonly token: bigint
  readonly guard: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E | Stale | StorageError, R>
}

/** Gives out terms. Taking one ends every earlier term of that name, in whatever process. */
export class Fencing extends Context.Service<Fencing, {
  readonly take: (name: string) => Effect.Effect<Term, StorageError>
}>()("@purser/jobs/engine/Fencing") {}
