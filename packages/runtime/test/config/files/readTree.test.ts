import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { readTree } from "../../../src/config/files/readTree.ts"
import type { Scalar } from "../../../src/config/files/Tree.ts"

const treeOf = (text: string) => Result.getOrThrow(readTree(text))
const refusalOf = (text: string) =>
  Result.match(readTree(text), {
    onFailure: ({ line, problem }) => `${line}: ${problem}`,
    onSuccess: () => null
  })

const scalar = (line: number, text: string, isPlain = true): Scalar => ({ kind: "scalar", line, text, isPlain })

describe("RW-18 files of settings", () => {
  it("hold texts, exactly as they stand there", () => {
    assert.deepStrictEqual(treeOf("a: 123456789012345678901\nb:\n  c: 2.10\n  d: 'off'\n  e:\n"), {
      kind: "mapping",
      line: 1,
      entries: [
        { line: 1, key: "a", value: scalar(1, "123456789012345678901") },
        {
          line: 2,
          key: "b",
          value: {
            kind: "mapping",
            line: 3,
            entries: [
              { line: 3, key: "c", value: scalar(3, "2.10") },
              { line: 4, key: "d", value: scalar(4, "off", false) },
              { line: 5, key: "e", value: scalar(5, "") }
            ]
          }
        }
      ]
    })
  })

  it.each(["", "# nothing but words\n", "---\n"])("are nothing without a key (%j)", (text) => {
    const tree = treeOf(text)
    assert.isTrue(tree === null || (tree.kind === "scalar" && tree.text === ""))
  })

  it("keep a key that stands there twice", () => {
    const tree = treeOf("a: 1\na: 2\n")
    assert.deepStrictEqual(tree?.kind === "mapping" ? tree.entries.map(({ key, line }) => [key, line]) : null, [
      ["a", 1],
      ["a", 2]
    ])
  })

  it("take names of objects for keys like others", () => {
    const tree = treeOf("__proto__: 1\nconstructor: 2\n")
    assert.deepStrictEqual(tree?.kind === "mapping" ? tree.entries.map(({ key }) => key) : null, [
      "__proto__",
      "constructor"
    ])
  })

  it.each([
    ["an anchor", "a: 1\nb: &x 2\n", "2: anchors are not read"],
    ["an alias", "a: &x 1\n", "1: anchors are not read"],
    ["an alias of nothing", "a: *x\n", "1: aliases are not read: write the value"],
    ["a merge", "a: 1\n<<: *x\n", "2: aliases are not read: write the value"],
    ["a tag", "a: !!binary aGk=\n", "1: tags are not read"],
    ["a tag of its own", "a: !ruby/object 1\n", "1: not YAML (TAG_RESOLVE_FAILED)"],
    ["two documents", "a: 1\n---\nb: 2\n", "2: only one document is read"],
    ["a directive", "%YAML 1.1\n---\na: yes\n", "1: directives are not read"],
    ["a key of several parts", "? [a, b]\n: 1\n", "1: expected a key of one word"],
    ["a tabulator", "a:\n\tb: 1\n", "2: not YAML (TAB_AS_INDENT)"],
    ["an open bracket", "a: [1, 2\n", "2: not YAML (BAD_INDENT)"]
  ])("are refused for %s", (_, text, refusal) => {
    assert.strictEqual(refusalOf(text), refusal)
  })

  it("never quote what they hold", () => {
    for (const text of ["hush: 'hush", "a: *hush", "hush: !hush hush", "- hush\nhush", "hush: [hush, {hush"]) {
      assert.notInclude(refusalOf(text) ?? "hush", "hush")
    }
  })

  it("end a bomb of aliases before it goes off", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for (let level = 1; level < 20; level += 1) {
      lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(", ")}]`)
    }
    assert.strictEqual(refusalOf(lines.join("\n")), "1: anchors are not read")
  })

  it.each(["[", "{a: ", "- ", "? ", "a: ", "&a ", "\"", "!"])("end %j without end", (text) => {
    const refusal = refusalOf(text.repeat(65_535 / text.length))
    assert.isNotNull(refusal)
    assert.isBelow(refusal?.length ?? 0, 100)
  })

  it("are refused where they are nested too deeply", () => {
    assert.strictEqual(refusalOf("a: " + "[".repeat(20) + "]".repeat(20)), "1: nested too deeply")
  })
})
