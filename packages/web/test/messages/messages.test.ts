import { assert, describe, it } from "@effect/vitest"
import { catalogues, type MessageKey, say } from "@purser/web"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { phrase } from "../../src/messages/Messages.ts"
import { locales } from "../samplePages.ts"

const keys = Object.keys(catalogues.en) as ReadonlyArray<MessageKey>

const partsOf = (template: (typeof catalogues.en)[MessageKey]): ReadonlyArray<string> =>
  typeof template === "string" ? [template] : [template.one, template.other]

const namesIn = (text: string): ReadonlyArray<string> =>
  [...new Set([...text.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name!))].sort()

/** The plural for one may leave the count out. */
const fullPart = (template: (typeof catalogues.en)[MessageKey]): string => partsOf(template).at(-1)!

describe("RW-21 the catalogues", () => {
  it.each(locales)("say everything in %s", (locale) => {
    assert.deepStrictEqual(Object.keys(catalogues[locale]).sort(), [...keys].sort())
    for (const key of keys) {
      for (const text of partsOf(catalogues[locale][key])) assert.match(text, /\S/u, key)
      assert.deepStrictEqual(
        namesIn(fullPart(catalogues[locale][key])),
        namesIn(fullPart(catalogues.en[key])),
        `${locale} ${key}`
      )
      assert.strictEqual(
        fullPart(catalogues[locale][key]).split("\n").length,
        fullPart(catalogues.en[key]).split("\n").length
      )
    }
  })

  it.each(locales.filter((locale) => locale !== "en"))("are translated into %s", (locale) => {
    const same = keys.filter((key) => fullPart(catalogues[locale][key]) === fullPart(catalogues.en[key]))
    // Names and words that are the same in both; anything longer is forgotten.
    assert.deepStrictEqual(same.filter((key) => fullPart(catalogues.en[key]).split(" ").length > 2), [])
  })

  it("hold no unbalanced brace", () => {
    for (const locale of locales) {
      for (const key of keys) {
        for (const text of partsOf(catalogues[locale][key])) {
          assert.notMatch(text.replace(/\{\w+\}/gu, ""), /[{}]/u, key)
        }
      }
    }
  })
})

const anyText = Arbitrary.schema(Schema.String)

describe("RW-21 a message", () => {
  it("is said in the language of its reader", () => {
    assert.strictEqual(say("en", "signedInAs", { name: "Ana" }), "Signed in as Ana")
    assert.strictEqual(say("de", "signedInAs", { name: "Ana" }), "Angemeldet als Ana")
    assert.strictEqual(say("es", "signOut"), "Salir")
  })

  it("tells one from many", () => {
    assert.deepStrictEqual([0, 1, 2].map((count) => say("en", "error.429.wait", { count })), [
      "Try again in 0 seconds.",
      "Try again in one second.",
      "Try again in 2 seconds."
    ])
  })

  it.prop("fills in once, whatever is filled in", { text: anyText }, ({ text }) => {
    assert.strictEqual(say("en", "signedInAs", { name: `{name}${text}` }), `Signed in as {name}${text}`)
    assert.deepStrictEqual(phrase("en", "signedInAs", { name: text }), ["Signed in as ", text, ""])
  })
})
