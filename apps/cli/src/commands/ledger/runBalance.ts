/** Shows what an account stands at, now or at a point in the past. */
import { type Account, balanceMinor, heldMinor, type LedgerStore } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type CommandFailed, failed } from "../../terminal/CommandFailed.ts"
import { explain } from "../../terminal/explain.ts"
import { print } from "../../terminal/output.ts"
import { pairs } from "../../terminal/table.ts"
import { accountCode, existing, inAsset, onBooks } from "./books.ts"
import { placeOption, timeOption } from "./given.ts"

type Point = Parameters<LedgerStore["Service"]["balanceAt"]>[1]

const pointOf = Effect.fnUntraced(function*(
  at: Option.Option<string>,
  sequence: Option.Option<string>
): Effect.fn.Return<Option.Option<Point>, CommandFailed> {
  if (Option.isSome(at) && Option.isSome(sequence)) return yield* failed("give --at or --sequence, not both")
  const effectiveAtMillis = yield* timeOption("--at", at)
  if (effectiveAtMillis !== undefined) return Option.some({ effectiveAtMillis })
  const booked = yield* placeOption("--sequence", sequence)
  return booked === undefined ? Option.none() : Option.some({ sequence: booked })
})

const nothing = { debitsPostedMinor: 0n, debitsPendingMinor: 0n, creditsPostedMinor: 0n, creditsPendingMinor: 0n }

const totalsAt = (ledger: LedgerStore["Service"], account: Account, point: Option.Option<Point>) =>
  Option.match(point, {
    onNone: () => Effect.succeed(account),
    onSome: (at) => Effect.map(explain(ledger.balanceAt(account.code, at)), Option.getOrElse(() => nothing))
  })

interface Input {
  readonly code: string
  readonly at: Option.Option<string>
  readonly sequence: Option.Option<string>
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ at, code, json, sequence }: Input) {
  const wanted = yield* accountCode(code)
  const point = yield* pointOf(at, sequence)
  const { account, totals } = yield* onBooks((ledger) =>
    Effect.gen(function*() {
      const account = yield* existing(ledger, wanted)
      return { account, totals: yield* totalsAt(ledger, account, point) }
    })
  )
  const standing = balanceMinor(account.normalSide, totals)
  const held = heldMinor(account.normalSide, totals)
  yield* print(
    json,
    {
      code: account.code,
      asset: account.asset,
      balance_minor: standing,
      held_minor: held,
      debits_posted_minor: totals.debitsPostedMinor,
      credits_posted_minor: totals.creditsPostedMinor,
      debits_pending_minor: totals.debitsPendingMinor,
      credits_pending_minor: totals.creditsPendingMinor
    },
    pairs([
      ["balance", `${inAsset(standing, account.asset)} ${account.asset}`],
      ["held", `${inAsset(held, account.asset)} ${account.asset}`],
      ["debits", inAsset(totals.debitsPostedMinor, account.asset)],
      ["credits", inAsset(totals.creditsPostedMinor, account.asset)]
    ])
  )
})
