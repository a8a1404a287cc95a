/** Shows players at a glance whether they earn, what they are owed, and what is missing. */
import type { EligibilityRules } from "@purser/domain/rewards"
import { phrase, say } from "../messages/Messages.ts"
import { writeDocument } from "../page/document.ts"
import type { Page } from "../page/Page.ts"
import { paths } from "../page/paths.ts"
import { badge, box, figures, section, type Tone } from "../parts/blocks.ts"
import { type Content, type Element, h } from "../parts/element.ts"
import { amount, countText, link, moment, name } from "../parts/text.ts"
import { helpBox, helpTopicOf, reverifyForm } from "./Help.ts"
import { type PayoutItem, payoutTable } from "./Payouts.ts"
import { currentWallet, pendingBox, type WalletState } from "./walletState.ts"

/** How much of a cap is used, in the unit of the caps. */
export interface CapUsage {
  readonly used: number
  readonly limit: number
  /** When it starts anew, in ISO 8601. */
  readonly resetsAt: string
}

/** The overview of a player. Amounts are decimal texts in BAN, moments ISO 8601. */
export interface DashboardView {
  readonly membership: "member" | "left" | "unknown"
  readonly epic: { readonly state: "linked" | "not_linked" | "unknown"; readonly name: string | null }
  readonly wallet: WalletState
  /** Earned, and in no payout. */
  readonly earned: string
  /** In payouts that are not confirmed. */
  readonly underway: string
  readonly paid: string
  readonly caps: { readonly unit: "payouts" | "kills"; readonly day: CapUsage; readonly week: CapUsage }
  /** The last check of membership and link; null before the first. */
  readonly verified: { readonly at: string; readonly outcome: "ok" | "mismatch" | "error" } | null
  /** Why kills are not booked now; null when they are. */
  readonly earning: EligibilityRules.Ineligible | null
  /** Why what is booked is not paid now; null when it is. */
  readonly paying: EligibilityRules.Ineligible | null
  readonly nextSettlementAt: string | null
  /** A few of the newest, newest first. */
  readonly latest: ReadonlyArray<PayoutItem>
}

/** Both reasons where they differ, the one that keeps from earning first. */
const standing = (page: Page, { earning, nextSettlementAt, paying }: DashboardView): ReadonlyArray<Element> => {
  const { locale } = page
  const reasons = new Set([earning, paying].filter((why) => why !== null))
  if (reasons.size > 0) return [...reasons].map((why) => helpBox(page, helpTopicOf(why)))
  return [box(
    "good",
    say(locale, "dashboard.good"),
    h("p", null, say(locale, "dashboard.good.text")),
    nextSettlementAt === null
      ? null
      : h("p", null, phrase(locale, "dashboard.next", { time: moment(page, nextSettlementAt) }))
  )]
}

interface Cap extends CapUsage {
  readonly id: "day" | "week"
  readonly unit: "payouts" | "kills"
}

const cap = (page: Page, { id, limit, resetsAt, unit, used }: Cap): Element => {
  const { locale } = page
  const counts = { used: countText(locale, used), limit: countText(locale, limit) }
  return h(
    "div",
    { class: "cap" },
    h("h3", { id: `cap-${id}` }, say(locale, `dashboard.${id}`)),
    h("p", null, say(locale, `dashboard.used.${unit}`, counts)),
    h("meter", {
      "aria-labelledby": `cap-${id}`,
      class: used >= limit ? "full" : undefined,
      min: 0,
      max: Math.max(limit, 1),
      value: limit === 0 ? 1 : Math.min(used, limit)
    }, say(locale, `dashboard.used.${unit}`, counts)),
    h("p", { class: "hint" }, phrase(locale, "dashboard.resets", { time: moment(page, resetsAt) }))
  )
}

const caps = (page: Page, { day, unit, week }: DashboardView["caps"]): Element => {
  const isFull = day.used >= day.limit || week.used >= week.limit
  return section(
    say(page.locale, "dashboard.caps"),
    h("div", { class: "caps" }, cap(page, { ...day, id: "day", unit }), cap(page, { ...week, id: "week", unit })),
    isFull ? h("p", null, say(page.locale, "dashboard.atCap")) : null
  )
}

type Check = "good" | "bad" | "unclear"

const checkTones: Readonly<Record<Check, Tone>> = { good: "good", bad: "bad", unclear: "wait" }

const check = ({ locale }: Page, state: Check, [title, ...content]: ReadonlyArray<Content>): Element =>
  h(
    "li",
    null,
    badge(checkTones[state], say(locale, `dashboard.state.${state}`)),
    h("div", null, h("strong", null, title), h("div", null, ...content))
  )

const epicText = ({ locale }: Page, { name: called, state }: DashboardView["epic"]): Content => {
  if (state !== "linked") return say(locale, `dashboard.epic.${state}`)
  return called === null
    ? say(locale, "dashboard.epic.linkedUnnamed")
    : phrase(locale, "dashboard.epic.linked", { name: name(called) })
}

const memberships = { member: "good", left: "bad", unknown: "unclear" } as const
const links = { linked: "good", not_linked: "bad", unknown: "unclear" } as const
const outcomes = { ok: "good", mismatch: "bad", error: "unclear" } as const

const verifiedText = (page: Page, verified: DashboardView["verified"]): Content =>
  verified === null
    ? say(page.locale, "never")
    : phrase(page.locale, `dashboard.verified.${verified.outcome}`, { time: moment(page, verified.at) })

const checks = (page: Page, view: DashboardView): Element => {
  const { locale } = page
  const { current } = view.wallet
  const toWallet = say(locale, current === null ? "dashboard.wallet.give" : "dashboard.wallet.change")
  return section(
    say(locale, "dashboard.checks"),
    h(
      "ul",
      { class: "checks" },
      check(page, memberships[view.membership], [
        say(locale, "dashboard.membership"),
        say(locale, `dashboard.membership.${view.membership}`)
      ]),
      check(page, links[view.epic.state], [say(locale, "dashboard.epic"), epicText(page, view.epic)]),
      check(page, current === null ? "bad" : "good", [
        say(locale, "dashboard.wallet"),
        current === null ? say(locale, "dashboard.wallet.none") : currentWallet(current),
        " ",
        link(paths.wallet, toWallet)
      ]),
      check(page, view.verified === null ? "unclear" : outcomes[view.verified.outcome], [
        say(locale, "dashboard.verified"),
        verifiedText(page, view.verified),
        reverifyForm(page, "quiet")
      ])
    )
  )
}

/** The overview of a player. */
export const renderDashboard = (view: DashboardView, page: Page): string => {
  const { locale } = page
  return writeDocument(page, {
    title: say(locale, "dashboard.title"),
    body: [
      h("h1", null, say(locale, "dashboard.title")),
      ...standing(page, view),
      pendingBox(page, view.wallet),
      section(
        say(locale, "dashboard.balances"),
        figures([
          [say(locale, "dashboard.earned"), amount(page, view.earned)],
          [say(locale, "dashboard.underway"), amount(page, view.underway)],
          [say(locale, "dashboard.paid"), amount(page, view.paid)]
        ]),
        h("p", null, link(paths.earnings, say(locale, "dashboard.allEarnings")))
      ),
      caps(page, view.caps),
      checks(page, view),
      section(
        say(locale, "dashboard.latest"),
        payoutTable(page, view.latest),
        view.latest.length === 0 ? null : h("p", null, link(paths.payouts, say(locale, "dashboard.allPayouts")))
      )
    ]
  })
}
