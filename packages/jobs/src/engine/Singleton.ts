/** Declares what runs at most once at a time, however many processes there are. */
import * as Effect from "effect/Effect"
import type { Term } from "./Fencing.ts"

/** What may run only once. `name` is stable: it is the name of the fence too. A `run` that fails is started anew. */
export interface Singleton<E, R> {
  readonly name: string
  readonly run: (term: Term) => Effect.Effect<void, E, R>
}

/** What runs at the start of a term, and again `everyMillis` after it ended. A tick that fails starts a new term. */
export interface Schedule<E, R> {
  readonly name: string
  readonly everyMillis: number
  readonly run: (term: Term) => Effect.Effect<void, E, R>
}

/**
 * Makes a singleton of a schedule. Ticks that nobody was there for are not made up for, and none leaves a row behind:
 * what is scheduled looks at the tables for what is due.
 */
export const scheduled = <E, R>({ everyMillis, name, run }: Schedule<E, R>): Singleton<E, R> => ({
  name,
  run: (term) => Effect.forever(Effect.andThen(run(term), Effect.sleep(everyMillis)))
})
