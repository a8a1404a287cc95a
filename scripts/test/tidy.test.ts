import { assert, describe, it } from "@effect/vitest"
import { join } from "node:path"
import { arrows } from "../tidy/boundaries.ts"
import { fileRules, treeRules } from "../tidy/index.ts"
import { type Finding, readTree, type Rule } from "../tidy/SourceFile.ts"
import { statusIsTrue } from "../tidy/status.ts"

// The samples are there to be refused.
const tree = readTree(join(import.meta.dirname, "../..")).filter((file) => file.path !== "scripts/test/tidySamples.ts")
const at = ({ path, line, wanted }: Finding) => `${path}:${line}: wanted ${wanted}`

describe("PF-13 house rules", () => {
  it.each(Object.entries<Rule>(fileRules))("hold: %s", (_, rule) => {
    assert.deepStrictEqual(tree.flatMap(rule).map(at), [])
  })

  it.each(Object.entries(treeRules))("hold: %s", (_, rule) => {
    assert.deepStrictEqual(rule(tree).map(at), [])
  })

  it("read the whole tree", () => {
    const paths = tree.map((file) => file.path)
    assert.includeMembers(paths, ["package.json", "scripts/test/tidy.test.ts", "packages/domain/src/money/Asset.ts"])
    assert.isFalse(paths.some((path) => /node_modules|\/dist\//.test(path)))
  })

  it("know every package", () => {
    const folders = tree.flatMap((file) => /^(?:packages|apps)\/([^/]+)\/package\.json$/.exec(file.path)?.[1] ?? [])
    assert.sameMembers(Object.keys(arrows), folders)
  })
})

describe("PF-14 status of the requirements", () => {
  it("says what tests prove", () => {
    assert.deepStrictEqual(statusIsTrue(tree).map(at), [])
  })
})
