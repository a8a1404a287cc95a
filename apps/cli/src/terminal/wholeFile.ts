/** Writes a file that others see whole or not at all. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { randomBytes } from "node:crypto"
import { type FileHandle, open, rename, rm } from "node:fs/promises"
import { dirname, resolve } from "node:path"
import { type CommandFailed, failed } from "./CommandFailed.ts"

const worded = (path: string) => (cause: unknown): CommandFailed =>
  failed(`${path} can not be written (${cause instanceof Error && "code" in cause ? String(cause.code) : "unknown"})`)

const ownerOnly = 0o600

/** Forces the new name to disk as well. Where a folder can not be opened, as on Windows, its system sees to that. */
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(dirname(path), "r").catch(() => undefined)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}

const putInPlace = async (file: FileHandle, names: readonly [string, string], isWhole: boolean): Promise<void> => {
  const [temporary, path] = names
  try {
    if (isWhole) await file.sync()
  } finally {
    await file.close()
  }
  if (!isWhole) return
  await rename(temporary, path)
  await syncFolder(path)
}

/** Nothing is left behind but the whole file. */
const settle = (file: FileHandle, names: readonly [string, string], isWhole: boolean): Promise<void> =>
  putInPlace(file, names, isWhole).finally(() => rm(names[0], { force: true }))

/**
 * Gives `use` a way to append text. The file stands under its name, for its owner alone and forced to disk, once `use` has
 * succeeded; when it fails or is interrupted, what was there before stays and nothing is left behind.
 */
export const writeWhole = <A, E, R>(
  given: string,
  use: (append: (text: string) => Effect.Effect<void, CommandFailed>) => Effect.Effect<A, E, R>
): Effect.Effect<A, CommandFailed | E, R> => {
  const path = resolve(given)
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`
  const attempt = <B>(work: () => Promise<B>) => Effect.tryPromise({ try: work, catch: worded(given) })
  return Effect.acquireUseRelease(
    attempt(() => open(temporary, "wx", ownerOnly)),
    (file) => use((text) => attempt(() => file.appendFile(text))),
    (file, exit) => attempt(() => settle(file, [temporary, path], Exit.isSuccess(exit)))
  )
}
