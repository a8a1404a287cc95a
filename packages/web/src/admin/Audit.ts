/** Shows admins what admins did. */
import { say } from "../messages/Messages.ts"
import { writeDocument } from "../page/document.ts"
import type { Page } from "../page/Page.ts"
import { lead } from "../parts/blocks.ts"
import { type Element, h } from "../parts/element.ts"
import { filterForm, textField } from "../parts/forms.ts"
import { dataTable, pager, type Paging } from "../parts/table.ts"
import { code, moment, name } from "../parts/text.ts"

/** An entry of the audit log. */
export interface AuditItem {
  /** Its place in the chain, from 1. */
  readonly sequence: string
  /** ISO 8601. */
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  /** One line; what changed from what to what. */
  readonly details: string
}

/** What entries are asked for; null asks for all. */
export interface AuditFilter {
  readonly actor: string | null
  readonly action: string | null
  readonly subject: string | null
}

/** A page of the audit log. */
export interface AuditView extends Paging {
  readonly items: ReadonlyArray<AuditItem>
  readonly filter: AuditFilter
}

const filterField = ({ locale }: Page, key: keyof AuditFilter, value: string | null): Element =>
  textField({ id: key, name: key, label: say(locale, `audit.${key}`), value: value ?? "" })

/** The page of the audit log. */
export const renderAudit = (view: AuditView, page: Page): string => {
  const { locale } = page
  const { filter, items } = view
  return writeDocument(page, {
    title: say(locale, "audit.title"),
    body: [
      h("h1", null, say(locale, "audit.title")),
      lead(say(locale, "audit.lead")),
      filterForm(page, (["actor", "action", "subject"] as const).map((key) => filterField(page, key, filter[key]))),
      dataTable({
        caption: say(locale, "audit.caption"),
        empty: say(locale, "audit.empty"),
        columns: [
          { title: say(locale, "audit.sequence"), isNumber: true },
          { title: say(locale, "audit.when") },
          { title: say(locale, "audit.actor") },
          { title: say(locale, "audit.action") },
          { title: say(locale, "audit.subject") },
          { title: say(locale, "audit.details") }
        ],
        rows: items.map((item) => [
          item.sequence,
          moment(page, item.at),
          name(item.actor),
          code(item.action),
          h("span", { class: "address" }, code(item.subject)),
          h("span", { class: "details" }, item.details)
        ])
      }),
      pager(page, view, { ...filter })
    ]
  })
}
