/** Hands the lines of a file on as they arrive, each with its number. */
import * as Effect from "effect/Effect"
import type { CommandFailed } from "../../../terminal/CommandFailed.ts"
import { pieces, unreadable } from "../lines.ts"

/** A line that is not empty, and its number from 1. */
export interface Line {
  readonly number: number
  readonly text: string
}

/** Gives every piece of the file to `each`, in order; `-` is standard input. */
export const eachPiece = <E, R>(
  path: string,
  each: (lines: ReadonlyArray<Line>) => Effect.Effect<void, E, R>
): Effect.Effect<void, CommandFailed | E, R> =>
  Effect.acquireUseRelease(
    Effect.sync(() => pieces(path)),
    Effect.fnUntraced(function*(read) {
      let number = 0
      while (true) {
        const next = yield* Effect.tryPromise({ try: () => read.next(), catch: unreadable(path) })
        if (next.done === true) return
        const lines = next.value.lines.map((text) => ({ number: ++number, text: text.trim() }))
        yield* each(lines.filter(({ text }) => text !== ""))
      }
    }),
    (read) => Effect.promise(() => read.return(undefined))
  )
