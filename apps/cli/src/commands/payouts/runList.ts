/** Lists payouts. */
import { type Payout, PayoutId, type PayoutStatus, PayoutStore } from "@purser/domain/payouts"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { somePlayerId } from "../../faucet/given.ts"
import { ban, ends, moment, payoutJson } from "../../faucet/shown.ts"
import { withFaucet } from "../../faucet/withFaucet.ts"
import { failed } from "../../terminal/CommandFailed.ts"
import { print } from "../../terminal/output.ts"
import { table } from "../../terminal/table.ts"
import { pageSize } from "../ledger/given.ts"
import { pageOf, withNext } from "../ledger/search/page.ts"

interface Input {
  readonly player: Option.Option<string>
  readonly status: Option.Option<PayoutStatus>
  readonly after: Option.Option<string>
  readonly limit: number
  readonly json: boolean
}

const placeOf = (text: string) =>
  Effect.mapError(Schema.decodeUnknownEffect(PayoutId)(text), () => failed("--after: expected the id of a payout"))

const found = Effect.fnUntraced(function*({ after, limit, player, status }: Input) {
  const playerId = yield* somePlayerId(player)
  const place = Option.isNone(after) ? undefined : yield* placeOf(after.value)
  const store = yield* PayoutStore
  return yield* pageOf(limit, (wanted) =>
    store.list({
      ...playerId === undefined ? {} : { player: playerId },
      ...Option.isNone(status) ? {} : { status: status.value },
      ...place === undefined ? {} : { after: place },
      sortBy: "queued",
      order: "descending",
      limit: wanted
    }))
})

const worded = (rows: ReadonlyArray<Payout>): string =>
  table([
    { heading: "queued", text: ({ queuedAtMillis }) => moment(queuedAtMillis) },
    { heading: "status", text: ({ status }) => status },
    { heading: "BAN", figures: true, text: ({ amountMinor }) => ban(amountMinor) },
    { heading: "player", text: ({ player }) => player },
    { heading: "address", text: ({ payee }) => ends(payee, 12) },
    { heading: "block", text: ({ block }) => ends(block) },
    { heading: "attempts", figures: true, text: ({ attempts }) => String(attempts) },
    { heading: "reason", text: ({ failureReason }) => failureReason ?? "" },
    { heading: "id", text: ({ id }) => id }
  ], rows)

/** What the command does. */
export const run = Effect.fnUntraced(function*(input: Input) {
  yield* pageSize(input.limit)
  const { hasMore, rows } = yield* withFaucet(found(input))
  const next = hasMore ? rows.at(-1)!.id : null
  yield* print(
    input.json,
    { payouts: rows.map(payoutJson), next },
    rows.length === 0 ? "no payouts" : withNext(worded(rows), next)
  )
})
