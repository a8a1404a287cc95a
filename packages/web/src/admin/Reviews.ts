/** Shows admins the signs of abuse that wait for a decision, and takes it. */
import type { OutcomeRules, Severity, SignalKind, Verdict } from "@purser/domain/risk"
import { phrase, say } from "../messages/Messages.ts"
import { writeDocument } from "../page/document.ts"
import type { Page } from "../page/Page.ts"
import { paths } from "../page/paths.ts"
import { badge, facts, lead, type Tone } from "../parts/blocks.ts"
import { type Content, type Element, h } from "../parts/element.ts"
import {
  areaField,
  behindSecondFactor,
  filterForm,
  hidden,
  postForm,
  type Problem,
  problemSummary,
  selectField,
  submit
} from "../parts/forms.ts"
import { pager, type Paging } from "../parts/table.ts"
import { code, countText, moment, name } from "../parts/text.ts"

/** Why a decision is not taken. */
export type ReviewRefusal = "VerdictMissing" | "NoteMissing" | "NoteTooLong"

/** A signal, and what was decided about it. Moments are ISO 8601. */
export interface ReviewItem {
  readonly dedupeKey: string
  readonly player: { readonly id: string; readonly name: string }
  readonly kind: SignalKind
  /** The sentence of `SignalRules.explain`, which is English. */
  readonly explanation: string
  readonly value: number
  readonly threshold: number
  readonly severity: Severity
  readonly raisedAt: string
  readonly evidence: ReadonlyArray<string>
  /** What holds for the player now. */
  readonly outcome: OutcomeRules.Outcome
  readonly review:
    | { readonly verdict: Verdict; readonly note: string; readonly actor: string; readonly at: string }
    | null
}

/** A page of signals. */
export interface ReviewsView extends Paging {
  readonly items: ReadonlyArray<ReviewItem>
  readonly show: "open" | "decided"
  /** What was sent about one of them and refused; null when nothing was. */
  readonly refused: {
    readonly dedupeKey: string
    readonly why: ReviewRefusal
    readonly verdict: Verdict | null
    readonly note: string
  } | null
}

type Refused = NonNullable<ReviewsView["refused"]>

const idOf = (part: "verdict" | "note", dedupeKey: string): string => `${part}-${dedupeKey}`

/** Where the refusal is mended. */
const placeOf = ({ dedupeKey, why }: Refused): string =>
  why === "VerdictMissing" ? `${idOf("verdict", dedupeKey)}-cleared` : idOf("note", dedupeKey)

const severityTones: Readonly<Record<Severity, Tone>> = { low: "plain", med: "wait", high: "bad" }

const choice = ({ locale }: Page, dedupeKey: string, [verdict, isChosen]: readonly [Verdict, boolean]): Element => {
  const id = `${idOf("verdict", dedupeKey)}-${verdict}`
  return h(
    "div",
    { class: "tick" },
    h(
      "label",
      { for: id },
      h("input", { type: "radio", id, name: "verdict", value: verdict, checked: isChosen, required: true }),
      " ",
      say(locale, `reviews.${verdict}`)
    )
  )
}

const choices = (page: Page, dedupeKey: string, refused: Refused | null): Element =>
  h(
    "fieldset",
    null,
    h("legend", null, say(page.locale, "reviews.decide")),
    refused?.why === "VerdictMissing"
      ? h("p", { class: "error" }, say(page.locale, "reviews.refused.VerdictMissing"))
      : null,
    (["cleared", "confirmed"] as const).map((verdict) =>
      choice(page, dedupeKey, [verdict, refused?.verdict === verdict])
    )
  )

const decisionForm = (page: Page, { dedupeKey }: ReviewItem, refused: Refused | null): Element => {
  const { locale } = page
  const isNoteRefused = refused !== null && refused.why !== "VerdictMissing"
  return postForm(
    page,
    paths.reviews,
    hidden("dedupe_key", dedupeKey),
    choices(page, dedupeKey, refused),
    areaField({
      id: idOf("note", dedupeKey),
      name: "note",
      label: say(locale, "reviews.note"),
      value: refused?.note ?? "",
      error: isNoteRefused ? say(locale, `reviews.refused.${refused.why}`) : undefined,
      isRequired: true,
      attributes: { maxlength: 1000 }
    }),
    submit(say(locale, "reviews.submit"))
  )
}

const decision = (page: Page, { review }: ReviewItem): Content => {
  if (review === null) return null
  const { locale } = page
  const verdict = badge(review.verdict === "cleared" ? "good" : "bad", say(locale, `reviews.verdict.${review.verdict}`))
  const told = { verdict, actor: name(review.actor), time: moment(page, review.at) }
  return [h("p", null, phrase(locale, "reviews.decision", told)), h("blockquote", null, review.note)]
}

const evidence = ({ locale }: Page, lines: ReadonlyArray<string>): Element | null =>
  lines.length === 0 ? null : h(
    "details",
    null,
    h("summary", null, say(locale, "reviews.evidence", { count: lines.length })),
    h("ul", null, lines.map((line) => h("li", null, code(line))))
  )

const card = (page: Page, item: ReviewItem, refused: Refused | null): Element => {
  const { locale } = page
  const measured = { value: countText(locale, item.value), threshold: countText(locale, item.threshold) }
  return h(
    "article",
    { class: "box plain" },
    h(
      "h2",
      null,
      phrase(locale, "reviews.signal", { kind: say(locale, `signal.${item.kind}`), player: name(item.player.name) })
    ),
    h("p", { lang: "en" }, item.explanation),
    facts([
      [
        say(locale, "reviews.severity"),
        badge(severityTones[item.severity], say(locale, `severity.${item.severity}`))
      ],
      [say(locale, "reviews.measured"), say(locale, "reviews.measured.value", measured)],
      [say(locale, "reviews.raised"), moment(page, item.raisedAt)],
      [say(locale, "reviews.outcome"), say(locale, `outcome.${item.outcome}`)],
      [say(locale, "adminPayouts.player"), code(item.player.id)]
    ]),
    evidence(page, item.evidence),
    decision(page, item),
    page.signedIn?.secondFactor === "fresh" ? decisionForm(page, item, refused) : null
  )
}

const problemsOf = ({ locale }: Page, refused: Refused | null): ReadonlyArray<Problem> =>
  refused === null ? [] : [{ fieldId: placeOf(refused), text: say(locale, `reviews.refused.${refused.why}`) }]

/** The queue of reviews. */
export const renderReviews = (view: ReviewsView, page: Page): string => {
  const { locale } = page
  const { items, refused, show } = view
  const title = say(locale, "reviews.title")
  return writeDocument(page, {
    title: refused === null ? title : say(locale, "title.error", { title }),
    body: [
      h("h1", null, title),
      problemSummary(page, problemsOf(page, refused)),
      lead(say(locale, "reviews.lead")),
      filterForm(
        page,
        selectField({ id: "show", name: "show", label: say(locale, "reviews.show"), value: show }, [
          ["open", say(locale, "reviews.open")],
          ["decided", say(locale, "reviews.decided")]
        ])
      ),
      items.length === 0 ? h("p", null, say(locale, "reviews.empty")) : behindSecondFactor(page),
      items.map((item) => card(page, item, refused?.dedupeKey === item.dedupeKey ? refused : null)),
      pager(page, view, { show })
    ]
  })
}
