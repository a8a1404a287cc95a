/** Takes the debt of a failed payout up again. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { OutboxEvent } from "../../outbox/index.ts"
import { Payout, PayoutId, payoutKey, PayoutPostings, PayoutRules, RetryRules } from "../../payouts/index.ts"
import { type AccrualId, AccrualPostings, PlayerId, WalletRules } from "../../rewards/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { Actor } from "../FaucetAdmin.ts"
import { PayoutUnknown } from "../FaucetError.ts"
import type { Ports } from "../ports.ts"
import { note } from "./audited.ts"

/** The rows of the debt, if all of them are free: their key is that of the payout, and none is in another. */
const freeRows = Effect.fnUntraced(function*({ earnings }: Ports, payout: Payout) {
  const rows = yield* earnings.lastIn(payout.id)
  const ids = rows.map(({ accrual }) => accrual.id)
  const isWhole = Result.match(payoutKey(ids), { onFailure: () => false, onSuccess: (key) => key === payout.key })
  const none: ReadonlyArray<AccrualId> = []
  return isWhole && rows.every(({ payoutId }) => payoutId === null) ? ids : none
})

/** The wallet that counts now; the one it was made for, where the player has none. The signer looks again. */
const payeeOf = Effect.fnUntraced(function*({ wallets }: Ports, payout: Payout, nowMillis: number) {
  const links = yield* wallets.links([PlayerId.make(payout.player)])
  return WalletRules.payeeOf(links, nowMillis)?.address ?? payout.payee
})

const isId = (text: string): boolean => Result.isSuccess(Result.try(() => PayoutId.make(text)))

const work = Effect.fnUntraced(function*(ports: Ports, actor: Actor, text: string) {
  const [before] = isId(text) ? yield* ports.payouts.byIds([PayoutId.make(text)]) : []
  if (before === undefined) return yield* new PayoutUnknown({ payout: text })
  const nowMillis = yield* Clock.currentTimeMillis
  const rows = before.status === "failed" ? yield* freeRows(ports, before) : []
  const { payout: next } = yield* Effect.fromResult(PayoutRules.next(
    before,
    { _tag: "AdminRetry", isDebtFree: rows.length > 0 },
    { nowMillis, chance: 0, retry: RetryRules.standard }
  ))
  const payout = new Payout({ ...next, payee: yield* payeeOf(ports, before, nowMillis) })
  yield* ports.payouts.move(before, payout)
  yield* ports.earnings.assign(payout.id, rows)
  yield* ports.outbox.append([
    new OutboxEvent({
      topic: "payout.queued",
      key: payout.id,
      payload: { player: payout.player, amount: String(payout.amountMinor), round: String(payout.round) },
      atMillis: nowMillis
    })
  ])
  yield* note(ports, actor, {
    action: "payout.retry",
    subject: payout.id,
    details: { status: `${before.status} → ${payout.status}`, round: String(payout.round) }
  })
  const debt = AccrualPostings.earnedAccount(PlayerId.make(payout.player), payout.dryRun)
  return { sets: [PayoutPostings.made(payout, debt)], value: payout }
})

/**
 * Puts the rows of a failed payout into it again. A refusal of the ledger is a broken invariant: a debt that is free was booked
 * back when the payout failed.
 */
export const retryPayout = (
  ports: Ports,
  actor: Actor,
  payoutId: string
): Effect.Effect<Payout, PayoutUnknown | PayoutRules.PayoutRefused | StorageError> =>
  ports.ledger.postWith(work(ports, actor, payoutId)).pipe(
    Effect.catchTag("LedgerError", Effect.die),
    Effect.map(({ value }) => value)
  )
