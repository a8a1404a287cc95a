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

const textOf = (path: string) => tree.find((file) => file.path === path)?.text

describe("PF-10 papers of the packages", () => {
  const published = tree.filter(({ path, text }) =>
    /^(?:packages|apps)\/[^/]+\/package\.json$/.test(path) && !text.includes(`"private": true`)
  )

  it.each(published.map(({ path }) => path))("carries the licence beside %s", (path) => {
    assert.isDefined(textOf("LICENSE"))
    assert.strictEqual(textOf(path.replace("package.json", "LICENSE")), textOf("LICENSE"))
  })
})

describe("PF-14 status of the requirements", () => {
  it("says what tests prove", () => {
    assert.deepStrictEqual(statusIsTrue(tree).map(at), [])
  })
})
