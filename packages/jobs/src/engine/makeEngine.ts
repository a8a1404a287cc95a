/** Makes an engine from a way to elect who is in office. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"
import type { Engine } from "./Engine.ts"
import { Fencing } from "./Fencing.ts"
import { supervise, type Supervision } from "./supervise.ts"
import type { TermState } from "./TermState.ts"

/** How terms follow each other, and who may run them. `elect` runs the effect while this process is the one. */
export interface Election extends Pick<Supervision, "backOff" | "retreatMillis"> {
  readonly elect: <R>(name: string, run: Effect.Effect<void, never, R>) => Effect.Effect<void, never, R | Scope.Scope>
}

const byName = (left: TermState, right: TermState): number => left.name < right.name ? -1 : 1

/** The engine; it keeps the states of its singletons in memory. */
export const makeEngine = Effect.fnUntraced(function*({ elect, ...pacing }: Election) {
  const fencing = yield* Fencing
  const states = yield* Ref.make<ReadonlyMap<string, TermState>>(new Map())
  const report = (state: TermState) => Ref.update(states, (known) => new Map(known).set(state.name, state))
  const standBy = (name: string) =>
    Effect.flatMap(
      Clock.currentTimeMillis,
      (sinceMillis) => report({ name, phase: "standby", token: null, failures: 0, detail: null, sinceMillis })
    )
  const engine: Engine["Service"] = {
    start: (singleton) => {
      const run = Effect.onInterrupt(
        supervise(singleton, { ...pacing, fencing, report }),
        () => standBy(singleton.name)
      )
      return Effect.andThen(standBy(singleton.name), elect(singleton.name, run))
    },
    terms: Effect.map(Ref.get(states), (known) => [...known.values()].sort(byName))
  }
  return engine
})
