/** Reads the lines of a file piece by piece, so that its size does not matter. */
import { createReadStream } from "node:fs"
import { type CommandFailed, failed } from "../../terminal/CommandFailed.ts"

/** Lines that were read together, without their ends, and how many bytes they took from the file. */
export interface Piece {
  readonly lines: ReadonlyArray<string>
  readonly bytes: number
}

const longestLine = 1_000_000

class LineTooLong extends Error {}

/** Lines as they arrive: whoever writes slowly is answered line by line. `-` is standard input. Fails as `unreadable` words. */
export async function* pieces(path: string): AsyncGenerator<Piece> {
  const source: AsyncIterable<Uint8Array> = path === "-" ? process.stdin : createReadStream(path)
  const decoder = new TextDecoder("utf-8", { fatal: true })
  let rest = ""
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n")
    rest = lines.pop() ?? ""
    if (rest.length > longestLine) throw new LineTooLong()
    if (lines.length > 0) yield { lines, bytes: chunk.length }
  }
  const last = rest + decoder.decode()
  if (last !== "") yield { lines: [last], bytes: 0 }
}

/** Words why a file could not be read to its end. */
export const unreadable = (path: string) => (cause: unknown): CommandFailed => {
  const where = path === "-" ? "standard input" : path
  if (cause instanceof LineTooLong) return failed(`${where}: a line is longer than 1,000,000 characters`)
  if (cause instanceof TypeError) return failed(`${where} is not text in UTF-8`)
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown"
  return failed(`${where} can not be read (${code})`)
}
