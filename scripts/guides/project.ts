/** Lays the programs of documents out as projects, checks their types, and runs them from the sources of the packages. */
import { execFile } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import type { Program } from "./snippets.ts"

const root = join(import.meta.dirname, "../..")
const execute = promisify(execFile)

/** Strict as a careful team has it. */
const compilerOptions = {
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: false,
  types: ["node"]
}

const vitestConfig = `import { defaultServerConditions } from "vite"
const conditions = ["@purser/source", ...defaultServerConditions]
export default { resolve: { conditions }, ssr: { resolve: { conditions } }, test: { testTimeout: 60_000 } }
`

/** A folder that holds programs, below the project so that they find its packages. */
export interface Project {
  readonly folder: string
  readonly remove: () => Promise<void>
}

/** Writes the programs into a new folder. */
export const makeProject = async (programs: ReadonlyArray<Program>): Promise<Project> => {
  const cache = join(root, ".cache/guides")
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, "run-"))
  const files = [
    { name: "tsconfig.json", text: JSON.stringify({ extends: join(root, "tsconfig.base.json"), compilerOptions }) },
    { name: "package.json", text: JSON.stringify({ type: "module", private: true }) },
    { name: "vitest.config.mjs", text: vitestConfig },
    ...programs
  ]
  for (const { name, text } of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** What a program outside says when it ends with something else than 0. */
const told = (error: unknown): string => {
  const { message, stderr = "", stdout = "" } = error as Error & { readonly stdout?: string; readonly stderr?: string }
  return stdout + stderr || message
}

const run = async (folder: string, words: ReadonlyArray<string>): Promise<string> => {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST")))
  const options = { cwd: folder, env: { ...clean, NO_COLOR: "1" }, maxBuffer: 16 * 1024 * 1024 }
  return (await execute(process.execPath, words, options)).stdout
}

/** What is wrong in the packages is said where those are checked. */
const isOwn = (line: string): boolean => line !== "" && !/^(?:\.\.\/|\s)/.test(line)

/** Checks the types of the programs; answers with what is wrong in them, empty when nothing is. */
export const checkTypes = ({ folder }: Project): Promise<string> =>
  run(folder, [join(root, "node_modules/typescript/bin/tsc"), "-p", "."]).then(
    () => "",
    (error) => told(error).split("\n").filter(isOwn).join("\n")
  )

/** One run of a program: where it finds itself, and the database that it is given. */
export interface Run {
  readonly file: string
  readonly folder: string
  readonly url: string | undefined
}

/** Runs programs in their order; answers with what each printed, which for one that fails ends with the failure. */
export const runPrograms = async ({ folder }: Project, runs: ReadonlyArray<Run>): Promise<ReadonlyArray<string>> => {
  const words = ["--conditions=@purser/source", join(import.meta.dirname, "runPrograms.ts"), JSON.stringify(runs)]
  const text = await run(folder, words).catch((error: unknown) => {
    throw new Error(told(error), { cause: error })
  })
  return JSON.parse(text) as ReadonlyArray<string>
}

/** Runs the tests among the programs; answers with what vitest says when one fails, empty when none does. */
export const runTests = ({ folder }: Project): Promise<string> =>
  run(folder, [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", folder]).then(() => "", told)

/** What installs is left out, and the command is run from its sources. */
const shell = `set -eu
npm() { :; }
npx() {
  test "$1" = purser
  shift
  "$NODE" --conditions=@purser/source "$ROOT/apps/cli/src/main.ts" "$@"
}
`

/** Runs commands of a shell; answers with what they say when one fails, empty when none does. */
export const runCommands = (folder: string, commands: string): Promise<string> => {
  const ours = Object.entries(process.env).filter(([name]) => !/^(?:VITEST|PURSER_)/.test(name))
  const env = { ...Object.fromEntries(ours), NODE: process.execPath, ROOT: root, NO_COLOR: "1" }
  return execute("sh", ["-c", shell + commands], { cwd: folder, env }).then(() => "", told)
}
