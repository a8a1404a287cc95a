/** Models accounts: a path, an asset, a rule on the balance, and four running totals. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Asset } from "../money/index.ts"
import { AmountMinor, metadataOrNone, type Plain } from "./model.ts"

/**
 * Name of an account and its identity: a path of 1 to 8 parts such as `user:42:available`, at most 128 characters.
 * A part holds letters, digits, `.`, `_` and `-`. Upper and lower case differ.
 */
export const AccountCode = Schema.String.check(
  Schema.isPattern(/^(?=.{1,128}$)[A-Za-z0-9._-]+(?::[A-Za-z0-9._-]+){0,7}$/u)
).pipe(Schema.brand("AccountCode"))
export type AccountCode = typeof AccountCode.Type

/** The side on which the account grows: assets and expenses are `debit`, liabilities, income and equity `credit`. */
export const NormalSide = Schema.Literals(["debit", "credit"])
export type NormalSide = typeof NormalSide.Type

/** What may never be broken: pending amounts on the limited side count as if they were posted. */
export const BalanceRule = Schema.Literals(["none", "debits_at_most_credits", "credits_at_most_debits"])
export type BalanceRule = typeof BalanceRule.Type

/** What a caller says to open an account. Overdraft and metadata may be left out. */
export class AccountRequest extends Schema.Class<AccountRequest>("AccountRequest")({
  code: AccountCode,
  asset: Asset.AssetCode,
  normalSide: NormalSide,
  balanceRule: BalanceRule,
  /** How far the limited side may exceed the other, in minor units; 0 unless a bounded overdraft is granted. */
  overdraftMinor: AmountMinor.pipe(Schema.withConstructorDefault(Effect.succeed(0n))),
  metadata: metadataOrNone
}) {
  /** The same from plain strings. Throws where one is malformed, as the constructor does. */
  static from(fields: Plain<ConstructorParameters<typeof AccountRequest>[0]>): AccountRequest {
    return new AccountRequest(fields as never)
  }
}

/** An account with its totals in minor units. `version` counts the transfers that touched it. */
export const Account = Schema.Struct({
  ...AccountRequest.fields,
  state: Schema.Literals(["open", "closed"]),
  debitsPostedMinor: AmountMinor,
  debitsPendingMinor: AmountMinor,
  creditsPostedMinor: AmountMinor,
  creditsPendingMinor: AmountMinor,
  version: Schema.BigInt,
  openedAtMillis: Schema.Int
})
export type Account = typeof Account.Type
