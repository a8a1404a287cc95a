/** Writes generated files, or says that a committed one is out of date. */
import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

const root = join(import.meta.dirname, "..")

const laidOut = /\.(?:ts|json|md)$/

/** Lays the text out as `npm run format` would, so that generating and formatting agree. */
const formatted = (path: string, text: string): string =>
  !laidOut.test(path) ? text : execFileSync(join(root, "node_modules/.bin/dprint"), ["fmt", "--stdin", path], {
    cwd: root,
    input: text,
    encoding: "utf8"
  })

const current = (file: string): string | undefined => {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw error
  }
}

/**
 * Puts `text` at `path`, counted from the root. With `--check` on the command line it writes nothing, and a difference
 * makes the process end with 1.
 */
export const settle = (path: string, text: string): void => {
  const file = join(root, path)
  const wanted = formatted(path, text)
  if (current(file) === wanted) return
  if (process.argv.includes("--check")) {
    process.stderr.write(`${path} is out of date: npm run generate\n`)
    process.exitCode = 1
    return
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, wanted)
  process.stdout.write(`wrote ${path}\n`)
}
