/** Opens the books for reading, and prints what is in them. */
import { type Account, AccountCode, balanceMinor, heldMinor, LedgerStore } from "@purser/domain/ledger"
import { Amount, Asset } from "@purser/domain/money"
import { layerBooksAsTheyAre } from "@purser/runtime"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { settings } from "../../settings/settings.ts"
import { type CommandFailed, failed } from "../../terminal/CommandFailed.ts"
import { explain } from "../../terminal/explain.ts"

type Books = Layer.Success<ReturnType<typeof layerBooksAsTheyAre>>

/** Runs a question on the ledger that the settings name; refuses a database that is not up to date. */
export const onBooks = <A, E>(
  question: (ledger: LedgerStore["Service"]) => Effect.Effect<A, E>
): Effect.Effect<A, CommandFailed> =>
  Effect.flatMap(
    settings,
    (chosen) => explain(Effect.provide(Effect.flatMap(LedgerStore, question), layerBooksAsTheyAre(chosen)))
  )

/** Runs a piece of work on the books that the settings name: their stores, and what makes them commit together. */
export const withBooks = <A, E, R extends Books>(
  work: Effect.Effect<A, E, R>
): Effect.Effect<A, CommandFailed, Exclude<R, Books>> =>
  Effect.flatMap(settings, (chosen) => explain(Effect.provide(work, layerBooksAsTheyAre(chosen))))

/** The code, checked. */
export const accountCode = (text: string): Effect.Effect<AccountCode, CommandFailed> =>
  Effect.fromResult(
    Result.mapError(
      Schema.decodeUnknownResult(AccountCode)(text),
      () => failed(`${text} is not an account code, such as tickets:unclaimed`)
    )
  )

/** The account, or a failure that names it. */
export const existing = (
  ledger: LedgerStore["Service"],
  code: AccountCode
): Effect.Effect<Account, CommandFailed> =>
  Effect.flatMap(
    explain(ledger.account(code)),
    Option.match({ onNone: () => Effect.fail(failed(`no account ${code}`)), onSome: Effect.succeed })
  )

/** Money of the everyday kind shows all its decimals: 12.50. */
const cents = 2

/** Decimal text of an amount, in the asset's own scale; minor units where the asset is unknown here. */
export const inAsset = (minor: bigint, code: string): string =>
  Result.match(Asset.find([Asset.XMR, Asset.BAN, Asset.XTR, Asset.EUR, Asset.USD], code), {
    onFailure: () => `${minor} minor units`,
    onSuccess: (asset) => Amount.print(minor, asset, asset.scale <= cents ? cents : 0)
  })

/** An account as every `--json` of the ledger shows it. */
export const accountJson = (account: Account) => ({
  code: account.code,
  asset: account.asset,
  normal_side: account.normalSide,
  balance_rule: account.balanceRule,
  overdraft_minor: account.overdraftMinor,
  state: account.state,
  balance_minor: balanceMinor(account.normalSide, account),
  held_minor: heldMinor(account.normalSide, account),
  version: account.version,
  metadata: account.metadata
})
