import { assert, describe, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll } from "vitest"

const root = join(import.meta.dirname, "../..")
const folder = mkdtempSync(join(tmpdir(), "purser-lint-"))
afterAll(() => rmSync(folder, { recursive: true }))
copyFileSync(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"))

/** A path, a text that lint refuses there, and the rule that does. */
const refused: ReadonlyArray<readonly [path: string, text: string, rule: string]> = [
  ["packages/domain/src/a/A.ts", `import { b } from "pg"`, "no-restricted-imports"],
  ["packages/domain/src/a/B.ts", `import { b } from "node:fs"`, "no-restricted-imports"],
  ["packages/domain/src/a/C.ts", `import { b } from "../b/B.ts"`, "no-restricted-imports"],
  ["packages/domain/src/a/D.ts", `const b = globalThis`, "no-restricted-globals"],
  ["packages/domain/src/a/E.ts", `const b = Date`, "no-restricted-globals"],
  ["packages/contract/src/A.ts", `import { b } from "node:http"`, "no-restricted-imports"],
  ["packages/contract/src/B.ts", `import { b } from "@purser/storage"`, "no-restricted-imports"],
  ["packages/storage/src/A.ts", `import { b } from "@purser/jobs/engine"`, "no-restricted-imports"],
  ["packages/integrations/src/A.ts", `import { b } from "@purser/contract"`, "no-restricted-imports"],
  ["packages/integrations/src/B.ts", `import { b } from "../../domain/src/b.ts"`, "no-restricted-imports"],
  ["packages/http/src/A.ts", `import { b } from "@purser/runtime"`, "no-restricted-imports"],
  ["packages/http/src/B.ts", `const b = Date.now()`, "no-restricted-properties"],
  ["packages/jobs/src/A.ts", `import { b } from "@purser/http"`, "no-restricted-imports"],
  ["packages/jobs/src/B.ts", `const b = process.env.HOME`, "no-restricted-properties"],
  ["packages/runtime/src/A.ts", `import { b } from "purser"`, "no-restricted-imports"],
  ["packages/runtime/src/B.ts", `const b = ${["Math", "random"].join(".")}()`, "no-restricted-properties"],
  ["apps/api/src/A.ts", `import { b } from "@purser/worker"`, "no-restricted-imports"],
  ["apps/cli/src/A.ts", `console.log(1)`, "no-console"]
]

const taken: ReadonlyArray<readonly [path: string, text: string]> = [
  ["packages/domain/src/a/Y.ts", `import { b } from "../b/index.ts"`],
  ["packages/http/src/Y.ts", `import { b } from "@purser/domain/tickets"`],
  ["packages/jobs/src/Y.ts", `import { b } from "@purser/storage"`],
  ["packages/runtime/src/Y.ts", `import { b } from "@purser/http"`],
  ["apps/api/src/Y.ts", `import { b } from "@purser/runtime"`]
]

const withUse = (text: string): string => text.startsWith("import") ? `${text}\nexport const c = b` : text

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), `${withUse(text)}\n`)
}

const restrictions = (): ReadonlyMap<string, ReadonlyArray<string>> => {
  const { stdout } = spawnSync(join(root, "node_modules/.bin/oxlint"), ["--format", "json", "."], {
    cwd: folder,
    encoding: "utf8"
  })
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: ReadonlyArray<{ readonly code: string; readonly filename: string }>
  }
  const relevant = diagnostics.filter(({ code }) => /no-restricted|no-console/.test(code))
  return new Map(
    [...Map.groupBy(relevant, ({ filename }) => filename)].map(([path, found]) => [path, found.map(({ code }) => code)])
  )
}

describe("PF-13 lint guards the arrows and edges", () => {
  for (const [path, text] of [...refused, ...taken]) write(path, text)
  const found = restrictions()

  it.each(refused)("refuses in %s: %s", (path, _, rule) => {
    assert.deepStrictEqual(found.get(path), [`eslint(${rule})`])
  })

  it.each(taken)("takes in %s: %s", (path) => {
    assert.isUndefined(found.get(path))
  })
})
