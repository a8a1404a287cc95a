/** Runs singletons and schedules: in this process alone, or once among all workers on one PostgreSQL. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import type { SqlClient } from "effect/sql/SqlClient"
import { type BackOff, defaultBackOff } from "./backOff.ts"
import type { ClusterUnavailable } from "./ClusterUnavailable.ts"
import type { Fencing } from "./Fencing.ts"
import { makeEngine } from "./makeEngine.ts"
import type { Singleton } from "./Singleton.ts"
import type { TermState } from "./TermState.ts"

/** How to run in one process. */
export interface SingleOptions {
  readonly backOff?: BackOff
}

/** Where this process is reached by the other workers, and how quickly its work moves when it dies. */
export interface ClusterOptions {
  /** The address to listen on and be reached at. What arrives there is trusted: keep it on loopback or a private network. */
  readonly host: string
  readonly port: number
  /**
   * How long after a hard death the work moves, at least 3,000; the same on every worker. 10,000 unless given. A worker that
   * froze in the midst of a guarded transaction holds its successor up until the database ends that transaction: keep
   * `idleInTransactionTimeoutMillis` of the database below this.
   */
  readonly takeOverMillis?: number
  readonly backOff?: BackOff
}

/** Starts singletons and knows how they stand. */
export class Engine extends Context.Service<Engine, {
  /**
   * Puts a singleton in office for as long as the scope lives. A failure is logged, waited for with growing pauses, and
   * followed by a new term. Names must differ.
   */
  readonly start: <E, R>(singleton: Singleton<E, R>) => Effect.Effect<void, never, R | Scope.Scope>
  /** Every singleton that was started here, by name. */
  readonly terms: Effect.Effect<ReadonlyArray<TermState>>
}>()("@purser/jobs/engine/Engine") {
  /** All in this process, for SQLite. A second process on the same file is kept from writing by the fence. */
  static readonly layerSingle = ({ backOff = defaultBackOff }: SingleOptions = {}): Layer.Layer<
    Engine,
    never,
    Fencing
  > =>
    Layer.effect(
      Engine,
      makeEngine({
        backOff,
        retreatMillis: backOff.maximumMillis,
        elect: (_name, run) => Effect.asVoid(Effect.forkScoped(run))
      })
    )

  /**
   * Each singleton on one of the workers that share the PostgreSQL at hand. Takes one connection of its pool for as long
   * as it lives. Loads the cluster modules only when it is built.
   */
  static readonly layerCluster = (
    options: ClusterOptions
  ): Layer.Layer<Engine, ClusterUnavailable, Fencing | SqlClient> =>
    Layer.unwrap(Effect.map(Effect.promise(() => import("./clusterEngine.ts")), ({ layerOf }) => layerOf(options)))
}
