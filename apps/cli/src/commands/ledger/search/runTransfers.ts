/** Finds transfers. */
import type { Transfer, TransferKind, TransferQuery } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { print } from "../../../terminal/output.ts"
import { table } from "../../../terminal/table.ts"
import { accountCode, inAsset, onBooks } from "../books.ts"
import { pageSize, placeOption, timeOption } from "../given.ts"
import { shortened, time, transferJson } from "../shown.ts"
import { pageOf, withNext } from "./page.ts"

interface Input {
  readonly account: Option.Option<string>
  readonly prefix: Option.Option<string>
  readonly reference: Option.Option<string>
  readonly reason: Option.Option<string>
  readonly kind: Option.Option<TransferKind>
  readonly from: Option.Option<string>
  readonly to: Option.Option<string>
  readonly metadata: Readonly<Record<string, string>>
  readonly oldest: boolean
  readonly after: Option.Option<string>
  readonly limit: number
  readonly json: boolean
}

type Conditions = Omit<TransferQuery, "order" | "limit">

const given = <Name extends string, A>(name: Name, value: A | undefined): { readonly [K in Name]?: A } =>
  value === undefined ? {} : { [name]: value } as { readonly [K in Name]: A }

const conditionsOf = Effect.fnUntraced(function*(input: Input) {
  const account = Option.isNone(input.account) ? undefined : yield* accountCode(input.account.value)
  const conditions: Conditions = {
    ...given("account", account),
    ...given("accountPrefix", Option.getOrUndefined(input.prefix)),
    ...given("reference", Option.getOrUndefined(input.reference)),
    ...given("reason", Option.getOrUndefined(input.reason)),
    ...given("kind", Option.getOrUndefined(input.kind)),
    ...given("bookedFromMillis", yield* timeOption("--from", input.from)),
    ...given("bookedToMillis", yield* timeOption("--to", input.to)),
    ...given("after", yield* placeOption("--after", input.after)),
    ...Object.keys(input.metadata).length === 0 ? {} : { metadata: input.metadata }
  }
  return conditions
})

const worded = (rows: ReadonlyArray<Transfer>): string =>
  table([
    { heading: "sequence", figures: true, text: ({ sequence }) => String(sequence) },
    { heading: "booked", text: ({ bookedAtMillis }) => time(bookedAtMillis) },
    { heading: "kind", text: ({ kind }) => kind },
    { heading: "amount", figures: true, text: ({ amountMinor, asset }) => inAsset(amountMinor, asset) },
    { heading: "asset", text: ({ asset }) => asset },
    { heading: "debit", text: ({ debit }) => debit },
    { heading: "credit", text: ({ credit }) => credit },
    { heading: "reason", text: ({ reason }) => reason },
    { heading: "reference", text: ({ reference }) => shortened(reference) },
    { heading: "id", text: ({ id }) => id }
  ], rows)

/** What the command does. */
export const run = Effect.fnUntraced(function*(input: Input) {
  const limit = yield* pageSize(input.limit)
  const conditions = yield* conditionsOf(input)
  const order = input.oldest ? "oldest_first" : "newest_first"
  const page = yield* onBooks((ledger) =>
    pageOf(limit, (wanted) => ledger.transfers({ ...conditions, order, limit: wanted }))
  )
  const next = page.hasMore ? page.rows.at(-1)!.sequence : null
  yield* print(
    input.json,
    { transfers: page.rows.map(transferJson), next },
    page.rows.length === 0 ? "no transfers" : withNext(worded(page.rows), next)
  )
})
