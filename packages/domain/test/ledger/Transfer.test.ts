import { assert, describe, it } from "@effect/vitest"
import {
  AmountMinor,
  IdempotencyKey,
  maximumMinor,
  Metadata,
  PostTransfer,
  ReasonCode,
  TransferId
} from "@purser/domain/ledger"
import * as Schema from "effect/Schema"
import { post } from "./requests.ts"

const reference = Schema.is(PostTransfer.fields.reference)
const entries = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]))

const uuid = "01234567-89ab-cdef-0123-456789abcdef"

/** What each model takes and refuses. */
const models: ReadonlyArray<
  readonly [string, (value: unknown) => boolean, ReadonlyArray<unknown>, ReadonlyArray<unknown>]
> = [
  [
    "transfer ids",
    Schema.is(TransferId),
    [uuid, "00000000-0000-0000-0000-000000000000"],
    ["", uuid.toUpperCase(), `${uuid}\n`, ` ${uuid}`, uuid.slice(1), uuid.replaceAll("-", ""), `{${uuid}}`]
  ],
  [
    "reasons",
    Schema.is(ReasonCode),
    ["a", "ticket.claimed", "a1_b.c2", "x".repeat(64)],
    ["", "A", ".a", "a.", "a..b", "1a", "a b", "a-b", "ä", "a\n", "x".repeat(65)]
  ],
  [
    "idempotency keys",
    Schema.is(IdempotencyKey),
    ["a", "!~", "x".repeat(200)],
    ["", " ", "a b", "ä", "a\n", "\u007f", "x".repeat(201)]
  ],
  [
    "references",
    reference,
    [null, "a", " ", "Größe 😀", "x".repeat(200), "😀".repeat(200)],
    ["", "a\nb", "a\u0000", "\u0085", "x".repeat(201), "\ud83d", "a\ude00"]
  ],
  [
    "metadata",
    Schema.is(Metadata),
    [{}, { a: "" }, { "a b": "Größe 😀" }, { ["k".repeat(40)]: "v".repeat(500) }, entries(16)],
    [
      { "": "a" },
      { a: 1 },
      { a: null },
      { a: "b\nc" },
      { a: "\ud83d" },
      { "a\ude00": "b" },
      { "a\u200b": "b" },
      { ["k".repeat(41)]: "" },
      { a: "v".repeat(501) },
      entries(17)
    ]
  ],
  ["amounts", Schema.is(AmountMinor), [0n, 1n, maximumMinor], [-1n, maximumMinor + 1n, 1, "1", 1.5, null]]
]

describe("LG-2 LG-10 what a transfer is made of", () => {
  for (const [name, isOne, taken, refused] of models) {
    it.each(taken.map((value) => [value]))(`takes %o as one of ${name}`, (value) => {
      assert.isTrue(isOne(value))
    })
    it.each(refused.map((value) => [value]))(`takes %o for none of ${name}`, (value) => {
      assert.isFalse(isOne(value))
    })
  }

  it("takes any bigint as the amount of a request, for the rules to refuse", () => {
    for (const amountMinor of [-1n, 0n, maximumMinor + 1n, 10n ** 40n]) {
      assert.strictEqual(post("p", { amountMinor }).amountMinor, amountMinor)
    }
  })

  it.each([1, "1", 1.5, null])("takes %o for no amount of a request", (amountMinor) => {
    assert.throws(() => post("p", { amountMinor: amountMinor as never }))
  })
})
