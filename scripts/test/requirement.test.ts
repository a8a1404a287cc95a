import { assert, describe, it } from "@effect/vitest"
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import { missing, type Requirement } from "../testing/requirement.ts"

const folder = mkdtempSync(join(tmpdir(), "purser-requirement-"))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, "present"), "")
chmodSync(join(folder, "present"), 0o755)
writeFileSync(join(folder, "unready"), "")
chmodSync(join(folder, "unready"), 0o644)

const needs = (...programs: ReadonlyArray<string>): Requirement => ({ name: "thing", programs, remedy: "get it" })

describe("PF-1 requirements of tests", () => {
  it.each(
    [
      [["present"], undefined],
      [[], undefined],
      [["absent"], "absent not found: get it"],
      [["unready"], "unready not found: get it"],
      [["present", "absent", "unready"], "absent and unready not found: get it"]
    ] as const
  )("answers for %s", (programs, expected) => {
    assert.strictEqual(missing(needs(...programs), { path: `:${folder}`, required: "other" }), expected)
  })

  it.each(["thing", "other, thing"])("throws when %s is required", (required) => {
    assert.throws(() => missing(needs("absent"), { path: folder, required }), "asks for thing, but absent not found")
    assert.isUndefined(missing(needs("present"), { path: folder, required }))
  })
})
