/** Says what the four totals of an account amount to. */
import type { Account, NormalSide } from "./Account.ts"

/** Running totals in minor units, of an account now or of an entry just after its transfer. */
export type Totals = Pick<
  Account,
  "debitsPostedMinor" | "debitsPendingMinor" | "creditsPostedMinor" | "creditsPendingMinor"
>

/** What was posted, on the side on which the account grows; below zero when the other side has more. */
export const balanceMinor = (normalSide: NormalSide, totals: Totals): bigint =>
  normalSide === "debit"
    ? totals.debitsPostedMinor - totals.creditsPostedMinor
    : totals.creditsPostedMinor - totals.debitsPostedMinor

/** What holds would take away from the balance. */
export const heldMinor = (normalSide: NormalSide, totals: Totals): bigint =>
  normalSide === "debit" ? totals.creditsPendingMinor : totals.debitsPendingMinor

/** How much the rule of the account still lets out: with the overdraft, less what is held. Undefined without a rule. */
export const availableMinor = (
  account: Pick<Account, "balanceRule" | "overdraftMinor"> & Totals
): bigint | undefined => {
  switch (account.balanceRule) {
    case "none":
      return undefined
    case "debits_at_most_credits":
      return account.creditsPostedMinor + account.overdraftMinor - account.debitsPostedMinor -
        account.debitsPendingMinor
    case "credits_at_most_debits":
      return account.debitsPostedMinor + account.overdraftMinor - account.creditsPostedMinor -
        account.creditsPendingMinor
  }
}
