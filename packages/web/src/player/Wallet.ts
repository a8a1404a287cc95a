/** Lets players give the address that they are paid at. */
import type { WalletRules } from "@purser/domain/rewards"
import { say } from "../messages/Messages.ts"
import { writeDocument } from "../page/document.ts"
import type { Page } from "../page/Page.ts"
import { paths } from "../page/paths.ts"
import { facts, section } from "../parts/blocks.ts"
import { type Element, h } from "../parts/element.ts"
import { postForm, problemSummary, submit, textField } from "../parts/forms.ts"
import { currentWallet, pendingBox, type WalletState } from "./walletState.ts"

/** Why what was entered is no address, or none that is taken; each has its words and what to do. */
export type AddressRefusal =
  | "Missing"
  | "Prefix"
  | "Length"
  | "Case"
  | "Letter"
  | "Key"
  | "Checksum"
  | WalletRules.WalletRefusal

/** The page of the address. */
export interface WalletView extends WalletState {
  /** How long a change waits. */
  readonly coolDownHours: number
  /** What was entered and refused; empty when nothing was. */
  readonly entered: string
  readonly refusal: AddressRefusal | null
}

const fieldId = "banano-address"

const form = (page: Page, { coolDownHours, current, entered, refusal }: WalletView): Element => {
  const { locale } = page
  const isFirst = current === null
  return section(
    say(locale, isFirst ? "wallet.form.first" : "wallet.form.change"),
    isFirst ? null : h("p", null, say(locale, "wallet.coolDown", { count: coolDownHours })),
    postForm(
      page,
      paths.wallet,
      textField({
        id: fieldId,
        name: "banano_address",
        label: say(locale, "wallet.field"),
        value: entered,
        hint: say(locale, "wallet.hint"),
        error: refusal === null ? undefined : say(locale, `wallet.refused.${refusal}`),
        isRequired: true,
        attributes: { autocomplete: "off", autocapitalize: "none", spellcheck: "false", maxlength: 200, class: "long" }
      }),
      h("p", { class: "hint" }, say(locale, "wallet.warning")),
      submit(say(locale, "wallet.submit"))
    )
  )
}

/** The page of the address, with what is wrong about the one that was entered. */
export const renderWallet = (view: WalletView, page: Page): string => {
  const { locale } = page
  const title = say(locale, "wallet.title")
  const { current, refusal } = view
  return writeDocument(page, {
    title: refusal === null ? title : say(locale, "title.error", { title }),
    body: [
      h("h1", null, title),
      problemSummary(page, refusal === null ? [] : [{ fieldId, text: say(locale, `wallet.refused.${refusal}`) }]),
      current === null
        ? h("p", { class: "lead" }, say(locale, "wallet.none"))
        : facts([[say(locale, "wallet.current"), currentWallet(current)]]),
      pendingBox(page, view),
      form(page, view)
    ]
  })
}
