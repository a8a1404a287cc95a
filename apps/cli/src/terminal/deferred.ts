/** Loads what a command does only when it is asked for, so that every other command starts at once. */
import * as Effect from "effect/Effect"

/** A module that does what one command says. */
export interface Deed<Input, A, E, R> {
  readonly run: (input: Input) => Effect.Effect<A, E, R>
}

/** The handler of a command whose deed is in another module. */
export const deferred =
  <Input, A, E, R>(load: () => Promise<Deed<Input, A, E, R>>) => (input: Input): Effect.Effect<A, E, R> =>
    Effect.flatMap(Effect.promise(load), ({ run }) => run(input))
