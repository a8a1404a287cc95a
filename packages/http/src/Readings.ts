/** Declares what a host reads anew when somebody asks for the figures of the process. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"

/** Brings gauges up to date whose truth is elsewhere, such as in the database. Must end soon, and never fail. */
export const Readings: Context.Reference<Effect.Effect<void>> = Context.Reference("@purser/http/Readings", {
  defaultValue: () => Effect.void
})
