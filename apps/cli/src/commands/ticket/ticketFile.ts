/** Keeps tickets in files that only their owner can read. */
import { TicketFile } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readFileSync, writeFileSync } from "node:fs"
import { type CommandFailed, failed } from "../../terminal/CommandFailed.ts"

const codeOf = (cause: unknown): string => cause instanceof Error && "code" in cause ? String(cause.code) : "unknown"

/** Writes a new file with mode 0600; never over one that exists: it may hold a secret that was paid. */
export const writeTicketFile = (path: string, file: TicketFile): Effect.Effect<void, CommandFailed> =>
  Effect.try({
    try: () => writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: "wx", flush: true }),
    catch: (cause) =>
      codeOf(cause) === "EEXIST"
        ? failed(`${path} exists: a ticket is never written over another one`)
        : failed(`${path} can not be written (${codeOf(cause)})`)
  })

/** Standard input is file descriptor 0. */
const read = (path: string): string => readFileSync(path === "-" ? 0 : path, "utf8")

const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(TicketFile))

/** Reads a ticket; `-` is standard input. */
export const readTicketFile = (path: string): Effect.Effect<TicketFile, CommandFailed> =>
  Effect.try({ try: () => read(path), catch: (cause) => failed(`${path} can not be read (${codeOf(cause)})`) }).pipe(
    Effect.flatMap((text) => Effect.mapError(decode(text), () => failed(`${path} is not a ticket file`)))
  )
