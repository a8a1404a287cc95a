import { assert, describe, it } from "@effect/vitest"
import { pairs, table } from "../src/terminal/table.ts"

describe("tables for people", () => {
  it("aligns figures to the right", () => {
    const text = table(
      [{ heading: "account", text: ([name]) => name }, { heading: "balance", figures: true, text: ([, n]) => n }],
      [["a", "1"], ["longer:name", "123456789"]] as ReadonlyArray<readonly [string, string]>
    )
    assert.strictEqual(text, "account        balance\na                    1\nlonger:name  123456789")
  })

  it("prints headings without rows", () => {
    assert.strictEqual(table([{ heading: "account", text: String }], []), "account")
  })

  it("leaves no space at line ends", () => {
    assert.strictEqual(pairs([["a", ""], ["long", "x"]]), "a\nlong  x")
  })
})
