/** Translates how admins look after players. */
import { adminReverifyEndpoint, decideEndpoint, type ReviewEntry, reviewsEndpoint } from "@purser/contract/faucet"
import type { FaucetAdmin, ReviewItem } from "@purser/domain/faucet"
import { DiscordAccountId, PlayerId } from "@purser/domain/rewards"
import * as Effect from "effect/Effect"
import { type Implementation, implementForAdmin } from "../../server/Implementation.ts"
import { answered } from "../../server/Reply.ts"
import { reverified } from "./player.ts"
import { replied } from "./refusals.ts"
import { instant, pageOf } from "./wire.ts"

const pageDefault = 50

const entry = ({ explanation, player, raised }: ReviewItem): typeof ReviewEntry.Type => {
  const { raisedAtMillis, review, sequence, signal } = raised
  return {
    sequence,
    dedupe_key: signal.dedupeKey,
    kind: signal.kind,
    severity: signal.severity,
    explanation,
    value: signal.value,
    threshold: signal.threshold,
    evidence: signal.evidence,
    raised_at: instant(raisedAtMillis),
    player_id: signal.playerId,
    player: player &&
      { discord_id: player.discordId, discord_username: player.discordName, outcome: player.risk },
    review: review &&
      { verdict: review.verdict, note: review.note, actor: review.actor, at: instant(review.atMillis) }
  }
}

/** `POST /admin/reverify`, `GET /admin/reviews` and `POST /admin/reviews/decide`. */
export const adminPlayerHandlers = (admin: FaucetAdmin["Service"]): ReadonlyArray<Implementation> => [
  implementForAdmin(
    adminReverifyEndpoint,
    ({ payload }, { actor }) =>
      replied(
        admin.reverify(actor, DiscordAccountId.make(payload.discord_id)),
        (player) => answered(200, reverified(player))
      )
  ),
  implementForAdmin(reviewsEndpoint, ({ query }) => {
    const { cursor, limit = pageDefault, open, player } = query
    const asked = {
      ...player === undefined ? {} : { playerId: PlayerId.make(player) },
      ...open === undefined ? {} : { isOpen: open },
      ...cursor === undefined ? {} : { before: cursor }
    }
    return Effect.map(admin.reviews({ ...asked, limit: limit + 1 }), (found) => {
      const { last, rows } = pageOf(found, limit)
      return answered(200, { reviews: rows.map(entry), next: last?.raised.sequence ?? null })
    })
  }),
  implementForAdmin(
    decideEndpoint,
    ({ payload: { dedupe_key, note, verdict } }, { actor }) =>
      replied(
        admin.review(actor, { dedupeKey: dedupe_key, verdict, note }),
        (player) => answered(200, { player_id: player.id, outcome: player.risk })
      )
  )
]
