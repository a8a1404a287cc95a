/** Lists accounts with their balances. */
import { type Account, type AccountCode, balanceMinor, heldMinor, type LedgerStore } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import { explain } from "../../terminal/explain.ts"
import { print } from "../../terminal/output.ts"
import { table } from "../../terminal/table.ts"
import { accountJson, inAsset, onBooks } from "./books.ts"

const page = 500

/** Pages through the codes, so that a large chart of accounts is read in small statements. */
const readAll = Effect.fnUntraced(function*(ledger: LedgerStore["Service"], prefix: string, limit: number) {
  const found: Array<Account> = []
  let after: AccountCode | undefined
  while (found.length < limit) {
    const wanted = Math.min(page, limit - found.length)
    const query = { prefix, limit: wanted, ...(after === undefined ? {} : { after }) }
    const rows = yield* explain(ledger.accounts(query))
    found.push(...rows)
    after = rows.at(-1)?.code
    if (rows.length < wanted) break
  }
  return found
})

interface Input {
  readonly prefix: string
  readonly limit: number
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json, limit, prefix }: Input) {
  const rows = yield* onBooks((ledger) => readAll(ledger, prefix, Math.max(1, limit)))
  const text = table([
    { heading: "account", text: ({ code }) => code },
    { heading: "asset", text: ({ asset }) => asset },
    { heading: "balance", figures: true, text: (row) => inAsset(balanceMinor(row.normalSide, row), row.asset) },
    { heading: "held", figures: true, text: (row) => inAsset(heldMinor(row.normalSide, row), row.asset) },
    { heading: "side", text: ({ normalSide }) => normalSide },
    { heading: "state", text: ({ state }) => state }
  ], rows)
  yield* print(json, rows.map(accountJson), rows.length === 0 ? "no accounts" : text)
})
