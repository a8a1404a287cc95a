/** Shows players what was paid to them. */
import type { PayoutStatus } from "@purser/domain/payouts"
import { say } from "../messages/Messages.ts"
import { writeDocument } from "../page/document.ts"
import type { Page } from "../page/Page.ts"
import { badge, lead, type Tone } from "../parts/blocks.ts"
import { type Content, h } from "../parts/element.ts"
import { filterForm, selectField } from "../parts/forms.ts"
import { type Column, dataTable, pager, type Paging } from "../parts/table.ts"
import { amount, link, moment, momentText, shortCode } from "../parts/text.ts"

/** A payout as players see it. */
export interface PayoutItem {
  readonly id: string
  readonly status: PayoutStatus
  /** Decimal text, in BAN. */
  readonly amount: string
  /** ISO 8601. */
  readonly createdAt: string
  readonly payee: string
  /** Where anybody can look its block up; null when it has none that may have been seen, or the run was dry. */
  readonly explorerUrl: string | null
}

/** A page of payouts. */
export interface PayoutsView extends Paging {
  readonly items: ReadonlyArray<PayoutItem>
  /** What is asked for; null for all. */
  readonly status: PayoutStatus | null
}

const tones: Readonly<Record<PayoutStatus, Tone>> = {
  queued: "wait",
  signed: "wait",
  sent: "wait",
  unknown: "wait",
  confirmed: "good",
  failed: "bad",
  simulated: "plain"
}

/** Every state that a payout can be in, in the order of its life. */
export const payoutStatuses = Object.keys(tones) as ReadonlyArray<PayoutStatus>

/** The state of a payout. */
export const payoutBadge = ({ locale }: Page, status: PayoutStatus) =>
  badge(tones[status], say(locale, `payout.${status}`))

const block = (page: Page, { createdAt, explorerUrl }: PayoutItem): Content =>
  explorerUrl === null ? "–" : link(explorerUrl, say(page.locale, "payouts.explorer"), {
    "aria-label": `${say(page.locale, "payouts.explorer")}: ${momentText(page, createdAt)}`
  })

/** Payouts as a table. */
export const payoutTable = (page: Page, items: ReadonlyArray<PayoutItem>) => {
  const { locale } = page
  const columns: ReadonlyArray<Column> = [
    { title: say(locale, "payouts.when") },
    { title: say(locale, "payouts.amount"), isNumber: true },
    { title: say(locale, "payouts.status") },
    { title: say(locale, "payouts.payee") },
    { title: say(locale, "payouts.block") }
  ]
  return dataTable({
    caption: say(locale, "payouts.caption"),
    empty: say(locale, "payouts.empty"),
    columns,
    rows: items.map((item) => [
      moment(page, item.createdAt),
      amount(page, item.amount),
      payoutBadge(page, item.status),
      shortCode(item.payee),
      block(page, item)
    ])
  })
}

/** Chooses the state of the payouts that are shown. */
export const statusField = ({ locale }: Page, status: PayoutStatus | null) =>
  selectField({ id: "status", name: "status", label: say(locale, "payouts.status"), value: status ?? "" }, [
    ["", say(locale, "filter.any")],
    ...payoutStatuses.map((known) => [known, say(locale, `payout.${known}`)] as const)
  ])

/** The page of payouts. */
export const renderPayouts = (view: PayoutsView, page: Page): string => {
  const { locale } = page
  return writeDocument(page, {
    title: say(locale, "payouts.title"),
    body: [
      h("h1", null, say(locale, "payouts.title")),
      lead(say(locale, "payouts.lead")),
      filterForm(page, statusField(page, view.status)),
      payoutTable(page, view.items),
      pager(page, view, { status: view.status })
    ]
  })
}
