/** Shows admins the payouts of all players, and lets them queue a failed debt again. */
import type { PayoutStatus } from "@purser/domain/payouts"
import { phrase, say } from "../messages/Messages.ts"
import { writeDocument } from "../page/document.ts"
import type { Page } from "../page/Page.ts"
import { paths } from "../page/paths.ts"
import { type Content, h } from "../parts/element.ts"
import { behindSecondFactor, filterForm, hidden, postForm, submit, textField } from "../parts/forms.ts"
import { type Column, dataTable, pager, type Paging } from "../parts/table.ts"
import { amount, link, moment, name, shortCode } from "../parts/text.ts"
import { payoutBadge, type PayoutItem, statusField } from "../player/Payouts.ts"

/** A payout as admins see it. */
export interface AdminPayoutItem extends PayoutItem {
  readonly player: { readonly id: string; readonly name: string }
  readonly attempts: number
  /** When the next attempt is due, in ISO 8601; null when none is. */
  readonly nextAttemptAt: string | null
  readonly failureReason: string | null
  /** Whether its debt may be queued again. */
  readonly canRetry: boolean
}

/** A page of payouts of all players. */
export interface AdminPayoutsView extends Paging {
  readonly items: ReadonlyArray<AdminPayoutItem>
  readonly status: PayoutStatus | null
  /** Id of the player whose payouts are asked for; null for all. */
  readonly player: string | null
}

const retryForm = (page: Page, { canRetry, id }: AdminPayoutItem): Content => {
  if (!canRetry || page.signedIn?.secondFactor !== "fresh") return "–"
  const { locale } = page
  return postForm(
    page,
    paths.retryPayout,
    hidden("payout_id", id),
    submit(say(locale, "adminPayouts.retry"), "quiet", id)
  )
}

const attempts = (page: Page, { attempts, failureReason, nextAttemptAt }: AdminPayoutItem): Content => [
  say(page.locale, "adminPayouts.attempts.value", { count: attempts }),
  nextAttemptAt === null
    ? null
    : h("div", { class: "hint" }, phrase(page.locale, "adminPayouts.next", { time: moment(page, nextAttemptAt) })),
  failureReason === null ? null : h("div", { class: "hint" }, failureReason)
]

const columnsOf = ({ locale }: Page): ReadonlyArray<Column> => [
  { title: say(locale, "adminPayouts.id") },
  { title: say(locale, "adminPayouts.player") },
  { title: say(locale, "payouts.amount"), isNumber: true },
  { title: say(locale, "payouts.status") },
  { title: say(locale, "adminPayouts.attempts") },
  { title: say(locale, "adminPayouts.action") }
]

const status = (page: Page, item: AdminPayoutItem): Content => [
  payoutBadge(page, item.status),
  item.explorerUrl === null ? null : h(
    "div",
    null,
    link(item.explorerUrl, say(page.locale, "payouts.explorer"), {
      "aria-label": `${say(page.locale, "payouts.explorer")}: ${item.id}`
    })
  )
]

const row = (page: Page, item: AdminPayoutItem): ReadonlyArray<Content> => [
  [shortCode(item.id), h("div", { class: "hint" }, moment(page, item.createdAt))],
  [name(item.player.name), h("div", { class: "hint" }, shortCode(item.player.id))],
  [amount(page, item.amount), h("div", { class: "hint" }, shortCode(item.payee))],
  status(page, item),
  attempts(page, item),
  retryForm(page, item)
]

/** The page of payouts of all players. */
export const renderAdminPayouts = (view: AdminPayoutsView, page: Page): string => {
  const { locale } = page
  const { items, player } = view
  return writeDocument(page, {
    title: say(locale, "adminPayouts.title"),
    body: [
      h("h1", null, say(locale, "adminPayouts.title")),
      filterForm(
        page,
        statusField(page, view.status),
        textField({ id: "player", name: "player", label: say(locale, "adminPayouts.player"), value: player ?? "" })
      ),
      items.some(({ canRetry }) => canRetry)
        ? [h("p", null, say(locale, "adminPayouts.retry.text")), behindSecondFactor(page)]
        : null,
      dataTable({
        caption: say(locale, "payouts.caption"),
        empty: say(locale, "adminPayouts.empty"),
        columns: columnsOf(page),
        rows: items.map((item) => row(page, item))
      }),
      pager(page, view, { status: view.status, player })
    ]
  })
}
