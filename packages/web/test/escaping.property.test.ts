import { assert, describe, it } from "@effect/vitest"
import { Product } from "@purser/domain/rewards"
import { renderHome, renderPayouts, renderRefused, renderStepUp } from "@purser/web"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { escaped, skeletonOf } from "./markup.ts"
import { adminPage, playerPage, product, samplePages, visitorPage } from "./samplePages.ts"
import { payoutsView } from "./sampleViews.ts"

const pieces = [
  "<",
  ">",
  "\"",
  "'",
  "&",
  "/",
  "=",
  "script",
  "</title>",
  "onload",
  " ",
  "\u202e",
  "&lt;",
  "{",
  "}",
  "a"
]
const text = Arbitrary.schema(
  Schema.Array(Schema.Union([Schema.Literals(pieces), Schema.String.check(Schema.isMaxLength(5))]))
    .check(Schema.isMinLength(1), Schema.isMaxLength(12))
)

const attacks = [
  "<script>alert(1)</script>",
  "\"><img src=x onerror=alert(1)>",
  "' onmouseover='alert(1)",
  "</title></head><body onload=alert(1)>",
  "<!--",
  "]]>",
  "&lt;script&gt;",
  "javascript:alert(1)",
  "{name}{__proto__}",
  "\u202egnp.exe"
]

/** Harmless, and as long: what is shortened is shortened alike. */
const likeIt = (text: string): string => "x".repeat(text.length)

const changesNoTag = (given: string): void => {
  const harmless = samplePages(likeIt(given))
  for (const [place, { html, name }] of samplePages(given).entries()) {
    assert.strictEqual(skeletonOf(html), skeletonOf(harmless[place]!.html), name)
  }
}

describe("RW-4 RW-18 hostile names", () => {
  it.each(attacks)("like %j change no tag", (attack) => {
    changesNoTag(attack)
  })

  it.prop("change no tag, whatever they are", { text }, ({ text }) => {
    const given = text.join("")
    if (given.trim() !== "") changesNoTag(given)
  }, { arbitrary: { runs: 30 } })

  it.each(attacks)("like %j are shown as they are", (attack) => {
    assert.include(renderPayouts(payoutsView("x"), playerPage(attack)), `<bdi>${escaped(attack)}</bdi>`)
  })

  it("of the product are escaped in head and body", () => {
    const appName = "<b>&\"'"
    const html = renderHome(
      { rate: "2.1", caps: { unit: "payouts", perDay: 1, perWeek: 3 }, settlementMinutes: 20 },
      { ...visitorPage("/"), product: new Product({ ...product, appName, orgName: appName }) }
    )
    assert.notInclude(html, "<b>")
    assert.include(html, `· ${escaped(appName)}</title>`)
    assert.include(html, `<meta property="og:site_name" content="${escaped(appName)}"/>`)
  })
})

describe("RW-4 an address that leads astray", () => {
  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.example",
    "http://evil.example",
    "/\\evil.example",
    "https:evil"
  ])(
    "%s is no link",
    (explorerUrl) => {
      const [item] = payoutsView("x").items
      const html = renderPayouts(
        { items: [{ ...item!, explorerUrl }], status: null, next: null, isFirst: true },
        playerPage("x")
      )
      assert.notInclude(html, `href="${explorerUrl}`)
      assert.include(html, "View block")
    }
  )

  it.each(["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a\nb"])(
    "%j is not where a code leads",
    (next) => {
      assert.include(
        renderStepUp({ next, refusal: null }, adminPage("x", "/app/admin/step-up")),
        "<input type=\"hidden\" name=\"next\" value=\"/app/admin\"/>"
      )
    }
  )

  it("is not taken from the path of the page", () => {
    const html = renderRefused(
      { status: 404, correlationId: null, retryAfterSeconds: null },
      visitorPage("/\"><script>alert(1)</script>")
    )
    assert.notInclude(html, "<script")
  })
})
