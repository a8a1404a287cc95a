/** Reads a file of lines piece by piece, so that its size does not matter. */
import * as Effect from "effect/Effect"
import { createReadStream } from "node:fs"
import { type CommandFailed, failed } from "../../../terminal/CommandFailed.ts"

/** A line that is not empty, and its number from 1. */
export interface Line {
  readonly number: number
  readonly text: string
}

const longestLine = 1_000_000

class LineTooLong extends Error {}

/** Lines as they arrive: whoever writes slowly is answered line by line. */
async function* lines(path: string): AsyncGenerator<ReadonlyArray<Line>> {
  const source: AsyncIterable<Uint8Array> = path === "-" ? process.stdin : createReadStream(path)
  const decoder = new TextDecoder("utf-8", { fatal: true })
  let rest = ""
  let number = 0
  const numbered = (texts: ReadonlyArray<string>): ReadonlyArray<Line> =>
    texts.map((text) => ({ number: ++number, text: text.trim() })).filter(({ text }) => text !== "")
  for await (const chunk of source) {
    const texts = (rest + decoder.decode(chunk, { stream: true })).split("\n")
    rest = texts.pop() ?? ""
    if (rest.length > longestLine) throw new LineTooLong()
    const found = numbered(texts)
    if (found.length > 0) yield found
  }
  const last = numbered([rest + decoder.decode()])
  if (last.length > 0) yield last
}

const worded = (path: string, cause: unknown): CommandFailed => {
  const where = path === "-" ? "standard input" : path
  if (cause instanceof LineTooLong) return failed(`${where}: a line is longer than 1,000,000 characters`)
  if (cause instanceof TypeError) return failed(`${where} is not text in UTF-8; what came before was answered`)
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown"
  return failed(`${where} can not be read (${code})`)
}

/** Gives every piece of the file to `each`, in order; `-` is standard input. */
export const eachPiece = <E, R>(
  path: string,
  each: (lines: ReadonlyArray<Line>) => Effect.Effect<void, E, R>
): Effect.Effect<void, CommandFailed | E, R> =>
  Effect.acquireUseRelease(
    Effect.sync(() => lines(path)),
    Effect.fnUntraced(function*(pieces) {
      while (true) {
        const next = yield* Effect.tryPromise({ try: () => pieces.next(), catch: (cause) => worded(path, cause) })
        if (next.done === true) return
        yield* each(next.value)
      }
    }),
    (pieces) => Effect.promise(() => pieces.return(undefined))
  )
