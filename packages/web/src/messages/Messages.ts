/** Says what pages and refusals have to say, in the language of whoever reads it. */
import type { Locale } from "@purser/domain/rewards"
import type { Content } from "../parts/element.ts"
import { adminDe } from "./admin/de.ts"
import { adminEn } from "./admin/en.ts"
import { adminEs } from "./admin/es.ts"
import { playerDe } from "./player/de.ts"
import { playerEn } from "./player/en.ts"
import { playerEs } from "./player/es.ts"
import type { Plural, Template } from "./Template.ts"

const english = { ...playerEn, ...adminEn }

/** Names a message. */
export type MessageKey = keyof typeof english

/** The messages of each language; every one has every key. */
export const catalogues: Readonly<Record<Locale, Readonly<Record<MessageKey, Template>>>> = {
  en: english,
  de: { ...playerDe, ...adminDe },
  es: { ...playerEs, ...adminEs }
}

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

type TextOf<Key extends MessageKey> = (typeof english)[Key] extends infer Given
  ? Given extends string ? Given : Given extends Plural ? Given["other"] : never
  : never

/** What a message has to be given: nothing, or a value for each name between braces. */
export type Given<Key extends MessageKey, Value> = [NamesIn<TextOf<Key>>] extends [never] ? readonly []
  : readonly [Readonly<Record<NamesIn<TextOf<Key>>, Value>>]

const pluralRules: Readonly<Record<Locale, Intl.PluralRules>> = {
  en: new Intl.PluralRules("en"),
  de: new Intl.PluralRules("de"),
  es: new Intl.PluralRules("es")
}

const textOf = (locale: Locale, key: MessageKey, values: Readonly<Record<string, unknown>>): string => {
  const template = catalogues[locale][key]
  if (typeof template === "string") return template
  return pluralRules[locale].select(Number(values.count)) === "one" ? template.one : template.other
}

/** Odd places hold names. Split once, so that braces in what is filled in mean nothing. */
const split = (text: string): ReadonlyArray<string> => text.split(/\{(\w+)\}/u)

/** A message as plain text. It is not HTML: whoever puts it into HTML escapes it, as Preact does. */
export const say = <Key extends MessageKey>(
  locale: Locale,
  key: Key,
  ...given: Given<Key, string | number>
): string => {
  const known: Readonly<Record<string, string | number>> = given[0] ?? {}
  return split(textOf(locale, key, known)).map((part, place) => place % 2 === 0 ? part : String(known[part])).join("")
}

/** A message around elements, like an amount or a time. */
export const phrase = <Key extends MessageKey>(
  locale: Locale,
  key: Key,
  ...given: Given<Key, Content>
): Content => {
  const known: Readonly<Record<string, Content>> = given[0] ?? {}
  return split(textOf(locale, key, known)).map((part, place) => place % 2 === 0 ? part : known[part])
}
