/** Lists what moved an account, with its balance after each line. */
import type { Account, Entry } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { failed } from "../../terminal/CommandFailed.ts"
import { explain } from "../../terminal/explain.ts"
import { print } from "../../terminal/output.ts"
import { table } from "../../terminal/table.ts"
import { accountCode, balanceMinor, existing, inAsset, onBooks } from "./books.ts"

const time = (millis: number): string => new Date(millis).toISOString()

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

const longestReference = 20

const shortened = (reference: string | null): string =>
  reference === null || reference.length <= longestReference
    ? reference ?? ""
    : `${reference.slice(0, longestReference - 1)}…`

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
  const from = Option.getOrElse(after, () => "0")
  if (!/^\d{1,18}$/u.test(from)) return yield* failed("--after: expected a whole number")
  if (limit < 1 || limit > 1000) return yield* failed("--limit: expected 1 to 1,000")
  const { account, entries } = yield* onBooks((ledger) =>
    Effect.gen(function*() {
      const account = yield* existing(ledger, wanted)
      return { account, entries: yield* explain(ledger.statement({ account: wanted, after: BigInt(from), limit })) }
    })
  )
  yield* print(json, entries.map(shown(account)), entries.length === 0 ? "no lines" : worded(account, entries))
})
