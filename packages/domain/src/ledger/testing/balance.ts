/** Adds up what an account was moved by, up to a sequence or an effective time. */
import * as Option from "effect/Option"
import type { Entry } from "../LedgerStore.ts"
import type { Transfer } from "../Transfer.ts"

const figures = ["debitsPostedMinor", "debitsPendingMinor", "creditsPostedMinor", "creditsPendingMinor"] as const

/** Totals of an account at some point; `accountVersion` counts the transfers that are in them. */
export type BalanceAt = Omit<Entry, "transfer">

const add = (sum: BalanceAt, entry: Entry, before: Entry | undefined): BalanceAt => ({
  ...sum,
  accountVersion: sum.accountVersion + 1n,
  ...Object.fromEntries(figures.map((figure) => [figure, sum[figure] + entry[figure] - (before?.[figure] ?? 0n)]))
})

/** The sum of the movements that `isIn` takes; none when it takes none. `entries` are all of one account, oldest first. */
export const balanceOf = (
  entries: ReadonlyArray<Entry>,
  isIn: (transfer: Transfer) => boolean
): Option.Option<BalanceAt> => {
  const first = entries[0]
  if (first === undefined || !entries.some(({ transfer }) => isIn(transfer))) return Option.none()
  const empty: BalanceAt = {
    account: first.account,
    accountVersion: 0n,
    debitsPostedMinor: 0n,
    debitsPendingMinor: 0n,
    creditsPostedMinor: 0n,
    creditsPendingMinor: 0n
  }
  return Option.some(
    entries.reduce((sum, entry, index) => isIn(entry.transfer) ? add(sum, entry, entries[index - 1]) : sum, empty)
  )
}
