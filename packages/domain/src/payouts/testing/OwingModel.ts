/** Models a program that owes: debts that are booked, payouts that are made of them, and what an operator allows. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { LedgerStore, type LinkedSet } from "../../ledger/index.ts"
import { Accrual, AccrualId, AccrualPostings, EpicId, PlayerId } from "../../rewards/index.ts"
import { Transaction } from "../../transaction/index.ts"
import {
  Payout,
  type PayoutId,
  payoutKey,
  type PayoutPolicy,
  PayoutPostings,
  PayoutRules,
  PayoutStore,
  type RetryRules,
  type SpendLimits
} from "../index.ts"
import { payoutOf } from "./examples.ts"

/** More than any test spends. */
const plentyMinor = 10n ** 17n

/** What a player earned, in minor units; one payout is made of each. The name makes the payout's id. */
export interface Debt {
  readonly name: string
  readonly player: string
  readonly amountMinor: bigint
  /** When it was queued; now unless given. */
  readonly queuedAtMillis?: number
}

const debtAccount = ({ dryRun, player }: Pick<Payout, "dryRun" | "player">) =>
  AccrualPostings.earnedAccount(PlayerId.make(player), dryRun)

const accrualOf = ({ amountMinor, name, player }: Debt): Accrual =>
  new Accrual({
    id: AccrualId.make(name),
    playerId: PlayerId.make(player),
    epicId: EpicId.make(player),
    epochMinute: 0,
    kills: 1,
    rateMinor: amountMinor,
    amountMinor
  })

const post = (sets: ReadonlyArray<LinkedSet>) =>
  LedgerStore.use((ledger) =>
    Effect.flatMap(ledger.post(sets), (answers) => Effect.forEach(answers, Effect.fromResult, { discard: true }))
  )

const atomically = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Transaction.use((transaction) => transaction.atomically(effect))

/** What the operator says, and what was given back. Change it between steps. */
export class OwingModel {
  readonly dryRun: boolean
  retry: RetryRules.RetryPolicy = { baseMillis: 1_000, ceilingMillis: 8_000, mostAttempts: 3 }
  limits: SpendLimits = {
    floorMinor: 0n,
    hourlyCeilingMinor: plentyMinor,
    dailyCeilingMinor: plentyMinor,
    killSwitch: false
  }
  /** Where players want to be paid who are not paid at the address that their name makes; null is nowhere. */
  readonly payees = new Map<string, string | null>()
  /** Payouts whose debts were given back, as often as they were; also in transactions that did not commit. */
  readonly released: Array<PayoutId> = []

  readonly #addressOf: (player: string) => string

  constructor({ addressOf = (player: string) => `payee-${player}`, dryRun = false } = {}) {
    this.dryRun = dryRun
    this.#addressOf = addressOf
  }

  /** The port. */
  get policy(): PayoutPolicy["Service"] {
    return {
      dryRun: this.dryRun,
      retry: this.retry,
      limits: Effect.sync(() => this.limits),
      payee: ({ player }) => Effect.sync(() => this.#payeeOf(player)),
      release: (id) => Effect.sync(() => void this.released.push(id)),
      debtAccount
    }
  }

  /** Books what was earned, and makes a payout of it. */
  readonly owe = Effect.fnUntraced({ self: this }, function*(debt: Debt) {
    const accrual = accrualOf(debt)
    const key = Result.getOrThrow(payoutKey([accrual.id]))
    const nowMillis = yield* Clock.currentTimeMillis
    const { amountMinor, name, player, queuedAtMillis = nowMillis } = debt
    const payee = this.#payeeOf(player) ?? this.#addressOf(player)
    const payout = payoutOf(name, { key, player, amountMinor, payee, queuedAtMillis, dryRun: this.dryRun })
    yield* LedgerStore.use((ledger) =>
      ledger.openAccounts([
        ...AccrualPostings.accountRequests(accrual.playerId, this.dryRun),
        ...PayoutPostings.accountRequests(this.dryRun)
      ])
    )
    yield* atomically(Effect.gen(function*() {
      yield* PayoutStore.use((payouts) => payouts.add([payout]))
      yield* post([
        AccrualPostings.accrued(accrual, payout.dryRun),
        PayoutPostings.made(payout, debtAccount(payout))
      ])
    }))
    return payout
  })

  /** Takes a debt up again that was given back, as an admin or the next settlement does. The reason where the rules refuse. */
  readonly takeUp = Effect.fnUntraced({ self: this }, function*(id: PayoutId) {
    const nowMillis = yield* Clock.currentTimeMillis
    return yield* atomically(Effect.gen({ self: this }, function*() {
      const payouts = yield* PayoutStore
      const [before] = yield* payouts.byIds([id])
      const event = { _tag: "AdminRetry", isDebtFree: true } as const
      const decided = PayoutRules.next(before!, event, { nowMillis, chance: 0, retry: this.retry })
      if (Result.isFailure(decided)) return decided.failure.why
      const after = new Payout({ ...decided.success.payout, payee: this.#payeeOf(before!.player) ?? before!.payee })
      yield* payouts.move(before!, after)
      yield* post([PayoutPostings.made(after, debtAccount(after))])
      return after
    }))
  })

  #payeeOf(player: string): string | null {
    const payee = this.payees.get(player)
    return payee === undefined ? this.#addressOf(player) : payee
  }
}
