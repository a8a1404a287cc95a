/** Builds forms that work without a script, with errors where they belong. */
import { phrase, say } from "../messages/Messages.ts"
import type { Page } from "../page/Page.ts"
import { paths, withQuery } from "../page/paths.ts"
import { type Content, type Element, h } from "./element.ts"
import { link } from "./text.ts"

/** A form that changes something. The server judges what is entered, so that refusals are worded by us. */
export const postForm = (page: Page, action: string, ...content: ReadonlyArray<Content>): Element =>
  h(
    "form",
    { method: "post", action, novalidate: true },
    page.csrf === null ? null : h("input", { type: "hidden", name: "csrf", value: page.csrf }),
    ...content
  )

/** A form that only asks; its answers are in the address. */
export const filterForm = (page: Page, ...fields: ReadonlyArray<Content>): Element =>
  h(
    "form",
    { method: "get", action: page.path, class: "filter" },
    ...fields,
    submit(say(page.locale, "filter.submit"), "quiet")
  )

/** Sends something along that nobody enters. */
export const hidden = (name: string, value: string): Element => h("input", { type: "hidden", name, value })

/** A button that sends its form. `about` tells apart buttons of the same text, for whoever hears them. */
export const submit = (text: string, tone: "primary" | "quiet" | "danger" = "primary", about?: string): Element =>
  h(
    "button",
    { type: "submit", class: tone, "aria-label": about === undefined ? undefined : `${text}: ${about}` },
    text
  )

/** A field to enter something. */
export interface Field {
  /** Unique on its page. */
  readonly id: string
  readonly name: string
  readonly label: string
  readonly value?: string
  readonly hint?: string
  readonly error?: string | undefined
  readonly isRequired?: boolean
  /** Of the input: `autocomplete`, `inputmode`, `maxlength` and the like. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>
}

const described = ({ error, hint, id }: Field): string | undefined => {
  const ids = [hint === undefined ? [] : [`${id}-hint`], error === undefined ? [] : [`${id}-error`]].flat()
  return ids.length === 0 ? undefined : ids.join(" ")
}

const around = ({ error, hint, id, label }: Field, input: Element): Element =>
  h(
    "div",
    { class: error === undefined ? "field" : "field wrong" },
    h("label", { for: id }, label),
    hint === undefined ? null : h("p", { class: "hint", id: `${id}-hint` }, hint),
    error === undefined ? null : h("p", { class: "error", id: `${id}-error` }, error),
    input
  )

const attributesOf = (field: Field) => ({
  id: field.id,
  name: field.name,
  required: field.isRequired === true,
  "aria-invalid": field.error === undefined ? undefined : "true",
  "aria-describedby": described(field),
  ...field.attributes
})

/** One line. */
export const textField = (field: Field): Element =>
  around(field, h("input", { type: "text", value: field.value ?? "", ...attributesOf(field) }))

/** Some lines. */
export const areaField = (field: Field): Element =>
  around(field, h("textarea", { rows: 3, ...attributesOf(field) }, field.value ?? ""))

/** One of some, given as value and text. */
export const selectField = (field: Field, options: ReadonlyArray<readonly [value: string, text: string]>): Element =>
  around(
    field,
    h(
      "select",
      attributesOf(field),
      options.map(([value, text]) => h("option", { value, selected: value === (field.value ?? "") }, text))
    )
  )

/** A box to tick. */
export const tickField = (field: Field): Element =>
  h(
    "div",
    { class: field.error === undefined ? "field tick" : "field tick wrong" },
    field.error === undefined ? null : h("p", { class: "error", id: `${field.id}-error` }, field.error),
    h(
      "label",
      { for: field.id },
      h("input", { type: "checkbox", value: "yes", ...attributesOf(field) }),
      " ",
      field.label
    )
  )

/** Something wrong with a field. */
export interface Problem {
  readonly fieldId: string
  readonly text: string
}

/** What is wrong, at the top of the page and read out at once; nothing when nothing is. */
export const problemSummary = (page: Page, problems: ReadonlyArray<Problem>): Element | null =>
  problems.length === 0 ? null : h(
    "div",
    { role: "alert", class: "box bad" },
    h("h2", null, say(page.locale, "problem.title")),
    h("ul", null, problems.map(({ fieldId, text }) => h("li", null, h("a", { href: `#${fieldId}` }, text))))
  )

/** The content where the second factor was confirmed lately, else the way there. */
export const behindSecondFactor = (page: Page, ...content: ReadonlyArray<Content>): Content => {
  const state = page.signedIn?.secondFactor ?? "none"
  if (state === "fresh") return content
  const { locale, path } = page
  return state === "none"
    ? h("p", { class: "gate" }, phrase(locale, "stepUp.enrol"), " ", link(paths.enrol, say(locale, "stepUp.enrol.go")))
    : h(
      "p",
      { class: "gate" },
      phrase(locale, "stepUp.needed"),
      " ",
      link(withQuery(paths.stepUp, { next: path }), say(locale, "stepUp.go"))
    )
}
