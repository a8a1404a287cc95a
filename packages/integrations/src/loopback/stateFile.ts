/** Reads and writes the file that a sandbox keeps its state in. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { dirname } from "node:path"

/** A file in use. `first` is what it held, a fresh state where there was none. */
export interface StateFile<State> {
  readonly first: State
  /** Whoever reads sees the old state or the new one, whole; only the owner can. Writes nothing when nothing changed. */
  readonly write: (state: State) => Effect.Effect<void, FileFailure>
}

/** Why a file cannot be used: a code of the operating system, or what is wrong with its content. */
export type FileFailure = string

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

/** Opens the file, and makes sure that it can be written. Content of another form is refused and left alone. */
export const openStateFile = <State>(
  path: string,
  form: Schema.Codec<State, unknown>,
  fresh: State
): Effect.Effect<StateFile<State>, FileFailure> =>
  Effect.gen(function*() {
    const codec = Schema.fromJsonString(form)
    let written: string | undefined
    const write = Effect.fnUntraced(function*(state: State) {
      const text = Schema.encodeSync(codec)(state)
      if (text === written) return
      yield* Effect.tryPromise({ try: () => replace(path, text), catch: codeOf })
      written = text
    })
    const held = yield* readText(path)
    const first = held === undefined
      ? fresh
      : yield* Effect.mapError(Schema.decodeUnknownEffect(codec)(held), () => "not the chain of a sandbox")
    yield* write(first)
    return { first, write }
  })
