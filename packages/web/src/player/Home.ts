/** Shows visitors what the program is, and the way in. */
import { phrase, say } from "../messages/Messages.ts"
import { writeDocument } from "../page/document.ts"
import type { Page } from "../page/Page.ts"
import { paths } from "../page/paths.ts"
import { buttonLink, facts, type Figure, lead, section } from "../parts/blocks.ts"
import { type Element, h } from "../parts/element.ts"
import { amount, countText, unit } from "../parts/text.ts"
import { decimalText } from "../parts/text.ts"

/** How much is paid, and how often. */
export interface Caps {
  readonly unit: "payouts" | "kills"
  readonly perDay: number
  readonly perWeek: number
}

/** The first page. */
export interface HomeView {
  /** BAN for each elimination, as a decimal text. */
  readonly rate: string
  readonly caps: Caps
  readonly settlementMinutes: number
}

const capsOf = ({ locale }: Page, { perDay, perWeek, unit }: Caps): Figure => {
  const given = { day: countText(locale, perDay), week: countText(locale, perWeek) }
  return unit === "payouts"
    ? [say(locale, "home.capsPayouts"), say(locale, "home.capsPayouts.value", given)]
    : [say(locale, "home.capsKills"), say(locale, "home.capsKills.value", given)]
}

const step = ({ locale }: Page, number: 1 | 2 | 3): Element =>
  h(
    "li",
    null,
    h("h3", null, say(locale, `home.step${number}.title`)),
    h("p", null, say(locale, `home.step${number}.text`))
  )

const hero = (page: Page, { rate }: HomeView): Element => {
  const { locale, product, signedIn } = page
  return h(
    "div",
    { class: "hero" },
    product.bannerUrl === null ? null : h("img", { class: "wide", src: product.bannerUrl, alt: "" }),
    h("h1", null, say(locale, "home.title")),
    lead(phrase(locale, "home.lead", { rate: amount(page, rate) })),
    signedIn === null
      ? buttonLink(paths.signIn, say(locale, "signIn"))
      : buttonLink(paths.dashboard, say(locale, "home.toDashboard"))
  )
}

/** The first page, for everybody. */
export const renderHome = (view: HomeView, page: Page): string => {
  const { locale } = page
  const fine: ReadonlyArray<Figure> = [
    [say(locale, "home.rate"), amount(page, view.rate)],
    capsOf(page, view.caps),
    [
      say(locale, "home.settlement"),
      say(locale, "home.settlement.value", { count: view.settlementMinutes })
    ],
    [say(locale, "home.privacy"), say(locale, "home.privacy.value")]
  ]
  return writeDocument(page, {
    title: say(locale, "home.title"),
    description: say(locale, "home.lead", { rate: `${decimalText(locale, view.rate)} ${unit}` }),
    isPublic: true,
    body: [
      hero(page, view),
      section(say(locale, "home.how"), h("ol", { class: "steps" }, ([1, 2, 3] as const).map((n) => step(page, n)))),
      section(say(locale, "home.fine"), facts(fine))
    ]
  })
}
