/** Writes amounts, times, names and links as elements. */
import type { Locale } from "@purser/domain/rewards"
import type { Page } from "../page/Page.ts"
import { isLocalPath } from "../page/paths.ts"
import { type Content, type Element, h } from "./element.ts"

/** What amounts are in. */
export const unit = "BAN"

const decimal = /^-?[0-9]{1,40}(?:\.[0-9]{1,18})?$/u

const numbers: Readonly<Record<Locale, Intl.NumberFormat>> = {
  en: new Intl.NumberFormat("en", { maximumFractionDigits: 18 }),
  de: new Intl.NumberFormat("de", { maximumFractionDigits: 18 }),
  es: new Intl.NumberFormat("es", { maximumFractionDigits: 18 })
}

/** A decimal text with the separators of a language, exact to its last digit; other texts as they are. */
export const decimalText = (locale: Locale, text: string): string =>
  decimal.test(text) ? numbers[locale].format(text as Intl.StringNumericLiteral) : text

/** A count with the separators of a language. */
export const countText = (locale: Locale, count: number): string => numbers[locale].format(count)

/** An amount, given as a decimal text. */
export const amount = ({ locale }: Page, text: string): Element =>
  h("data", { class: "amount", value: text }, decimalText(locale, text), "\u00a0", h("span", { class: "unit" }, unit))

const formats = new Map<string, Intl.DateTimeFormat>()

const dateFormat = (locale: Locale, timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(`${locale} ${timeZone}`)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(locale, {
    timeZone,
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short"
  })
  formats.set(`${locale} ${timeZone}`, made)
  return made
}

/** A moment, given in ISO 8601, as plain text in the zone of the page; other texts as they are. */
export const momentText = ({ locale, timeZone }: Page, iso: string): string => {
  const millis = Date.parse(iso)
  return Number.isNaN(millis) ? iso : dateFormat(locale, timeZone).format(millis)
}

/** A moment, given in ISO 8601. */
export const moment = (page: Page, iso: string): Element => h("time", { datetime: iso }, momentText(page, iso))

const spans = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]] as const

/** A span of time in its largest unit, like "3 days"; rounded down. */
export const durationText = (locale: Locale, seconds: number): string => {
  const [name, length] = spans.find(([, length]) => seconds >= length) ?? spans[3]
  const format = new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "long" })
  return format.format(Math.floor(seconds / length))
}

/** A name that somebody chose. Apart from its surroundings, so that marks in it turn nothing else round. */
export const name = (text: string): Element => h("bdi", null, text)

/** Something to copy or compare, letter by letter. */
export const code = (text: string): Element => h("code", { translate: false }, text)

/** Long codes by their ends; the whole is in the title. */
export const shortCode = (text: string): Element =>
  text.length <= 20 ? code(text) : h("code", { translate: false, title: text }, text.slice(0, 9), "…", text.slice(-6))

/** Whether an address is one that a page may lead to: a path of this host, or https. */
export const isSafeUrl = (url: string): boolean => isLocalPath(url) || /^https:\/\/[^\s/\\]/iu.test(url)

/** A link; only its text where the address is not safe. */
export const link = (
  url: string,
  text: Content,
  attributes: Readonly<Record<string, string>> = {}
): Element => {
  if (!isSafeUrl(url)) return h("span", null, text)
  const elsewhere = isLocalPath(url) ? {} : { rel: "noopener noreferrer" }
  return h("a", { href: url, ...elsewhere, ...attributes }, text)
}
