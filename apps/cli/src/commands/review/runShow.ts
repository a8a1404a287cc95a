/** Shows one sign of abuse. */
import type { ReviewItem } from "@purser/domain/faucet"
import { PlayerStore } from "@purser/domain/rewards"
import { DedupeKey, OutcomeRules, RiskStore, SignalRules } from "@purser/domain/risk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { moment } from "../../faucet/shown.ts"
import { withFaucet } from "../../faucet/withFaucet.ts"
import { print } from "../../terminal/output.ts"
import { pairs } from "../../terminal/table.ts"
import { outcomes, reviewJson } from "./shown.ts"

const unknown = new OutcomeRules.ReviewRefused({ why: "SignalUnknown" })

const found = Effect.fnUntraced(function*(text: string) {
  if (!Schema.is(DedupeKey)(text)) return yield* unknown
  const raised = yield* RiskStore.use(({ byKey }) => byKey(text))
  if (Option.isNone(raised)) return yield* unknown
  const { signal } = raised.value
  const [player = null] = yield* PlayerStore.use(({ byIds }) => byIds([signal.playerId]))
  return { raised: raised.value, player, explanation: SignalRules.explain(signal) } satisfies ReviewItem
})

const decided = ({ raised: { review } }: ReviewItem): ReadonlyArray<readonly [string, string]> =>
  review === null
    ? [["decided", "not yet: purser review clear, or purser review confirm"]]
    : [["decided", `${review.verdict} by ${review.actor} at ${moment(review.atMillis)}`], ["note", review.note]]

const worded = (item: ReviewItem): string => {
  const { explanation, player, raised: { raisedAtMillis, signal } } = item
  return pairs([
    ["sign", `${signal.kind}, ${signal.severity}`],
    ["measured", explanation],
    ["raised", moment(raisedAtMillis)],
    ["player", player === null ? signal.playerId : `${player.discordName}, ${player.discordId ?? signal.playerId}`],
    ...player === null ? [] : [["holds", `${player.risk}: ${outcomes[player.risk]}`] as const],
    ...decided(item),
    ...signal.evidence.map((line, at) => [at === 0 ? "evidence" : "", line] as const)
  ])
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json, key }: { readonly key: string; readonly json: boolean }) {
  const item = yield* withFaucet(found(key))
  yield* print(json, reviewJson(item), worded(item))
})
