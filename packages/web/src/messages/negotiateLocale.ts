/** Chooses the language of an answer. */
import { Locale } from "@purser/domain/rewards"

/** Longer headers are not read: a browser sends some dozens of characters. */
const headerMost = 1000

const entry = /^([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)(?:[ \t]*;[ \t]*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?$/iu

interface Wish {
  readonly range: string
  readonly quality: number
}

const wishOf = (text: string): Wish | undefined => {
  const found = entry.exec(text.trim())
  if (found === null) return undefined
  return { range: found[1]!.toLowerCase(), quality: found[2] === undefined ? 1 : Number(found[2]) }
}

/** `de-AT` is answered in `de`: the part before the first hyphen is what is spoken. */
const localeOf = (range: string): Locale | undefined => Locale.literals.find((locale) => locale === range.split("-")[0])

const wishesOf = (header: string): ReadonlyArray<Wish> | undefined => {
  if (header.length > headerMost) return undefined
  const wishes = header.split(",").filter((text) => text.trim() !== "").map(wishOf)
  return wishes.every((wish) => wish !== undefined) ? wishes : undefined
}

/**
 * The language for an `Accept-Language` header (RFC 9110, 12.5.4): the spoken one of the highest quality, among equals the
 * first named. `fallback` answers a header that is absent or malformed, names nothing that is spoken, or prefers `*`.
 */
export const negotiateLocale = (header: string | undefined, fallback: Locale = "en"): Locale => {
  const wishes = wishesOf(header ?? "") ?? []
  const [best] = wishes.filter(({ quality }) => quality > 0).flatMap(({ quality, range }) => {
    const locale = range === "*" ? fallback : localeOf(range)
    return locale === undefined ? [] : [{ locale, quality }]
  }).sort((left, right) => right.quality - left.quality)
  return best?.locale ?? fallback
}
