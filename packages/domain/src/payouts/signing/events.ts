/** Words what others may want to know about money going out. */
import { OutboxEvent } from "../../outbox/index.ts"
import type { Payout } from "../Payout.ts"

const topics = {
  signed: "payout.signed",
  confirmed: "payout.confirmed",
  failed: "payout.failed",
  simulated: "payout.simulated"
} as const

const isEnding = (status: Payout["status"]): status is keyof typeof topics => status in topics

/** `sent` is when the rail has it for the first time: a payout can be looked for and found again after that. */
const topicOf = (before: Payout, after: Payout): string | undefined => {
  if (after.status === "sent") return before.takenAtMillis === null ? "payout.sent" : undefined
  return before.status !== after.status && isEnding(after.status) ? topics[after.status] : undefined
}

/** `payout.<status>` when a payout came to a status that others wait for; nothing for lesser changes. */
export const payoutEvents = (before: Payout, after: Payout, atMillis: number): ReadonlyArray<OutboxEvent> => {
  const topic = topicOf(before, after)
  if (topic === undefined) return []
  const payload = {
    payout_key: after.key,
    player: after.player,
    asset: after.asset,
    amount: String(after.amountMinor),
    block: after.block ?? before.block ?? "",
    round: String(after.round),
    dry_run: String(after.dryRun),
    failure_reason: after.failureReason ?? ""
  }
  return [new OutboxEvent({ topic, key: after.id, payload, atMillis })]
}
