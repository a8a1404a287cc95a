/** Lists signs of abuse. */
import { FaucetAdmin, type ReviewItem } from "@purser/domain/faucet"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { somePlayerId } from "../../faucet/given.ts"
import { moment } from "../../faucet/shown.ts"
import { withFaucet } from "../../faucet/withFaucet.ts"
import { print } from "../../terminal/output.ts"
import { table } from "../../terminal/table.ts"
import { pageSize, placeOption } from "../ledger/given.ts"
import { pageOf, withNext } from "../ledger/search/page.ts"
import { reviewJson } from "./shown.ts"

interface Input {
  readonly all: boolean
  readonly player: Option.Option<string>
  readonly after: Option.Option<string>
  readonly limit: number
  readonly json: boolean
}

const found = Effect.fnUntraced(function*({ all, after, limit, player }: Input) {
  const before = yield* placeOption("--after", after)
  const playerId = yield* somePlayerId(player)
  const admin = yield* FaucetAdmin
  return yield* pageOf(limit, (wanted) =>
    admin.reviews({
      ...all ? {} : { isOpen: true },
      ...playerId === undefined ? {} : { playerId },
      ...before === undefined ? {} : { before },
      limit: wanted
    }))
})

const worded = (rows: ReadonlyArray<ReviewItem>): string =>
  table([
    { heading: "raised", text: ({ raised }) => moment(raised.raisedAtMillis) },
    { heading: "player", text: ({ player, raised }) => player?.discordName ?? raised.signal.playerId },
    { heading: "holds", text: ({ player }) => player?.risk ?? "" },
    { heading: "decided", text: ({ raised }) => raised.review?.verdict ?? "open" },
    { heading: "sign", text: ({ raised }) => `${raised.signal.kind}, ${raised.signal.severity}` },
    { heading: "key", text: ({ raised }) => raised.signal.dedupeKey }
  ], rows)

/** What the command does. */
export const run = Effect.fnUntraced(function*(input: Input) {
  yield* pageSize(input.limit)
  const { hasMore, rows } = yield* withFaucet(found(input))
  const next = hasMore ? rows.at(-1)!.raised.sequence : null
  const none = input.all ? "no signs of abuse" : "nothing to review"
  yield* print(
    input.json,
    { reviews: rows.map(reviewJson), next },
    rows.length === 0 ? none : withNext(worded(rows), next)
  )
})
