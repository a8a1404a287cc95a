/** Reads and writes the file that a sandbox keeps its chain in. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { ChainState, genesis } from "./ChainState.ts"

/** A file in use. `first` is what it held, a fresh chain where there was none. */
export interface StateFile {
  readonly first: ChainState
  /** Whoever reads sees the old state or the new one, whole; only the owner can. Writes nothing when nothing changed. */
  readonly write: (state: ChainState) => Effect.Effect<void, FileFailure>
}

/** Why a file cannot be used: a code of the operating system, or what is wrong with its content. */
export type FileFailure = string

const codec = Schema.fromJsonString(ChainState)
const decode = Schema.decodeUnknownEffect(codec)
const encode = Schema.encodeSync(codec)

const codeOf = (cause: unknown): FileFailure =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "not usable"

const readText = (path: string): Effect.Effect<string | undefined, FileFailure> =>
  Effect.catch(
    Effect.tryPromise({ try: () => readFile(path, "utf8"), catch: codeOf }),
    (code) => code === "ENOENT" ? Effect.undefined : Effect.fail(code)
  )

const replace = async (path: string, text: string): Promise<void> => {
  const fresh = `${path}.new`
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await rm(fresh, { force: true })
  await writeFile(fresh, text, { mode: 0o600, flag: "wx" })
  await rename(fresh, path)
}

/** Opens the file, and makes sure that it can be written. Content that is not a chain is refused and left alone. */
export const openStateFile = (path: string): Effect.Effect<StateFile, FileFailure> =>
  Effect.gen(function*() {
    let written: string | undefined
    const write = Effect.fnUntraced(function*(state: ChainState) {
      const text = encode(state)
      if (text === written) return
      yield* Effect.tryPromise({ try: () => replace(path, text), catch: codeOf })
      written = text
    })
    const held = yield* readText(path)
    const first = held === undefined
      ? genesis
      : yield* Effect.mapError(decode(held), () => "not the chain of a sandbox")
    yield* write(first)
    return { first, write }
  })
