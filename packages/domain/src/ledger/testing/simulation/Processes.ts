/** Keeps the processes of a simulation, and starts them anew when they have crashed or are told to. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import type { Place, Process } from "./Place.ts"

interface Running {
  readonly process: Process
  readonly scope: Scope.Closeable
}

/** Processes by number. */
export interface Processes {
  readonly at: (slot: number) => Process
  /** Ends a process and starts another one on what is there. */
  readonly restart: (slot: number) => Effect.Effect<void>
  /** Does so with those that have crashed; answers whether there were any. */
  readonly restartCrashed: Effect.Effect<boolean>
}

/** Starts so many processes; they end with the scope. */
export const makeProcesses = (
  place: Place,
  count: number
): Effect.Effect<Processes, never, Scope.Scope> =>
  Effect.gen(function*() {
    const start = Effect.gen(function*() {
      const scope = yield* Scope.make()
      return { scope, process: yield* Scope.provide(place.start, scope) }
    })
    const running: Array<Running> = yield* Effect.acquireRelease(
      Effect.forEach(Array.from({ length: count }), () => start),
      (all) => Effect.forEach(all, ({ scope }) => Scope.close(scope, Exit.void), { discard: true })
    )
    const restart = (slot: number): Effect.Effect<void> =>
      Effect.gen(function*() {
        yield* Scope.close(running[slot]!.scope, Exit.void)
        running[slot] = yield* start
      })
    return {
      at: (slot) => running[slot]!.process,
      restart,
      restartCrashed: Effect.suspend(() => {
        const crashed = [...running.keys()].filter((slot) => running[slot]!.process.hasCrashed())
        return Effect.as(Effect.forEach(crashed, restart, { discard: true }), crashed.length > 0)
      })
    }
  })
