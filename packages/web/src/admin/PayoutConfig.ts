/** Lets admins change what a kill earns, the caps, and the ceilings of spending. */
import { say } from "../messages/Messages.ts"
import { writeDocument } from "../page/document.ts"
import type { Page } from "../page/Page.ts"
import { paths } from "../page/paths.ts"
import { lead } from "../parts/blocks.ts"
import { type Element, h } from "../parts/element.ts"
import { behindSecondFactor, hidden, postForm, problemSummary, selectField, submit, textField } from "../parts/forms.ts"

/** The settings, as texts: what is in force, or what was entered and refused. Amounts are decimal texts in BAN. */
export interface PayoutConfigValues {
  readonly ratePerKill: string
  /** `payouts` or `kills`. */
  readonly capUnit: string
  readonly capPerDay: string
  readonly capPerWeek: string
  readonly settlementMinutes: string
  readonly batchSize: string
  readonly minOperatorBalance: string
  readonly hourlyCeiling: string
  readonly dailyCeiling: string
}

/** A setting. */
export type PayoutConfigField = keyof PayoutConfigValues

/** Why a setting is not taken. */
export type PayoutConfigRefusal =
  | "Missing"
  | "NotANumber"
  | "NotWhole"
  | "TooSmall"
  | "TooBig"
  | "TooManyPlaces"
  | "WeekBelowDay"

/** The form of the settings. */
export interface PayoutConfigView {
  readonly values: PayoutConfigValues
  readonly refusals: Readonly<Partial<Record<PayoutConfigField, PayoutConfigRefusal>>>
  /** Names the settings that the form was filled from; sent along, so that a change in between is not overwritten. */
  readonly version: string
  /** Whether they were changed in between. */
  readonly isConflict: boolean
}

const groups: ReadonlyArray<
  readonly [
    title: "config.rewards" | "config.caps" | "config.rounds" | "config.safety",
    ReadonlyArray<PayoutConfigField>
  ]
> = [
  ["config.rewards", ["ratePerKill"]],
  ["config.caps", ["capUnit", "capPerDay", "capPerWeek"]],
  ["config.rounds", ["settlementMinutes", "batchSize"]],
  ["config.safety", ["minOperatorBalance", "hourlyCeiling", "dailyCeiling"]]
]

const fields = groups.flatMap(([, names]) => names)

const field = ({ locale }: Page, { refusals, values }: PayoutConfigView, name: PayoutConfigField): Element => {
  const refusal = refusals[name]
  const given = {
    id: name,
    name,
    label: say(locale, `config.${name}`),
    value: values[name],
    error: refusal === undefined ? undefined : say(locale, `config.refused.${refusal}`),
    isRequired: true
  }
  if (name === "capUnit") {
    return selectField(given, [["payouts", say(locale, "unit.payouts")], ["kills", say(locale, "unit.kills")]])
  }
  const hint = name === "batchSize" ? { hint: say(locale, "config.batchSize.hint") } : {}
  return textField({ ...given, ...hint, attributes: { inputmode: "decimal", autocomplete: "off", maxlength: 40 } })
}

const form = (page: Page, view: PayoutConfigView): Element =>
  postForm(
    page,
    paths.payoutConfig,
    hidden("version", view.version),
    groups.map(([title, names]) =>
      h("fieldset", null, h("legend", null, say(page.locale, title)), names.map((name) => field(page, view, name)))
    ),
    behindSecondFactor(page, submit(say(page.locale, "config.submit")))
  )

const problemsOf = ({ locale }: Page, { refusals }: PayoutConfigView) =>
  fields.flatMap((name) => {
    const refusal = refusals[name]
    if (refusal === undefined) return []
    return [{ fieldId: name, text: `${say(locale, `config.${name}`)}: ${say(locale, `config.refused.${refusal}`)}` }]
  })

/** The form of the settings, with what is wrong about what was entered. */
export const renderPayoutConfig = (view: PayoutConfigView, page: Page): string => {
  const { locale } = page
  const title = say(locale, "config.title")
  const conflict = view.isConflict ? [{ fieldId: "ratePerKill", text: say(locale, "config.conflict") }] : []
  const problems = [...conflict, ...problemsOf(page, view)]
  return writeDocument(page, {
    title: problems.length === 0 ? title : say(locale, "title.error", { title }),
    body: [
      h("h1", null, title),
      problemSummary(page, problems),
      lead(say(locale, "config.lead")),
      form(page, view)
    ]
  })
}
