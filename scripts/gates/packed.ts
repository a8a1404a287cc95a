/** Packs every public package, installs the tarballs in a project outside the workspace, checks its types and runs it. */
import { execFileSync } from "node:child_process"
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

interface Manifest {
  readonly name: string
  readonly private?: boolean
}

const root = join(import.meta.dirname, "../..")

const publicPackages = (): ReadonlyArray<string> =>
  ["packages", "apps"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) =>
      JSON.parse(readFileSync(join(root, folder, name, "package.json"), "utf8")) as Manifest
    )
  ).filter((manifest) => manifest.private !== true).map(({ name }) => name)

/** Runs a command in a folder, its output shown. npm must not take the surrounding script's settings for its own. */
const run = (folder: string, program: string, ...words: ReadonlyArray<string>): void => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)/.test(name)))
  execFileSync(program, words, { cwd: folder, stdio: "inherit", env })
}

const pack = (target: string): ReadonlyArray<string> => {
  const workspaces = publicPackages().map((name) => `--workspace=${name}`)
  run(root, "npm", "pack", "--silent", "--ignore-scripts", `--pack-destination=${target}`, ...workspaces)
  return readdirSync(target).filter((name) => name.endsWith(".tgz")).map((name) => join(target, name))
}

const folder = mkdtempSync(join(tmpdir(), "purser-packed-"))
try {
  const example = join(folder, "example")
  cpSync(join(root, "scripts/packed"), example, { recursive: true })
  const tarballs = pack(folder)
  run(example, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", ...tarballs)
  run(example, process.execPath, join(root, "node_modules/typescript/bin/tsc"), "-p", ".")
  run(example, process.execPath, "dist/main.js")
  run(example, process.execPath, "node_modules/purser/bin/purser.js", "--version")
} finally {
  rmSync(folder, { recursive: true, force: true })
}
