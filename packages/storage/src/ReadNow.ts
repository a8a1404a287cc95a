/** Lets a lone read go straight to a connection that is free, past the queue and the spans of the client. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"

/** Reads before it returns; undefined where the connection is busy or others may be using it. */
export type ReadNow = (
  text: string,
  parameters: ReadonlyArray<unknown>
) => Effect.Effect<ReadonlyArray<never>, SqlError> | undefined

/** How the database at hand reads at once; a pool never does. */
export const Reading: Context.Reference<ReadNow> = Context.Reference<ReadNow>("@purser/storage/ReadNow", {
  defaultValue: () => () => undefined
})
