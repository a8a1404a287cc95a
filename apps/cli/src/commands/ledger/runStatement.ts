/** Lists what moved an account, with its balance after each line. */
import { type Account, balanceMinor, type Entry } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { explain } from "../../terminal/explain.ts"
import { print } from "../../terminal/output.ts"
import { table } from "../../terminal/table.ts"
import { accountCode, existing, inAsset, onBooks } from "./books.ts"
import { pageSize, placeOption } from "./given.ts"
import { pageOf, withNext } from "./search/page.ts"
import { shortened, time } from "./shown.ts"

const shown = (account: Account) => (entry: Entry) => ({
  line: entry.accountVersion,
  sequence: entry.transfer.sequence,
  booked_at: time(entry.transfer.bookedAtMillis),
  effective_at: time(entry.transfer.effectiveAtMillis),
  kind: entry.transfer.kind,
  reason: entry.transfer.reason,
  reference: entry.transfer.reference,
  side: entry.transfer.debit === account.code ? "debit" : "credit",
  other_account: entry.transfer.debit === account.code ? entry.transfer.credit : entry.transfer.debit,
  amount_minor: entry.transfer.amountMinor,
  balance_minor: balanceMinor(account.normalSide, entry)
})

const worded = (account: Account, entries: ReadonlyArray<Entry>): string =>
  table([
    { heading: "line", figures: true, text: ({ line }) => String(line) },
    { heading: "booked", text: ({ booked_at }) => booked_at },
    { heading: "kind", text: ({ kind }) => kind },
    { heading: "reason", text: ({ reason }) => reason },
    { heading: "reference", text: ({ reference }) => shortened(reference) },
    { heading: "side", text: ({ side }) => side },
    { heading: "amount", figures: true, text: ({ amount_minor }) => inAsset(amount_minor, account.asset) },
    { heading: "balance", figures: true, text: ({ balance_minor }) => inAsset(balance_minor, account.asset) }
  ], entries.map(shown(account)))

interface Input {
  readonly code: string
  readonly after: Option.Option<string>
  readonly limit: number
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ after, code, json, limit }: Input) {
  const wanted = yield* accountCode(code)
  const from = (yield* placeOption("--after", after)) ?? 0n
  const size = yield* pageSize(limit)
  const { account, page } = yield* onBooks((ledger) =>
    Effect.gen(function*() {
      const account = yield* existing(ledger, wanted)
      const read = (limit: number) => ledger.statement({ account: wanted, after: from, limit })
      return { account, page: yield* explain(pageOf(size, read)) }
    })
  )
  const next = page.hasMore ? page.rows.at(-1)!.accountVersion : null
  yield* print(
    json,
    { lines: page.rows.map(shown(account)), next },
    page.rows.length === 0 ? "no lines" : withNext(worded(account, page.rows), next)
  )
})
