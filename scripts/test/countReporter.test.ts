import { assert, describe, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"

const root = join(import.meta.dirname, "../..")
const folder = mkdtempSync(join(tmpdir(), "purser-reporter-"))
// A node_modules of its own, so that caches go with the folder.
mkdirSync(join(folder, "node_modules"))
symlinkSync(join(root, "node_modules/vitest"), join(folder, "node_modules/vitest"))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (sample: string) => {
  writeFileSync(join(folder, "sample.test.ts"), `import { describe, it } from "vitest"\n${sample}`)
  const reporter = join(root, "scripts/countReporter.ts")
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", folder, "--reporter", reporter, "--dir", folder],
    { encoding: "utf8", env: { ...process.env, VITEST: undefined, TEST: undefined } }
  )
  return { status, lines: stdout.trimEnd().split("\n") }
}

describe("PF-1 closing line of a run", () => {
  it("counts what passed", () => {
    const { status, lines } = run(`it("a", () => {}); it("b", () => {})`)
    assert.strictEqual(status, 0)
    assert.deepStrictEqual(lines, ["2 passed, 0 failed, 0 skipped"])
  })

  it("counts failures and broken files", () => {
    const { status, lines } = run(`it("a", () => { throw new Error("no") })`)
    assert.strictEqual(status, 1)
    assert.strictEqual(lines.at(-1), "0 passed, 1 failed, 0 skipped")
    const broken = run(`throw new Error("no")`)
    assert.strictEqual(broken.status, 1)
    assert.strictEqual(broken.lines.at(-1), "0 passed, 1 failed, 0 skipped")
  })

  it("says why tests were skipped", () => {
    const skipping = `it("a", (c) => c.skip("not here: get it")); it("b", (c) => c.skip("not here: get it"))`
    const { status, lines } = run(`${skipping}; describe.skipIf(true)("needs a thing", () => { it("c", () => {}) })`)
    assert.strictEqual(status, 0)
    assert.sameMembers(lines.slice(0, -1), ["skipped 2: not here: get it", "skipped 1: needs a thing"])
    assert.strictEqual(lines.at(-1), "0 passed, 0 failed, 3 skipped")
  })
})
