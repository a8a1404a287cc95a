/** Keeps a generated key in a file of the data directory that only its owner can read. */
import { makeFolder } from "@purser/storage"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { randomBytes } from "node:crypto"
import { chmodSync, linkSync, readFileSync, statSync, unlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

/** A key file that cannot be used: who should look at what. */
export class KeyFileUnusable extends Data.TaggedError("KeyFileUnusable")<{
  readonly path: string
  readonly problem: string
}> {
  override get message(): string {
    return `${this.path}: ${this.problem}`
  }
}

const codeOf = (cause: unknown): string => cause instanceof Error && "code" in cause ? String(cause.code) : "UNKNOWN"

const readKey = (path: string): string => {
  const { mode } = statSync(path)
  if ((mode & 0o077) !== 0) throw new KeyFileUnusable({ path, problem: "others can read it; set its mode to 0600" })
  const text = readFileSync(path, "utf8").trim()
  if (!/^[0-9a-f]{64}$/u.test(text)) throw new KeyFileUnusable({ path, problem: "expected 64 hexadecimal digits" })
  return text
}

/** Writes beside and links into place, so that a reader never sees half a key and of two makers one wins. */
const makeKey = (path: string): void => {
  makeFolder(dirname(path))
  const beside = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`
  writeFileSync(beside, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx", flush: true })
  chmodSync(beside, 0o600)
  try {
    linkSync(beside, path)
  } catch (cause) {
    if (codeOf(cause) !== "EEXIST") throw cause
  } finally {
    unlinkSync(beside)
  }
}

const readOrMake = (path: string): string => {
  try {
    return readKey(path)
  } catch (cause) {
    if (codeOf(cause) !== "ENOENT") throw cause
    makeKey(path)
    return readKey(path)
  }
}

/** Reads the 32-byte key `name` of the data directory as 64 hex digits; makes it when there is none. */
export const keyFile = (dataDir: string, name: string): Effect.Effect<Redacted.Redacted<string>, KeyFileUnusable> => {
  const path = join(dataDir, name)
  return Effect.try({
    try: () => Redacted.make(readOrMake(path)),
    catch: (cause) =>
      cause instanceof KeyFileUnusable
        ? cause
        : new KeyFileUnusable({ path, problem: `cannot be read or made (${codeOf(cause)})` })
  })
}
