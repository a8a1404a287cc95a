/** Opens an account. */
import {
  type Account,
  AccountRequest,
  type BalanceRule,
  LedgerStore,
  Metadata,
  type NormalSide
} from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { failed } from "../../../terminal/CommandFailed.ts"
import { print } from "../../../terminal/output.ts"
import { accountCode, accountJson, withBooks } from "../books.ts"
import { amountOption, assetOf } from "../given.ts"

interface Input {
  readonly code: string
  readonly asset: string
  readonly side: NormalSide
  readonly rule: BalanceRule
  readonly overdraft: string
  readonly metadata: Readonly<Record<string, string>>
  readonly json: boolean
}

const requestOf = Effect.fnUntraced(function*({ asset, code, metadata, overdraft, rule, side }: Input) {
  const wanted = yield* accountCode(code)
  const known = yield* assetOf(asset)
  const overdraftMinor = yield* amountOption("--overdraft", overdraft, known)
  if (overdraftMinor > 0n && rule === "none") {
    return yield* failed("--overdraft: has no meaning without --rule, which it would exceed")
  }
  const texts = yield* Effect.mapError(
    Schema.decodeUnknownEffect(Metadata)(metadata),
    () => failed("--metadata: expected at most 16 texts of up to 500 characters, under names of up to 40")
  )
  return new AccountRequest({
    code: wanted,
    asset: known.code,
    normalSide: side,
    balanceRule: rule,
    overdraftMinor,
    metadata: texts
  })
})

/** What the command does. */
export const run = Effect.fnUntraced(function*(input: Input) {
  const request = yield* requestOf(input)
  const account: Account = yield* withBooks(
    LedgerStore.use((ledger) =>
      Effect.flatMap(ledger.openAccounts([request]), ([answer]) => Effect.fromResult(answer!))
    )
  )
  yield* print(input.json, accountJson(account), `${account.state}: ${account.code}, ${account.asset}`)
})
