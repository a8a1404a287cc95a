/** Declares how a singleton proves that it is the newest holder of its office. */
import type { StorageError } from "@purser/domain/transaction"
import { type FenceRequirements, Stale, takeTerm, type Term } from "@purser/storage"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

export { Stale, type Term }

/** Gives out terms. Taking one ends every earlier term of that name, in whatever process. */
export class Fencing extends Context.Service<Fencing, {
  readonly take: (name: string) => Effect.Effect<Term, StorageError>
}>()("@purser/jobs/engine/Fencing") {
  /** Terms that the database at hand keeps. */
  static readonly layer: Layer.Layer<Fencing, never, FenceRequirements> = Layer.effect(
    Fencing,
    Effect.map(
      Effect.context<FenceRequirements>(),
      (context) => ({ take: (name) => Effect.provideContext(takeTerm(name), context) })
    )
  )
}
