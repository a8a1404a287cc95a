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

/** Keeps a payout of this debt; a payout of it that is under way, or paid, is a broken invariant. */
const keep = Effect.fnUntraced(function*(ports: Ports, payable: Payable, nowMillis: number) {
  const [before] = yield* ports.payouts.byKeys([payable.key])
  if (before === undefined) {
    const payout = made(ports, payable, nowMillis)
    yield* ports.payouts.add([payout])
    return payout
  }
  const next = Result.getOrThrowWith(revived(before, nowMillis), (why) => why)
  const payout = new Payout({ ...next.payout, payee: payable.payee })
  yield* ports.payouts.move(before, payout)
  return payout
})

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
  const payouts = yield* Effect.forEach(
    payables,
    Effect.fnUntraced(function*(payable) {
      const payout = yield* keep(ports, payable, nowMillis)
      yield* earnings.assign(payout.id, payable.share.accruals.map(({ id }) => id))
      return payout
    })
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
