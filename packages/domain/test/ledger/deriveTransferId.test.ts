import { assert, describe, it } from "@effect/vitest"
import { deriveTransferId, TransferId } from "@purser/domain/ledger"
import * as Schema from "effect/Schema"

/** Computed with `hashlib` of Python, apart from this code. */
const vectors = [
  [[], "e3b0c442-98fc-8c14-9afb-f4c8996fb924"],
  [[""], "df3f6198-04a9-8fdb-8057-192dc43dd748"],
  [["", ""], "af5570f5-a181-8b7a-b78c-af4bc70a660f"],
  [["a"], "72ff6b02-949d-8d95-806c-343e3db31500"],
  [["a", "b"], "16275ef0-f5d0-8b9d-99e0-a53277549fda"],
  [["ab"], "d2f295bb-8c9d-890a-b782-52b52741eb32"],
  [["order", "1"], "3b138351-1717-8c12-8967-8ba9ad8cfe66"],
  [
    ["monero", "abababababababababababababababababababababababababababababababab/0/0", "0", "received"],
    "14d54b17-e57f-8577-bda0-03b4e144af61"
  ],
  [["größe", "€"], "a13b9de0-050d-8317-8161-164bcfd0cf9c"],
  [
    ["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"],
    "789e74c6-add5-8f7d-81ea-d85a15c22f40"
  ]
] as const

describe("LG-6 derived transfer ids", () => {
  it.each(vectors)("of %j is %s", (parts, expected) => {
    assert.strictEqual<string>(deriveTransferId(...parts), expected)
  })

  const parts = Schema.Array(Schema.String.check(Schema.isPattern(/^[a-c:|]{0,3}$/u))).check(Schema.isMaxLength(4))

  it.prop("differ unless all parts are the same", { left: parts, right: parts }, ({ left, right }) => {
    const isSame = JSON.stringify(left) === JSON.stringify(right)
    assert.strictEqual(deriveTransferId(...left) === deriveTransferId(...right), isSame)
  }, { arbitrary: { runs: 500 } })

  it.prop("differ however the same text is cut", {
    parts,
    at: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 12 }))
  }, ({ parts, at }) => {
    const text = parts.join("")
    const cut = [text.slice(0, at), text.slice(at)]
    if (JSON.stringify(cut) !== JSON.stringify(parts)) {
      assert.notStrictEqual(deriveTransferId(...cut), deriveTransferId(...parts))
    }
  }, { arbitrary: { runs: 200 } })

  it.prop("are transfer ids of version 8", { parts: Schema.Array(Schema.String) }, ({ parts }) => {
    const id = deriveTransferId(...parts)
    assert.isTrue(Schema.is(TransferId)(id))
    assert.match(id, /^.{14}8.{4}[89ab]/u)
    assert.strictEqual(deriveTransferId(...parts), id)
  })
})
