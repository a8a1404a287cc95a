/** Reads and writes the files of heads, keys and proofs. */
import * as Effect from "effect/Effect"
import { readFileSync, writeFileSync } from "node:fs"
import { type CommandFailed, failed } from "../../../terminal/CommandFailed.ts"

const codeOf = (cause: unknown): string => cause instanceof Error && "code" in cause ? String(cause.code) : "not UTF-8"

const decode = (bytes: Uint8Array): string => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)

/** Standard input is file descriptor 0. */
const source = (path: string): string | number => path === "-" ? 0 : path

/** The text of a file; `-` is standard input. */
export const readText = (path: string): Effect.Effect<string, CommandFailed> =>
  Effect.try({
    try: () => decode(readFileSync(source(path))),
    catch: (cause) => failed(`${path} can not be read (${codeOf(cause)})`)
  })

/** Writes a new file with mode 0600: a proof shows a transfer. Never over one that exists. */
export const writeText = (path: string, text: string): Effect.Effect<void, CommandFailed> =>
  Effect.try({
    try: () => writeFileSync(path, text, { mode: 0o600, flag: "wx", flush: true }),
    catch: (cause) =>
      codeOf(cause) === "EEXIST"
        ? failed(`${path} exists: give another name`)
        : failed(`${path} can not be written (${codeOf(cause)})`)
  })
