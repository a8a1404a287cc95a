/** Lets admins decide about signals. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { OutboxEvent } from "../../outbox/index.ts"
import type { Player } from "../../rewards/index.ts"
import { DedupeKey, OutcomeRules, type SignalQuery, SignalRules, type Verdict } from "../../risk/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { Actor, ReviewItem } from "../FaucetAdmin.ts"
import { assessed } from "../outcomes.ts"
import type { Ports } from "../ports.ts"
import { note } from "./audited.ts"

/** What an admin decides. */
export interface ReviewDecision {
  readonly dedupeKey: string
  readonly verdict: Verdict
  readonly note: string
}

/** Signals with their players. */
export const reviews = Effect.fnUntraced(function*(
  { players, risk }: Ports,
  query: SignalQuery
): Effect.fn.Return<ReadonlyArray<ReviewItem>, StorageError> {
  const found = yield* risk.list(query)
  const ids = [...new Set(found.map(({ signal }) => signal.playerId))]
  const byId = new Map((yield* players.byIds(ids)).map((player) => [player.id, player]))
  return found.map((raised) => ({
    raised,
    explanation: SignalRules.explain(raised.signal),
    player: byId.get(raised.signal.playerId) ?? null
  }))
})

const unknown = new OutcomeRules.ReviewRefused({ why: "SignalUnknown" })

const signalOf = Effect.fnUntraced(function*({ risk }: Ports, text: string) {
  const key = Result.try(() => DedupeKey.make(text))
  if (Result.isFailure(key)) return yield* unknown
  const raised = yield* risk.byKey(key.success)
  return Option.isNone(raised) ? yield* unknown : raised.value.signal
})

const decide = Effect.fnUntraced(function*(ports: Ports, actor: Actor, decision: ReviewDecision) {
  const signal = yield* signalOf(ports, decision.dedupeKey)
  const [player] = yield* ports.players.byIds([signal.playerId])
  if (player === undefined) return yield* unknown
  const atMillis = yield* Clock.currentTimeMillis
  const known = (yield* ports.risk.cases([player.id])).get(player.id) ?? { signals: [], reviews: [] }
  const review = yield* Effect.fromResult(OutcomeRules.review(known, {
    ...decision,
    dedupeKey: signal.dedupeKey,
    actor: actor.name,
    atMillis
  }))
  yield* ports.risk.addReview(review)
  const judged = (yield* assessed(ports, [player])).get(player.id) ?? player
  const [kept = judged] = judged.risk === player.risk ? [player] : yield* ports.players.put([judged])
  yield* note(ports, actor, {
    action: "risk.review",
    subject: signal.dedupeKey,
    details: {
      player: player.id,
      kind: signal.kind,
      verdict: review.verdict,
      note: review.note,
      outcome: `${player.risk} → ${kept.risk}`
    }
  })
  yield* ports.outbox.append([
    new OutboxEvent({ topic: "risk.reviewed", key: player.id, payload: { outcome: kept.risk }, atMillis })
  ])
  return kept
})

/** Keeps a decision; what follows for the player follows at once. */
export const review = (
  ports: Ports,
  actor: Actor,
  decision: ReviewDecision
): Effect.Effect<Player, OutcomeRules.ReviewRefused | StorageError> =>
  ports.transaction.atomically(decide(ports, actor, decision))
