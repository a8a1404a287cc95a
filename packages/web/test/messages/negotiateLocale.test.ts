import { assert, describe, it } from "@effect/vitest"
import { negotiateLocale } from "@purser/web"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { locales } from "../samplePages.ts"

describe("RW-21 the language of an answer", () => {
  it.each<readonly [header: string | undefined, locale: string]>([
    [undefined, "en"],
    ["", "en"],
    ["de", "de"],
    ["es-419", "es"],
    ["DE-at", "de"],
    ["fr, es;q=0.5", "es"],
    ["de;q=0.5, es;q=0.9", "es"],
    ["de;q=0.7, es;q=0.7", "de"],
    ["de ; q=0.3 ,\tes; q=0.301", "es"],
    ["de;q=0, fr", "en"],
    ["de;q=0", "en"],
    ["*", "en"],
    ["*;q=0.5, es;q=0.2", "en"],
    ["fr-CH, fr;q=0.9, *;q=0.1", "en"],
    ["de,,es", "de"],
    ["de;q=1.000", "de"]
  ])("for %j is %s", (header, locale) => {
    assert.strictEqual(negotiateLocale(header), locale)
  })

  it.each([
    "de;q=2",
    "de;q=0.1234",
    "de;q=-1",
    "de;q=abc",
    "de;level=1",
    "de es",
    "de_DE",
    "toolonglanguage",
    "de;q=1, <script>",
    "de\nes",
    `de${",es".repeat(400)}`
  ].map((header) => ({ header, start: JSON.stringify(header.slice(0, 30)) })))(
    "for the malformed $start is en",
    ({ header }) => {
      assert.strictEqual(negotiateLocale(header), "en")
    }
  )

  it("falls back to what the installation prefers", () => {
    assert.strictEqual(negotiateLocale("fr", "es"), "es")
    assert.strictEqual(negotiateLocale("nonsense;;", "es"), "es")
    assert.strictEqual(negotiateLocale("*", "de"), "de")
  })

  it.prop("is spoken, whatever is sent", { header: Arbitrary.schema(Schema.String) }, ({ header }) => {
    assert.include(locales, negotiateLocale(header))
  })
})
