/** Makes payouts of shares: rows, payout and posting commit together. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { AccountError, LedgerError } from "../../ledger/index.ts"
import { Asset } from "../../money/index.ts"
import { OutboxEvent } from "../../outbox/index.ts"
import {
  Payout,
  PayoutId,
  type PayoutKey,
  payoutKey,
  PayoutPostings,
  PayoutRules,
  RetryRules
} from "../../payouts/index.ts"
import { AccrualPostings, type PlayerId, SettlementRules, WalletRules } from "../../rewards/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { Ports } from "../ports.ts"
import { candidatesAmong, type Look } from "./candidates.ts"

const amountOf = ({ accruals }: SettlementRules.Share): bigint =>
  accruals.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)

interface Payable {
  readonly share: SettlementRules.Share
  readonly key: PayoutKey
  readonly payee: string
}

const made = (ports: Ports, { key, payee, share }: Payable, nowMillis: number): Payout =>
  new Payout({
    id: PayoutId.make(key.slice(0, 32)),
    key,
    player: share.playerId,
    payee,
    asset: Asset.BAN.code,
    amountMinor: amountOf(share),
    dryRun: ports.settings.dryRun,
    status: "queued",
    queuedAtMillis: nowMillis,
    round: 0,
    block: null,
    takenAtMillis: null,
    attempts: 0,
    firstAttemptAtMillis: null,
    lastAttemptAtMillis: null,
    nextAttemptAtMillis: nowMillis,
    failureReason: null
  })

/** The same debt again: its row is taken up in a new round. Its rows are free, or they would not be in a share. */
const revived = (before: Payout, nowMillis: number) =>
  PayoutRules.next(before, { _tag: "AdminRetry", isDebtFree: true }, {
    nowMillis,
    chance: 0,
    retry: RetryRules.standard
  })

/** The payout of a debt, new or in a new round. One of it that is under way, or paid, is a broken invariant. */
const payoutOf = (
  ports: Ports,
  payable: Payable,
  { before, nowMillis }: { before: Payout | undefined; nowMillis: number }
) => {
  if (before === undefined) return made(ports, payable, nowMillis)
  const { payout } = Result.getOrThrowWith(revived(before, nowMillis), (why) => why)
  return new Payout({ ...payout, payee: payable.payee })
}

/** Keeps a payout for each, in the same order: those that are new in one statement. */
const keepAll = Effect.fnUntraced(
  function*({ payouts, ...ports }: Ports, payables: ReadonlyArray<Payable>, nowMillis: number) {
    const known = new Map((yield* payouts.byKeys(payables.map(({ key }) => key))).map((payout) => [payout.key, payout]))
    const kept = payables.map((payable) => {
      const before = known.get(payable.key)
      return { before, after: payoutOf({ payouts, ...ports }, payable, { before, nowMillis }) }
    })
    yield* payouts.add(kept.flatMap(({ after, before }) => before === undefined ? [after] : []))
    yield* Effect.forEach(
      kept,
      ({ after, before }) => before === undefined ? Effect.void : payouts.move(before, after),
      {
        discard: true
      }
    )
    return kept.map(({ after }) => after)
  }
)

const told = ({ amountMinor, dryRun, id, player, round }: Payout, atMillis: number): OutboxEvent =>
  new OutboxEvent({
    topic: "payout.queued",
    key: id,
    payload: { player, amount: String(amountMinor), dry_run: String(dryRun), round: String(round) },
    atMillis
  })

/** Settles these players alone, as everything is stored now: what changed since they were drawn counts. */
const sharesNow = Effect.fnUntraced(function*(ports: Ports, ids: ReadonlyArray<PlayerId>, look: Look) {
  const { config: { caps: { unit } } } = look
  const found = yield* candidatesAmong(ports, ids, look)
  const { shares } = SettlementRules.settle(found, { unit, seed: 0, batchSize: 0 })
  const links = Map.groupBy(yield* ports.wallets.links(ids), ({ playerId }) => playerId)
  return shares.flatMap((share): ReadonlyArray<Payable> => {
    const payee = WalletRules.payeeOf(links.get(share.playerId) ?? [], look.nowMillis)
    if (payee === undefined || amountOf(share) === 0n) return []
    const key = Result.getOrThrowWith(payoutKey(share.accruals.map(({ id }) => id)), (why) => why)
    return [{ share, key, payee: payee.address }]
  })
})

const work = Effect.fnUntraced(function*(ports: Ports, ids: ReadonlyArray<PlayerId>, config: Look["config"]) {
  const { earnings, outbox, settings: { dryRun } } = ports
  const nowMillis = yield* Clock.currentTimeMillis
  const payables = yield* sharesNow(ports, ids, { config, nowMillis })
  yield* earnings.split(payables.flatMap(({ share }) => share.split ?? []))
  const payouts = yield* keepAll(ports, payables, nowMillis)
  yield* Effect.forEach(
    payables,
    ({ share }, at) => earnings.assign(payouts[at]!.id, share.accruals.map(({ id }) => id)),
    { discard: true }
  )
  yield* outbox.append(payouts.map((payout) => told(payout, nowMillis)))
  const sets = payables.map(({ share }, at) =>
    PayoutPostings.made(payouts[at]!, AccrualPostings.earnedAccount(share.playerId, dryRun))
  )
  return { sets, value: payables.map(({ share }, at) => ({ payout: payouts[at]!, accruals: share.accruals.length })) }
})

/** A payout, and how many rows are in it. */
export interface Made {
  readonly payout: Payout
  readonly accruals: number
}

/** Makes the payouts of these players: at most one each, and none for whom something changed so that nothing is due. */
export const pay = (
  ports: Ports,
  ids: ReadonlyArray<PlayerId>,
  config: Look["config"]
): Effect.Effect<ReadonlyArray<Made>, LedgerError | StorageError> =>
  Effect.map(ports.ledger.postWith(work(ports, ids, config)), ({ value }) => value)

/** Opens the accounts that payouts are posted to. */
export const openAccounts = (
  { ledger, settings: { dryRun } }: Ports
): Effect.Effect<void, AccountError | StorageError> =>
  Effect.flatMap(
    ledger.openAccounts(PayoutPostings.accountRequests(dryRun)),
    (answers) => Effect.forEach(answers, Effect.fromResult, { discard: true })
  )
