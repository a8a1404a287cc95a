/** Goes round after round through a term, and says how the term ended. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { type BackOff, defaultBackOff, sleepAfter } from "./backOff.ts"
import { describeFailure } from "./describeFailure.ts"
import { Stale } from "./Fencing.ts"

/** What a singleton says when it can not do its work, or leaves. */
export type Parting =
  | { readonly _tag: "Standby" }
  | { readonly _tag: "Down"; readonly failures: number; readonly detail: string }

/** A singleton that does the same again and again. */
export interface Rounds<A, E, R> {
  readonly name: string
  /** Safe to repeat at any point. */
  readonly round: Effect.Effect<A, E, R>
  /** Waits for the next round. */
  readonly pause: (round: A) => Effect.Effect<void>
  readonly report: (parting: Parting) => Effect.Effect<void>
  /** How rounds are spaced while they fail; 250 ms doubling to 30 s unless given. */
  readonly backOff?: BackOff | undefined
}

type Told = { readonly _tag: string; readonly message: string }

/** A failure is reported and waited for, and the next success counts from one again; a stale term ends. */
export const roundAfterRound = <A, E extends Told, R>(
  { backOff = defaultBackOff, name, pause, report, round }: Rounds<A, E, R>
): Effect.Effect<never, Extract<E, Stale>, R> =>
  Effect.gen(function*() {
    let failures = 0
    while (true) {
      const result = yield* Effect.result(round)
      if (result._tag === "Success") {
        failures = 0
        yield* pause(result.success)
      } else {
        const error = result.failure
        if (error instanceof Stale) return yield* Effect.fail(error as Extract<E, Stale>)
        failures += 1
        const detail = `${error._tag}: ${error.message}`
        yield* failures === 1 ? Effect.logWarning(`${name}: ${detail}`) : Effect.logDebug(`${name}: ${detail}`)
        yield* report({ _tag: "Down", failures, detail })
        yield* sleepAfter(failures, backOff)
      }
    }
  })

/** A term that is over leaves the office to others; one that broke is down until the next begins. */
export const partingOf = (exit: Exit.Exit<unknown, unknown>): Parting => {
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) return { _tag: "Standby" }
  const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause))
  return error instanceof Stale
    ? { _tag: "Standby" }
    : { _tag: "Down", failures: 1, detail: describeFailure(exit.cause) }
}
