/** Builds tables that turn into lists of cards where there is no room. */
import { say } from "../messages/Messages.ts"
import type { Page } from "../page/Page.ts"
import { withQuery } from "../page/paths.ts"
import { paragraph } from "./blocks.ts"
import { type Content, type Element, h } from "./element.ts"
import { link } from "./text.ts"

/** A column; the first one names its row. */
export interface Column {
  readonly title: string
  /** Numbers stand to the right, digit below digit. */
  readonly isNumber?: boolean
}

/** A table. */
export interface Table {
  readonly caption: string
  readonly columns: ReadonlyArray<Column>
  readonly rows: ReadonlyArray<ReadonlyArray<Content>>
  /** What is said in place of a table without rows. */
  readonly empty: string
}

const cell = (column: Column, place: number, content: Content): Element => {
  const attributes = { class: column.isNumber === true ? "number" : undefined, "data-title": column.title }
  return place === 0
    ? h("th", { scope: "row", role: "rowheader", ...attributes }, h("div", null, content))
    : h("td", { role: "cell", ...attributes }, h("div", null, content))
}

const heading = ({ isNumber, title }: Column): Element =>
  h("th", { scope: "col", role: "columnheader", class: isNumber === true ? "number" : undefined }, title)

/** Roles are repeated because styles that lay a table out anew take them away in some browsers. */
export const dataTable = ({ caption, columns, empty, rows }: Table): Element => {
  if (rows.length === 0) return paragraph(empty)
  return h(
    "table",
    { role: "table" },
    h("caption", null, caption),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, columns.map(heading))),
    h(
      "tbody",
      { role: "rowgroup" },
      rows.map((cells) => h("tr", { role: "row" }, columns.map((column, place) => cell(column, place, cells[place]))))
    )
  )
}

/** Where in a list a page stands. */
export interface Paging {
  /** What asks for the entries after these; null when these are the last. */
  readonly next: string | null
  readonly isFirst: boolean
}

/** Links to older entries and back; `query` is what stays the same. */
export const pager = (page: Page, { isFirst, next }: Paging, query: Readonly<Record<string, string | null>> = {}) => {
  if (isFirst && next === null) return null
  const { locale, path } = page
  return h(
    "nav",
    { class: "pager", "aria-label": say(locale, "paging.label") },
    isFirst ? null : link(withQuery(path, query), say(locale, "paging.newest")),
    next === null
      ? null
      : link(withQuery(path, { ...query, cursor: next }), say(locale, "paging.older"), { rel: "next" })
  )
}
