/** Keeps everybody from asking while a provider wants no questions. */
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"

/** No question is wanted for that long. `isTold` says whether the provider named the time. */
export class Limited extends Data.TaggedError("Limited")<{
  readonly retryAfterMillis: number
  readonly isTold: boolean
}> {}

/** One gate for all who ask. */
export interface Gate {
  /** Waits until it is open; fails at once where that is longer than allowed. */
  readonly pass: Effect.Effect<void, Limited>
  /** Closes it for that long from now, those included who wait. Never opens it sooner. */
  readonly close: (millis: number) => Effect.Effect<void>
}

/** An open gate. `waitMostMillis` is the longest anybody waits before it. */
export const makeGate = (waitMostMillis: number): Gate => {
  let closedUntil = 0
  const pass: Effect.Effect<void, Limited> = Effect.gen(function*() {
    const left = closedUntil - (yield* Clock.currentTimeMillis)
    if (left <= 0) return
    if (left > waitMostMillis) return yield* new Limited({ retryAfterMillis: left, isTold: true })
    yield* Effect.andThen(Effect.sleep(left), pass)
  })
  return {
    pass,
    close: (millis) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        closedUntil = Math.max(closedUntil, now + millis)
      })
  }
}
