import { assert, describe, it } from "@effect/vitest"
import { reasonsInOrder } from "@purser/domain/ledger"
import { readFileSync } from "node:fs"

const guide = readFileSync(new URL("../../../../docs/guides/ledger.md", import.meta.url), "utf8")

describe("LG-5 the documented reasons", () => {
  it("are all reasons, in order of precedence", () => {
    const table = guide.slice(guide.indexOf("<!-- reasons -->")).split(/\n\n(?!\|)/)[0]!
    const documented = [...table.matchAll(/^\| (?:\*\*)?`(\w+)`/gmu)].map((match) => match[1])
    assert.deepStrictEqual<ReadonlyArray<string | undefined>>(documented, reasonsInOrder)
  })
})
