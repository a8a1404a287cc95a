/** Lets players take their data with them, sign out other devices, and leave. */
import { phrase, say } from "../messages/Messages.ts"
import { writeDocument } from "../page/document.ts"
import type { Page } from "../page/Page.ts"
import { paths } from "../page/paths.ts"
import { section } from "../parts/blocks.ts"
import { type Element, h } from "../parts/element.ts"
import { postForm, problemSummary, submit, tickField } from "../parts/forms.ts"
import { amount } from "../parts/text.ts"

/** The page of the account. */
export interface AccountView {
  /** Earned and not yet paid, as a decimal text in BAN; null when there is nothing. */
  readonly owed: string | null
  /** Sessions besides this one. */
  readonly otherSessions: number
  /** Whether deletion was asked for without the box being ticked. */
  readonly isUnconfirmed: boolean
}

const fieldId = "confirm"

const exportPart = (page: Page): Element =>
  section(
    say(page.locale, "account.export"),
    h("p", null, say(page.locale, "account.export.text")),
    postForm(page, paths.exportData, submit(say(page.locale, "account.export.submit"), "quiet"))
  )

const sessionsPart = (page: Page, count: number): Element => {
  const { locale } = page
  const title = say(locale, "account.sessions")
  if (count === 0) return section(title, h("p", null, say(locale, "account.sessions.none")))
  return section(
    title,
    h("p", null, say(locale, "account.sessions.some", { count })),
    postForm(page, paths.endSessions, submit(say(locale, "account.sessions.submit"), "quiet"))
  )
}

const deletePart = (page: Page, { isUnconfirmed, owed }: AccountView): Element => {
  const { locale } = page
  return section(
    say(locale, "account.delete"),
    h("p", null, say(locale, "account.delete.text"), " ", say(locale, "account.delete.keeps")),
    owed === null
      ? null
      : h("p", null, h("strong", null, phrase(locale, "account.delete.owed", { amount: amount(page, owed) }))),
    postForm(
      page,
      paths.deleteAccount,
      tickField({
        id: fieldId,
        name: "confirm",
        label: say(locale, "account.delete.confirm"),
        error: isUnconfirmed ? say(locale, "account.delete.unconfirmed") : undefined,
        isRequired: true
      }),
      submit(say(locale, "account.delete.submit"), "danger")
    )
  )
}

/** The page of the account. */
export const renderAccount = (view: AccountView, page: Page): string => {
  const { locale } = page
  const title = say(locale, "account.title")
  const problems = view.isUnconfirmed ? [{ fieldId, text: say(locale, "account.delete.unconfirmed") }] : []
  return writeDocument(page, {
    title: view.isUnconfirmed ? say(locale, "title.error", { title }) : title,
    body: [
      h("h1", null, title),
      problemSummary(page, problems),
      exportPart(page),
      sessionsPart(page, view.otherSessions),
      deletePart(page, view)
    ]
  })
}
