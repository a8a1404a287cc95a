/** Shows players what they earned, row by row. */
import { say } from "../messages/Messages.ts"
import { writeDocument } from "../page/document.ts"
import type { Page } from "../page/Page.ts"
import { badge, lead, type Tone } from "../parts/blocks.ts"
import { h } from "../parts/element.ts"
import { dataTable, pager, type Paging } from "../parts/table.ts"
import { amount, countText, moment } from "../parts/text.ts"

/** What became of an accrual. */
export type AccrualState = "open" | "in_payout" | "paid"

/** An accrual as players see it. */
export interface AccrualItem {
  readonly id: string
  /** When the kills were read, in ISO 8601. */
  readonly at: string
  readonly kills: number
  /** BAN for each of them, as a decimal text. */
  readonly rate: string
  /** In BAN, as a decimal text. */
  readonly amount: string
  readonly state: AccrualState
}

/** A page of accruals. */
export interface EarningsView extends Paging {
  readonly items: ReadonlyArray<AccrualItem>
}

const tones: Readonly<Record<AccrualState, Tone>> = { open: "wait", in_payout: "wait", paid: "good" }

/** The page of accruals. */
export const renderEarnings = (view: EarningsView, page: Page): string => {
  const { locale } = page
  return writeDocument(page, {
    title: say(locale, "earnings.title"),
    body: [
      h("h1", null, say(locale, "earnings.title")),
      lead(say(locale, "earnings.lead")),
      dataTable({
        caption: say(locale, "earnings.caption"),
        empty: say(locale, "earnings.empty"),
        columns: [
          { title: say(locale, "earnings.when") },
          { title: say(locale, "earnings.kills"), isNumber: true },
          { title: say(locale, "earnings.rate"), isNumber: true },
          { title: say(locale, "earnings.amount"), isNumber: true },
          { title: say(locale, "earnings.state") }
        ],
        rows: view.items.map((item) => [
          moment(page, item.at),
          countText(locale, item.kills),
          amount(page, item.rate),
          amount(page, item.amount),
          badge(tones[item.state], say(locale, `accrual.${item.state}`))
        ])
      }),
      pager(page, view)
    ]
  })
}
