import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { isLocalPath, withQuery } from "../../src/page/paths.ts"
import { decimalText, durationText, isSafeUrl, momentText } from "../../src/parts/text.ts"
import { locales, visitorPage } from "../samplePages.ts"

const minor = Arbitrary.schema(
  Schema.BigInt.check(Schema.isBetweenBigInt({ minimum: 0n, maximum: 9_223_372_036_854_775_807n }))
)

const printed = (amountMinor: bigint): string =>
  `${amountMinor / 100_000_000n}.${String(amountMinor % 100_000_000n).padStart(8, "0")}`

const separators = { en: [",", "."], de: [".", ","], es: [".", ","] } as const

describe("RW-4 RW-21 amounts", () => {
  it.prop("lose no digit in any language", { minor }, ({ minor }) => {
    for (const locale of locales) {
      const [group, point] = separators[locale]
      const read = decimalText(locale, printed(minor)).replaceAll(group, "").replace(point, ".")
      const [whole = "", places = ""] = read.split(".")
      assert.strictEqual(BigInt(whole + places.padEnd(8, "0")), minor)
    }
  })

  it.each(
    [
      ["en", "1234.5", "1,234.5"],
      ["de", "1234.5", "1.234,5"],
      ["es", "12345.50", "12.345,5"],
      ["en", "0", "0"],
      ["en", "-2.10", "-2.1"]
    ] as const
  )("in %s, %s is %s", (locale, given, shown) => {
    assert.strictEqual(decimalText(locale, given), shown)
  })

  it.each(["", "1e9", "0x10", "1,5", "<b>", "NaN"])("leave %j as it is", (given) => {
    assert.strictEqual(decimalText("en", given), given)
  })
})

describe("RW-21 moments", () => {
  const page = visitorPage("/")

  it("are told in language and zone of the page", () => {
    const at = "2026-07-01T22:30:00Z"
    assert.match(momentText(page, at), /^Jul 1, 2026, 10:30\sPM UTC$/u)
    assert.strictEqual(momentText({ ...page, locale: "de" }, at), "1. Juli 2026, 22:30 UTC")
    assert.match(momentText({ ...page, locale: "de", timeZone: "Europe/Berlin" }, at), /^2\. Juli 2026, 00:30/u)
  })

  it("that are none stay as they are", () => {
    assert.strictEqual(momentText(page, "soon"), "soon")
  })

  it.each([[5, "5 seconds"], [60, "1 minute"], [7199, "1 hour"], [273_000, "3 days"], [0, "0 seconds"]] as const)(
    "%i seconds last %s",
    (seconds, text) => {
      assert.strictEqual(durationText("en", seconds), text)
    }
  )
})

describe("RW-4 addresses", () => {
  it.each(["/", "/app?next=%2Fx", "/a-b_c"])("%j is of this host", (path) => {
    assert.isTrue(isLocalPath(path))
  })

  it.each(["", "app", "//x", "/\\x", "/a\\b", "/a b", "/a\nb", "https://x", `/${"a".repeat(500)}`])(
    "%j is not of this host",
    (path) => {
      assert.isFalse(isLocalPath(path))
    }
  )

  it.each(["https:", "https://", "https:///x", "http://x", "ftp://x", "javascript://x/%0aalert(1)", "https://\\x"])(
    "%j leads nowhere",
    (url) => {
      assert.isFalse(isSafeUrl(url))
    }
  )

  it("carry what is asked for, escaped", () => {
    assert.strictEqual(
      withQuery("/a", { status: null, player: "a&b=c", cursor: "x y" }),
      "/a?player=a%26b%3Dc&cursor=x+y"
    )
    assert.strictEqual(withQuery("/a", { status: null }), "/a")
  })
})
