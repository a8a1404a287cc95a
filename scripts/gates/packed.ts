/** Packs every public package, installs the tarballs in copies of the examples outside the workspace, and runs those. */
import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
}

const root = join(import.meta.dirname, "../..")

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest

const publicPackages = (): ReadonlyArray<string> =>
  ["packages", "apps"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => manifestOf(join(root, folder, name)))
  ).filter((manifest) => manifest.private !== true).map(({ name }) => name)

/** npm must not take the surrounding script's settings for its own. */
const environment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_(?!config_)|DATABASE_URL$)/.test(name)))

/** Runs a command in a folder, its output shown. */
const run = (folder: string, program: string, ...words: ReadonlyArray<string>): void => {
  execFileSync(program, words, { cwd: folder, stdio: "inherit", env: environment() })
}

/** The tarballs by the names of their packages. */
const pack = (target: string): ReadonlyMap<string, string> => {
  const workspaces = publicPackages().map((name) => `--workspace=${name}`)
  run(root, "npm", "pack", "--silent", "--ignore-scripts", `--pack-destination=${target}`, ...workspaces)
  const tarball = (name: string): string => {
    const start = `${name.replace("@", "").replace("/", "-")}-`
    const file = readdirSync(target).find((file) => file.startsWith(start) && /^\d/.test(file.slice(start.length)))
    if (file === undefined) throw new Error(`${name} was not packed`)
    return join(target, file)
  }
  return new Map(publicPackages().map((name) => [name, tarball(name)]))
}

const install = (folder: string, tarballs: ReadonlyArray<string>): void =>
  run(folder, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", ...tarballs)

/** Only what the example asks for is installed: it must need no more. Its program runs twice, the second time on what it left. */
const tryExample = (folder: string, tarballs: ReadonlyMap<string, string>): void => {
  const { dependencies = {} } = manifestOf(folder)
  install(folder, Object.keys(dependencies).flatMap((name) => tarballs.get(name) ?? []))
  run(folder, process.execPath, "node_modules/typescript/bin/tsc", "-p", ".")
  if (existsSync(join(folder, "test"))) run(folder, process.execPath, "node_modules/vitest/vitest.mjs", "run")
  run(folder, process.execPath, "src/main.ts")
  run(folder, process.execPath, "src/main.ts")
}

const tryCommand = (folder: string, tarballs: ReadonlyMap<string, string>): void => {
  mkdirSync(folder)
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "example", private: true }))
  install(folder, [tarballs.get("purser")!])
  run(folder, process.execPath, "node_modules/purser/bin/purser.js", "--version")
}

const examples = readdirSync(join(root, "examples"), { withFileTypes: true }).filter((entry) => entry.isDirectory())
const produced = new Set(["node_modules", "dist", ".cache"])

const folder = mkdtempSync(join(tmpdir(), "purser-packed-"))
try {
  const tarballs = pack(folder)
  for (const { name } of examples) {
    const example = join(folder, name)
    cpSync(join(root, "examples", name), example, { recursive: true, filter: (path) => !produced.has(basename(path)) })
    tryExample(example, tarballs)
  }
  tryCommand(join(folder, "command"), tarballs)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
