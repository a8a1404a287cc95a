/** Runs every generator of `scripts/generate` in the order of their names; `--check` writes nothing and compares. */
import { spawnSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { join } from "node:path"

const folder = join(import.meta.dirname, "generate")
const generators = readdirSync(folder).filter((name) => /^\d\d-.*\.ts$/.test(name)).toSorted()

const failed = generators.filter((name) => {
  const command = ["--conditions=@purser/source", join(folder, name), ...process.argv.slice(2)]
  return spawnSync(process.execPath, command, { stdio: "inherit" }).status !== 0
})

if (failed.length > 0) {
  process.stderr.write(`failed: ${failed.join(", ")}\n`)
  process.exitCode = 1
}
