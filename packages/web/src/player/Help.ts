/** Explains each reason why something does not count, is not paid, or is not let in, and what to do about it. */
import type { EligibilityRules } from "@purser/domain/rewards"
import { say } from "../messages/Messages.ts"
import { writeDocument } from "../page/document.ts"
import type { Page } from "../page/Page.ts"
import { helpPath, paths } from "../page/paths.ts"
import { box, buttonLink, lead, section, type Tone } from "../parts/blocks.ts"
import { type Content, type Element, h } from "../parts/element.ts"
import { postForm, submit } from "../parts/forms.ts"
import { link } from "../parts/text.ts"

/** Every reason; each has a page at `helpPath(topic)`. */
export const helpTopics = [
  "not-member",
  "not-linked",
  "verification-stale",
  "stats-private",
  "baseline-unknown",
  "no-wallet",
  "held",
  "stopped",
  "sign-in-denied",
  "sign-in-expired",
  "sign-in-unavailable",
  "second-factor"
] as const

/** A reason. */
export type HelpTopic = (typeof helpTopics)[number]

const topics: Readonly<Record<EligibilityRules.Ineligible, HelpTopic>> = {
  NotMember: "not-member",
  NotLinked: "not-linked",
  VerificationStale: "verification-stale",
  AbuseConfirmed: "stopped",
  NoWallet: "no-wallet",
  StatsPrivate: "stats-private",
  BaselineUnknown: "baseline-unknown",
  HeldForReview: "held"
}

/** The topic that explains why a player may not earn or be paid. */
export const helpTopicOf = (why: EligibilityRules.Ineligible): HelpTopic => topics[why]

const steps = ({ locale }: Page, topic: HelpTopic): Element => {
  const lines = say(locale, `help.${topic}.steps`).split("\n")
  return lines.length === 1 ? h("p", null, lines) : h("ol", null, lines.map((line) => h("li", null, line)))
}

/** Asks for a new check at once. */
export const reverifyForm = (page: Page, tone: "primary" | "quiet" = "primary"): Element =>
  postForm(page, paths.reverify, submit(say(page.locale, "dashboard.reverify"), tone))

const join = ({ locale, product }: Page): Element | null =>
  product.discordInviteUrl === null ? null : buttonLink(product.discordInviteUrl, say(locale, "help.join"))

const check = (page: Page): Element | null => page.signedIn === null ? null : reverifyForm(page, "quiet")

const signInAgain = ({ locale }: Page): Element => buttonLink(paths.signIn, say(locale, "signIn"))

/** The way out of each reason, where there is one to press. */
const actions: Readonly<Record<HelpTopic, (page: Page) => ReadonlyArray<Element | null>>> = {
  "not-member": (page) => [join(page), check(page)],
  "not-linked": (page) => [join(page), check(page)],
  "verification-stale": (page) => [check(page)],
  "stats-private": () => [],
  "baseline-unknown": () => [],
  "no-wallet": ({ locale }) => [buttonLink(paths.wallet, say(locale, "dashboard.wallet.give"))],
  held: () => [],
  stopped: () => [],
  "sign-in-denied": (page) => [signInAgain(page)],
  "sign-in-expired": (page) => [signInAgain(page)],
  "sign-in-unavailable": (page) => [signInAgain(page)],
  "second-factor": ({ locale }) => [buttonLink(paths.enrol, say(locale, "help.enrol"))]
}

const actionsOf = (page: Page, topic: HelpTopic): Content => {
  const known = actions[topic](page).filter((action) => action !== null)
  return known.length === 0 ? null : h("div", { class: "actions" }, known)
}

const tones: Partial<Record<HelpTopic, Tone>> = { held: "plain", "baseline-unknown": "plain", stopped: "bad" }

/** A box on the reason, with the way out of it. */
export const helpBox = (page: Page, topic: HelpTopic): Element =>
  box(
    tones[topic] ?? "wait",
    say(page.locale, `help.${topic}.title`),
    h("p", null, say(page.locale, `help.${topic}.means`)),
    actionsOf(page, topic),
    h("p", null, link(helpPath(topic), say(page.locale, "learnMore")))
  )

const contact = ({ locale, product }: Page): Element | null =>
  product.discordInviteUrl === null ? null : h("p", null, link(product.discordInviteUrl, say(locale, "help.contact")))

/** The page of one topic. */
export const renderHelpTopic = (topic: HelpTopic, page: Page): string => {
  const { locale } = page
  return writeDocument(page, {
    title: say(locale, `help.${topic}.title`),
    description: say(locale, `help.${topic}.means`),
    body: [
      h("h1", null, say(locale, `help.${topic}.title`)),
      lead(say(locale, `help.${topic}.means`)),
      section(say(locale, "help.todo"), steps(page, topic), actionsOf(page, topic)),
      h("p", null, link(paths.help, say(locale, "help.all"))),
      contact(page)
    ]
  })
}

/** Visitors have no use for what admins need. */
const isShown = ({ signedIn }: Page, topic: HelpTopic): boolean =>
  topic !== "second-factor" || signedIn?.isAdmin === true

/** The list of all topics. */
export const renderHelp = (page: Page): string => {
  const { locale } = page
  const shown = helpTopics.filter((topic) => isShown(page, topic))
  return writeDocument(page, {
    title: say(locale, "help.title"),
    description: say(locale, "help.lead"),
    isPublic: true,
    body: [
      h("h1", null, say(locale, "help.title")),
      lead(say(locale, "help.lead")),
      h(
        "ul",
        { class: "topics" },
        shown.map((topic) => h("li", null, link(helpPath(topic), say(locale, `help.${topic}.title`))))
      ),
      contact(page)
    ]
  })
}
