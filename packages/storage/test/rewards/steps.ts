/** Takes random steps through the stores of players, wallets and earnings. */
import { PayoutStore } from "@purser/domain/payouts"
import { payoutOf } from "@purser/domain/payouts/testing"
import {
  type Accrual,
  AccrualId,
  EarningStore,
  EpicAccount,
  EpicId,
  PayeeAddress,
  Player,
  PlayerId,
  PlayerStore,
  RiskOutcome,
  SettlementRules,
  VerificationRecord,
  WalletLink,
  WalletStore
} from "@purser/domain/rewards"
import { accrualOf, playerOf } from "@purser/domain/rewards/testing"
import { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import type { Draws } from "../model/draws.ts"
import { perhapsInTransaction, type Step } from "../model/wander.ts"

const names = ["walk-a", "walk-b", "walk-c", "walk-d"]
const ids = names.map((name) => PlayerId.make(name))

const someOf = <A>(draws: Draws, items: ReadonlyArray<A>): ReadonlyArray<A> => items.filter(() => draws.below(2) === 0)

const byText = (left: string, right: string): number => left < right ? -1 : Number(left > right)

/** Stores refuse for the same reason, in words of their own. */
const taken = (draws: Draws, step: Step): Step =>
  perhapsInTransaction(
    draws,
    Effect.mapError(
      step,
      (error) => error instanceof StorageError ? `${error.operation} is ${error.failure}` : error
    )
  )

/** The four, as they are stored now; new where they are not. */
const players = PlayerStore.use((store) =>
  Effect.map(store.byIds(ids), (found) => {
    const stored = new Map(found.map((player) => [player.id, player]))
    return names.map((name) => stored.get(PlayerId.make(name)) ?? playerOf(name, { epicId: null }))
  })
)

/** Everybody is there before anything is kept of them. */
const enrolled = Effect.flatMap(
  players,
  (all) => PlayerStore.use((store) => store.put(all.filter(({ version }) => version === 0)))
)

const changeOf = (draws: Draws): (player: Player) => Player => {
  const isErased = draws.below(8) === 0
  const fields = {
    risk: draws.oneOf(RiskOutcome.literals),
    nextReadAtMillis: draws.below(20),
    nextVerificationAtMillis: draws.below(20),
    epicId: isErased ? null : draws.oneOf([null, ...["x", "y", "z"].map((name) => EpicId.make(`walk-${name}`))])
  }
  const versionOff = draws.below(6) === 0 ? 1 : 0
  return (player) =>
    new Player({
      ...player,
      ...fields,
      discordId: isErased ? null : playerOf(player.id).discordId,
      erasedAtMillis: isErased ? 1 : null,
      version: player.version + versionOff
    })
}

const recordOf = (draws: Draws): VerificationRecord =>
  new VerificationRecord({
    playerId: draws.oneOf(ids),
    atMillis: draws.below(10),
    source: draws.oneOf(["sign_in", "player", "admin", "refresh"]),
    membership: draws.oneOf(["member", "left", "unknown"]),
    link: draws.oneOf(["linked", "not_linked", "unknown"]),
    epicId: null,
    outcome: draws.oneOf(["ok", "epic_taken", "unanswered"])
  })

/** Four players who change, swap their Epic accounts, are erased and come back. */
export const playerStep = (draws: Draws): Step => {
  const changes = names.map(() => changeOf(draws))
  const chosen = someOf(draws, [0, 1, 2, 3])
  const [atMillis, limit, playerId] = [draws.below(20), 1 + draws.below(5), draws.oneOf(ids)]
  const records = someOf(draws, [0, 1, 2]).map(() => recordOf(draws))
  const query = { limit, ...draws.oneOf([{}, { risk: draws.oneOf(RiskOutcome.literals) }, { after: playerId }]) }
  const epicId = EpicId.make(draws.oneOf(["walk-x", "walk-y"]))
  const change = Effect.flatMap(
    players,
    (all) => PlayerStore.use((store) => store.put(chosen.map((at) => changes[at]!(all[at]!))))
  )
  return taken(
    draws,
    draws.oneOf<Step>([
      change,
      change,
      change,
      players,
      PlayerStore.use((store) => store.byEpicId(epicId)),
      PlayerStore.use((store) => store.dueForReading(atMillis, limit)),
      PlayerStore.use((store) => store.dueForVerification(atMillis, limit)),
      PlayerStore.use((store) => store.list(query)),
      Effect.andThen(enrolled, PlayerStore.use((store) => store.addVerifications(records))),
      PlayerStore.use((store) => store.verifications(playerId, limit)),
      PlayerStore.use((store) => store.pruneVerifications(atMillis)),
      PlayerStore.use((store) => store.forgetVerifications(playerId))
    ])
  )
}

/** Four players with four addresses between them. */
export const walletStep = (draws: Draws): Step => {
  const [playerId, linkedAtMillis] = [draws.oneOf(ids), draws.below(6)]
  const address = PayeeAddress.make(`ban_walk_${draws.below(4)}`)
  const link = new WalletLink({ playerId, address, linkedAtMillis, effectiveAtMillis: draws.below(9) })
  const asked = someOf(draws, ids)
  const add = Effect.andThen(enrolled, WalletStore.use((wallets) => wallets.add(link)))
  return taken(
    draws,
    draws.oneOf<Step>([
      add,
      add,
      WalletStore.use((wallets) => wallets.links(asked)),
      WalletStore.use((wallets) => wallets.ownerOf(address)),
      WalletStore.use((wallets) => wallets.forget(playerId))
    ])
  )
}

const accountOf = (draws: Draws): EpicAccount =>
  new EpicAccount({
    epicId: EpicId.make(`walk-epic-${draws.below(3)}`),
    cursorKills: draws.oneOf([null, draws.below(9)]),
    highWaterKills: draws.oneOf([null, draws.below(9)])
  })

/** Three Epic accounts that are read on and linked anew. */
export const cursorStep = (draws: Draws): Step => {
  const accounts = someOf(draws, [0, 1, 2, 3, 4]).map(() => accountOf(draws))
  const asked = someOf(draws, [0, 1, 2]).map((at) => EpicId.make(`walk-epic-${at}`))
  const read = EarningStore.use((earnings) =>
    Effect.map(
      earnings.epicAccounts(asked),
      (found) => found.toSorted((left, right) => byText(left.epicId, right.epicId))
    )
  )
  return taken(
    draws,
    draws.oneOf<Step>([EarningStore.use((earnings) => earnings.putEpicAccounts(accounts)), read])
  )
}

const rowOf = (draws: Draws, playerId: PlayerId): Accrual =>
  accrualOf({ playerId, epochMinute: draws.below(12), kills: 1 + draws.below(5) })

/** Takes some of what is open of a player, as it is now, and does something with it. */
const withOpen = (
  draws: Draws,
  playerId: PlayerId,
  does: (rows: ReadonlyArray<Accrual>) => Effect.Effect<unknown, unknown, EarningStore | PayoutStore>
): Step => {
  const [dryRun, isPicked] = [draws.below(4) === 0, Array.from({ length: 40 }, () => draws.below(2) === 0)]
  return EarningStore.use((earnings) =>
    Effect.flatMap(earnings.open([playerId], dryRun), (rows) => does(rows.filter((_, at) => isPicked[at])))
  )
}

/** A payout of the player, made or there already, which some rows are put into. */
const settled = (draws: Draws, playerId: PlayerId): Step => {
  const status = draws.oneOf(["queued", "failed", "simulated"] as const)
  const fields = { player: playerId, queuedAtMillis: draws.below(30), status, dryRun: status === "simulated" }
  const payout = payoutOf(payoutName(draws, playerId), fields)
  const add = PayoutStore.use((payouts) =>
    Effect.flatMap(payouts.byIds([payout.id]), (found) => found.length === 0 ? payouts.add([payout]) : Effect.void)
  )
  return withOpen(
    draws,
    playerId,
    (rows) => Effect.andThen(add, EarningStore.use((earnings) => earnings.assign(payout.id, rows.map(({ id }) => id))))
  )
}

const payoutName = (draws: Draws, playerId: PlayerId): string => `${playerId}-payout-${draws.below(5)}`

const divided = (draws: Draws, playerId: PlayerId): Step => {
  const kills = 1 + draws.below(2)
  return withOpen(
    draws,
    playerId,
    (rows) =>
      EarningStore.use((earnings) =>
        earnings.split(rows.filter((row) => row.kills > kills).map((row) => SettlementRules.splitAt(row, kills)))
      )
  )
}

const sums = (draws: Draws, playerId: PlayerId): Step => {
  const asked = someOf(draws, ids)
  const [dryRun, dayStartMillis, weekStartMillis] = [draws.below(3) === 0, draws.below(30), draws.below(30)]
  const [limit, minute] = [1 + draws.below(6), draws.below(12)]
  const order = draws.oneOf(["oldest_first", "newest_first"] as const)
  const after = AccrualId.make(`${playerId}:${draws.below(12)}${draws.oneOf(["", "#1", "#2", "#4"])}`)
  const page = {
    playerId,
    order,
    limit,
    ...draws.oneOf([{}, { isSettled: true }, { isSettled: false }]),
    ...draws.oneOf([{}, { after }])
  } as const
  const owedQuery = { dryRun, limit, ...draws.oneOf([{}, { after: playerId }]) }
  const within = { windows: { dayStartMillis, weekStartMillis }, dryRun }
  return draws.oneOf<Step>([
    EarningStore.use((earnings) => earnings.open(asked, dryRun)),
    EarningStore.use((earnings) => earnings.owed(asked, dryRun)),
    EarningStore.use((earnings) => earnings.used(asked, within)),
    EarningStore.use((earnings) => earnings.owedPlayers(owedQuery)),
    EarningStore.use((earnings) => earnings.withRowOf(minute, asked)),
    EarningStore.use((earnings) => earnings.list(page))
  ])
}

/** Rows of four players that are booked, divided, settled, released and removed. */
export const earningStep = (draws: Draws): Step => {
  const playerId = draws.oneOf(ids)
  const rows = someOf(draws, [0, 1, 2, 3]).map(() => rowOf(draws, playerId))
  const booked = { atMillis: draws.below(9), dryRun: draws.below(4) === 0 }
  const { id } = payoutOf(payoutName(draws, playerId))
  const book = Effect.andThen(enrolled, EarningStore.use((earnings) => earnings.add(rows, booked)))
  return taken(
    draws,
    draws.oneOf<Step>([
      book,
      book,
      settled(draws, playerId),
      settled(draws, playerId),
      divided(draws, playerId),
      EarningStore.use((earnings) => earnings.release(id)),
      EarningStore.use((earnings) => earnings.inPayout(id)),
      EarningStore.use((earnings) => earnings.lastIn(id)),
      draws.below(4) === 0 ? EarningStore.use((earnings) => earnings.removeOpen(playerId)) : sums(draws, playerId),
      sums(draws, playerId),
      sums(draws, playerId)
    ])
  )
}
