/** Closes an account. */
import { LedgerStore } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import { print } from "../../../terminal/output.ts"
import { accountCode, accountJson, withBooks } from "../books.ts"

/** What the command does. */
export const run = Effect.fnUntraced(function*({ code, json }: { readonly code: string; readonly json: boolean }) {
  const wanted = yield* accountCode(code)
  const account = yield* withBooks(
    LedgerStore.use((ledger) => Effect.flatMap(ledger.closeAccount(wanted), Effect.fromResult))
  )
  yield* print(json, accountJson(account), `closed: ${account.code}`)
})
