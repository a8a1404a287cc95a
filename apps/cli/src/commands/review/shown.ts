/** Shows a sign of abuse to programs, in the words of the HTTP API. */
import type { ReviewItem } from "@purser/domain/faucet"
import { time } from "../ledger/shown.ts"

/** A sign of abuse as every `--json` shows it. */
export const reviewJson = ({ explanation, player, raised }: ReviewItem) => {
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
    raised_at: time(raisedAtMillis),
    player_id: signal.playerId,
    player: player &&
      { discord_id: player.discordId, discord_username: player.discordName, outcome: player.risk },
    review: review && { verdict: review.verdict, note: review.note, actor: review.actor, at: time(review.atMillis) }
  }
}

/** What holds for the player, in words. */
export const outcomes = {
  none: "nothing is open; the player is paid",
  watch: "something is open; the player is paid all the same",
  hold: "paying waits until somebody has decided; what is earned is booked",
  confirmed: "abuse was confirmed: nothing is paid"
} as const
