/** Hands out turns to ask, as slowly as the provider wants. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import { departed, type Departures, earliestMillis, type Window } from "./AskingLimits.ts"
import { StatsLimited } from "./StatsError.ts"

/** Turns, first come first served. */
export interface Turns {
  /** Waits for a turn; fails at once while the asking is stopped. */
  readonly take: Effect.Effect<void, StatsLimited>
  /** Stops the asking until then, those included who wait. */
  readonly stopUntil: (untilMillis: number) => Effect.Effect<void>
}

/** Turns within those windows. */
export const makeTurns = (windows: ReadonlyArray<Window>): Effect.Effect<Turns> =>
  Effect.gen(function*() {
    const gate = yield* Semaphore.make(1)
    let departures: Departures = []
    let stoppedUntil = 0
    const step: Effect.Effect<void, StatsLimited> = Effect.gen(function*() {
      const now = yield* Clock.currentTimeMillis
      if (now < stoppedUntil) return yield* new StatsLimited({ untilMillis: stoppedUntil })
      const at = earliestMillis(windows, departures, now)
      if (at > now) return yield* Effect.andThen(Effect.sleep(at - now), step)
      departures = departed(windows, departures, now)
    })
    return {
      take: gate.withPermit(step),
      stopUntil: (untilMillis) =>
        Effect.sync(() => {
          stoppedUntil = Math.max(stoppedUntil, untilMillis)
        })
    }
  })
