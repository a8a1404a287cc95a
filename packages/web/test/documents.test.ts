import { assert, describe, it } from "@effect/vitest"
import { assets, paths } from "@purser/web"
import { type Tag, tagsOf, textOf } from "./markup.ts"
import { locales, type Sample, samplePages } from "./samplePages.ts"

const pagesIn = (locale: (typeof locales)[number]): ReadonlyArray<Sample> =>
  samplePages("Ana", (page) => ({ ...page, locale }))

const tagged = (tags: ReadonlyArray<Tag>, name: string): ReadonlyArray<Tag> => tags.filter((tag) => tag.name === name)

const valuesOf = (tags: ReadonlyArray<Tag>, attribute: string): ReadonlyArray<string> =>
  tags.flatMap(({ attributes }) => attributes.get(attribute) ?? [])

const isEntered = ({ attributes, name }: Tag): boolean =>
  ["input", "select", "textarea"].includes(name) && attributes.get("type") !== "hidden"

const isSignedIn = ({ html }: Sample): boolean => html.includes(paths.signOut)

const isWhole = (html: string): void => {
  const tags = tagsOf(html)
  assert.match(html, /^<!doctype html><html lang="[a-z]{2}"><head><meta charset="utf-8"/u)
  assert.strictEqual(tagged(tags, "h1").length, 1)
  assert.strictEqual(tagged(tags, "main").length, 1)
  assert.match(html, /<title>\S[^<]* · Play to Slay<\/title>/u)
  const ids = valuesOf(tags, "id")
  assert.strictEqual(new Set(ids).size, ids.length)
  for (const id of ["for", "aria-labelledby"].flatMap((name) => valuesOf(tags, name))) assert.include(ids, id)
  for (const id of valuesOf(tags, "aria-describedby").flatMap((value) => value.split(" "))) assert.include(ids, id)
  for (const place of valuesOf(tags, "href")) if (place.startsWith("#")) assert.include(ids, place.slice(1))
}

const namesFields = (html: string): void => {
  const tags = tagsOf(html)
  const labelled = valuesOf(tagged(tags, "label"), "for")
  for (const { attributes } of tags.filter(isEntered)) assert.include(labelled, attributes.get("id"))
  for (const { attributes } of tagged(tags, "img")) assert.isTrue(attributes.has("alt"))
}

const needsNoScript = (html: string): void => {
  const tags = tagsOf(html)
  assert.deepStrictEqual(tagged(tags, "script"), [])
  assert.deepStrictEqual(tagged(tags, "style"), [])
  const names = tags.flatMap(({ attributes }) => [...attributes.keys()])
  assert.deepStrictEqual(names.filter((name) => name === "style" || name.startsWith("on")), [])
}

const saysNothingByAccident = (html: string): void => {
  assert.notMatch(html, /undefined|\[object|NaN|Invalid Date/u)
  assert.notMatch(textOf(html), /\bnull\b|\{\w+\}/u)
}

const leadsToKnownPlaces = (html: string): void => {
  const tags = tagsOf(html)
  const local = valuesOf(tags, "href").concat(valuesOf(tags, "action"), valuesOf(tags, "src"))
    .filter((place) => place.startsWith("/")).map((place) => place.replace(/\?.*$/u, ""))
  const known: ReadonlyArray<string> = [...Object.values(paths), ...assets.keys(), "/media/banner.png"]
  assert.deepStrictEqual(local.filter((place) => !known.includes(place) && !place.startsWith(`${paths.help}/`)), [])
}

describe.each(locales)("RW-4 RW-18 RW-21 a page in %s", (locale) => {
  it.each(pagesIn(locale))("for $name is whole, named, free of scripts, and leads to known places", ({ html }) => {
    assert.include(html, `<html lang="${locale}">`)
    for (const check of [isWhole, namesFields, needsNoScript, saysNothingByAccident, leadsToKnownPlaces]) check(html)
  })
})

describe("RW-1 RW-4 a form that changes something", () => {
  it("sends the token along", () => {
    for (const { html, name } of samplePages("Ana").filter(isSignedIn)) {
      const posts = html.match(/<form method="post"/gu)?.length ?? 0
      assert.isAbove(posts, 0, name)
      assert.strictEqual(html.match(/<input type="hidden" name="csrf" value="a-token"\/>/gu)?.length, posts, name)
    }
  })

  it("is on no page of visitors", () => {
    const visited = samplePages("Ana").filter((sample) => !isSignedIn(sample))
    assert.isAbove(visited.length, 0)
    for (const { html, name } of visited) assert.notInclude(html, "method=\"post\"", name)
  })
})

describe("RW-18 the files of pages", () => {
  it("are at paths that change with their content", () => {
    for (const [path, { body }] of assets) {
      assert.match(path, /^\/assets\/[a-z]+-[0-9a-f]{16}\.(?:css|svg)$/u)
      assert.isAbove(body.length, 100)
    }
    assert.deepStrictEqual([...assets.values()].map(({ type }) => type), [
      "text/css; charset=utf-8",
      "image/svg+xml; charset=utf-8"
    ])
  })

  it("stay small", () => {
    const [style] = [...assets.values()]
    assert.isBelow(style!.body.length, 20_000)
    for (const { html, name } of samplePages("Ana")) assert.isBelow(html.length, 40_000, name)
  })
})
