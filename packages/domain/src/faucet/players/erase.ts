/** Hands out, and forgets, what is kept about a player. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { deriveTransferId, type LinkedSet, PostTransfer, ReasonCode } from "../../ledger/index.ts"
import { Asset } from "../../money/index.ts"
import { OutboxEvent } from "../../outbox/index.ts"
import type { Payout, PayoutId } from "../../payouts/index.ts"
import { type AccrualId, AccrualPostings, type KeptAccrual, Player, type PlayerId } from "../../rewards/index.ts"
import { OutcomeRules, regionOf } from "../../risk/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import { EraseRefused, type PlayerUnknown } from "../FaucetError.ts"
import type { PlayerExport } from "../Players.ts"
import type { Ports } from "../ports.ts"
import { playerOf } from "../standing.ts"

const page = 1000

/** All pages, one after the other. */
const allPages = Effect.fnUntraced(function*<A>(
  next: (after: A | undefined) => Effect.Effect<ReadonlyArray<A>, StorageError>
): Effect.fn.Return<ReadonlyArray<A>, StorageError> {
  const all: Array<A> = []
  for (let last: ReadonlyArray<A> = yield* next(undefined); last.length > 0;) {
    all.push(...last)
    last = last.length < page ? [] : yield* next(last.at(-1))
  }
  return all
})

const paged = <Id>(id: Id | undefined): { readonly after?: Id } => id === undefined ? {} : { after: id }

const payoutsOf = ({ payouts }: Ports, player: PlayerId): Effect.Effect<ReadonlyArray<Payout>, StorageError> =>
  allPages((last: Payout | undefined) =>
    payouts.list({ player, sortBy: "queued", order: "ascending", limit: page, ...paged<PayoutId>(last?.id) })
  )

const accrualsOf = ({ earnings }: Ports, playerId: PlayerId): Effect.Effect<ReadonlyArray<KeptAccrual>, StorageError> =>
  allPages((last: KeptAccrual | undefined) =>
    earnings.list({ playerId, order: "oldest_first", limit: page, ...paged<AccrualId>(last?.accrual.id) })
  )

/** Everything about a player; of verifications the newest thousand. */
export const exported = Effect.fnUntraced(function*(
  ports: Ports,
  playerId: PlayerId
): Effect.fn.Return<PlayerExport, PlayerUnknown | StorageError> {
  return {
    player: yield* playerOf(ports, playerId),
    wallets: yield* ports.wallets.links([playerId]),
    verifications: yield* ports.players.verifications(playerId, page),
    accruals: yield* accrualsOf(ports, playerId),
    payouts: yield* payoutsOf(ports, playerId)
  }
})

/** What was promised and will not be paid goes back to where it came from. */
const forgone = ({ accrual, dryRun }: KeptAccrual): LinkedSet =>
  accrual.amountMinor === 0n ? [] : [
    new PostTransfer({
      id: deriveTransferId("forgone", dryRun ? "dry_run" : "real", accrual.id),
      debit: AccrualPostings.earnedAccount(accrual.playerId, dryRun),
      credit: AccrualPostings.expenseAccount(dryRun),
      asset: Asset.BAN.code,
      amountMinor: accrual.amountMinor,
      reason: ReasonCode.make("rewards.forgone"),
      reference: accrual.id,
      idempotencyKey: null,
      effectiveAtMillis: null,
      metadata: {},
      reverses: null
    })
  ]

const erased = (player: Player, nowMillis: number): Player =>
  new Player({
    ...player,
    discordId: null,
    discordName: "",
    epicId: null,
    membership: "unknown",
    link: "unknown",
    verifiedAtMillis: null,
    verifiedBy: null,
    stats: "unknown",
    region: regionOf(null),
    risk: "none",
    erasedAtMillis: nowMillis
  })

const underWay = new Set<Payout["status"]>(["queued", "signed", "sent", "unknown"])

const work = Effect.fnUntraced(function*(ports: Ports, playerId: PlayerId) {
  const player = yield* playerOf(ports, playerId)
  if (OutcomeRules.isPayingHeld(player.risk)) return yield* new EraseRefused({ player: playerId, why: "UnderReview" })
  const nowMillis = yield* Clock.currentTimeMillis
  const payouts = yield* payoutsOf(ports, playerId)
  if (payouts.some(({ status }) => underWay.has(status))) {
    return yield* new EraseRefused({ player: playerId, why: "PayoutUnderWay" })
  }
  const open = yield* ports.earnings.removeOpen(playerId)
  yield* ports.wallets.forget(playerId)
  yield* ports.risk.forget(playerId)
  yield* ports.players.forgetVerifications(playerId)
  yield* ports.players.put([erased(player, nowMillis)])
  yield* ports.outbox.append([
    new OutboxEvent({ topic: "player.erased", key: playerId, payload: {}, atMillis: nowMillis })
  ])
  return { sets: open.map(forgone).filter((set) => set.length > 0), value: undefined }
})

/** Erases a player of whom nothing is under way or under review. A refusal of the ledger is a broken invariant: these debts were booked. */
export const erase = (
  ports: Ports,
  playerId: PlayerId
): Effect.Effect<void, EraseRefused | PlayerUnknown | StorageError> =>
  ports.ledger.postWith(work(ports, playerId)).pipe(Effect.catchTag("LedgerError", Effect.die), Effect.asVoid)
