/** Lets admins set up their second factor, and confirm it before they move money or decide about players. */
import { say } from "../messages/Messages.ts"
import { writeDocument } from "../page/document.ts"
import type { Page } from "../page/Page.ts"
import { isLocalPath, paths } from "../page/paths.ts"
import { facts, lead, section } from "../parts/blocks.ts"
import { type Element, h } from "../parts/element.ts"
import { hidden, postForm, problemSummary, submit, textField } from "../parts/forms.ts"
import { code } from "../parts/text.ts"

/** Why a code is not taken. */
export type CodeRefusal = "CodeMissing" | "CodeWrong" | "CodeUsed" | "TooManyAttempts"

/** What an authenticator app has to be told; shown once. */
export interface EnrolView {
  /** `otpauth://totp/…` */
  readonly otpauthUri: string
  /** In base 32. */
  readonly secret: string
  readonly refusal: CodeRefusal | null
}

/** A code is asked for before a page is shown again. */
export interface StepUpView {
  /** The page to go on to: a path of this host, else the state of the program is. */
  readonly next: string
  readonly refusal: CodeRefusal | null
}

const fieldId = "code"

const codeField = ({ locale }: Page, refusal: CodeRefusal | null): Element =>
  textField({
    id: fieldId,
    name: "code",
    label: say(locale, "code.field"),
    hint: say(locale, "code.hint"),
    error: refusal === null ? undefined : say(locale, `code.refused.${refusal}`),
    isRequired: true,
    attributes: { inputmode: "numeric", autocomplete: "one-time-code", maxlength: 6, class: "short" }
  })

interface Asked {
  readonly title: string
  readonly refusal: CodeRefusal | null
}

const titleOf = ({ locale }: Page, { refusal, title }: Asked): string =>
  refusal === null ? title : say(locale, "title.error", { title })

const problems = (page: Page, refusal: CodeRefusal | null): Element | null =>
  problemSummary(page, refusal === null ? [] : [{ fieldId, text: say(page.locale, `code.refused.${refusal}`) }])

/** In groups of four, as one reads it aloud. */
const grouped = (secret: string): string => secret.match(/.{1,4}/gsu)?.join(" ") ?? ""

/** Only what opens an app; anything else is text. */
const appLink = (uri: string, text: string): Element | null =>
  /^otpauth:\/\/totp\/[\x21-\x7e]+$/u.test(uri)
    ? h("p", null, h("a", { class: "button quiet", href: uri }, text))
    : null

/** The page that sets the second factor up. */
export const renderEnrol = (view: EnrolView, page: Page): string => {
  const { locale } = page
  const title = say(locale, "enrol.title")
  return writeDocument(page, {
    title: titleOf(page, { title, refusal: view.refusal }),
    body: [
      h("h1", null, title),
      problems(page, view.refusal),
      lead(say(locale, "enrol.lead")),
      section(
        say(locale, "enrol.step1"),
        appLink(view.otpauthUri, say(locale, "enrol.open")),
        facts([
          [say(locale, "enrol.secret"), h("span", { class: "secret" }, code(grouped(view.secret)))],
          [say(locale, "enrol.uri"), h("span", { class: "address" }, code(view.otpauthUri))]
        ]),
        h("p", { class: "hint" }, say(locale, "enrol.warning"))
      ),
      section(
        say(locale, "enrol.step2"),
        postForm(page, paths.enrol, codeField(page, view.refusal), submit(say(locale, "enrol.submit")))
      )
    ]
  })
}

/** The page that asks for a code. */
export const renderStepUp = ({ next, refusal }: StepUpView, page: Page): string => {
  const { locale } = page
  const title = say(locale, "stepUp.title")
  return writeDocument(page, {
    title: titleOf(page, { title, refusal }),
    body: [
      h("h1", null, title),
      problems(page, refusal),
      lead(say(locale, "stepUp.lead")),
      postForm(
        page,
        paths.stepUp,
        hidden("next", isLocalPath(next) ? next : paths.admin),
        codeField(page, refusal),
        submit(say(locale, "stepUp.submit"))
      )
    ]
  })
}
