/** Shows which address is paid, and which one will be. */
import { phrase, say } from "../messages/Messages.ts"
import type { Page } from "../page/Page.ts"
import { box } from "../parts/blocks.ts"
import { type Element, h } from "../parts/element.ts"
import { code, moment } from "../parts/text.ts"

/** The addresses of a player. */
export interface WalletState {
  /** What is paid now; null before the first. */
  readonly current: string | null
  /** What is paid from a moment on, in ISO 8601; null when no change waits. */
  readonly pending: { readonly address: string; readonly effectiveAt: string } | null
}

/** An address in full: players compare it with their wallet. */
export const currentWallet = (address: string): Element => h("span", { class: "address" }, code(address))

/** Announces a change, so that whoever did not ask for it sees it before it counts. */
export const pendingBox = (page: Page, { pending }: WalletState): Element | null => {
  if (pending === null) return null
  const { locale } = page
  return box(
    "wait",
    say(locale, "wallet.pending.title"),
    h(
      "p",
      null,
      phrase(locale, "wallet.pending", {
        time: moment(page, pending.effectiveAt),
        address: currentWallet(pending.address)
      })
    ),
    h("p", null, say(locale, "wallet.pending.alarm"))
  )
}
