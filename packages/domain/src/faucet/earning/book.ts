/** Books what was read of players: cursors, accruals, postings and signals commit together. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type { AccountError, LedgerError } from "../../ledger/index.ts"
import {
  type Accrual,
  AccrualPostings,
  AccrualRules,
  EligibilityRules,
  EpicAccount,
  type EpicId,
  type LifetimeStats,
  Player,
  type PlayerId,
  ReadingRules
} from "../../rewards/index.ts"
import { type PlayProfile, type Region, RegionRules, type Signal, SignalRules } from "../../risk/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import { raise, subjectOf } from "../outcomes.ts"
import { currentConfig, type Ports } from "../ports.ts"
import { loadAll, type Loaded, momentOf, standingOf } from "../standing.ts"
import { judge, type Judgement } from "./judge.ts"

/** What was read of one player, of the Epic account that the player had then. */
export interface ReadStats {
  readonly playerId: PlayerId
  readonly epicId: EpicId
  readonly stats: LifetimeStats
}

/** What a booking came to. */
export interface BookedStats {
  readonly accruals: ReadonlyArray<Accrual>
  readonly signals: number
}

/** One player with what was read, and everything that it is decided by. */
interface Entry {
  readonly loaded: Loaded
  readonly stats: LifetimeStats
}

interface Given {
  readonly nowMillis: number
  readonly rateMinor: bigint
  readonly taken: ReadonlySet<PlayerId>
  readonly profiles: ReadonlyMap<PlayerId, PlayProfile>
}

/** What becomes of one player. */
interface Decided {
  readonly player: Player
  readonly epic: EpicAccount
  readonly accrual: Accrual | null
  readonly judgement: Judgement | null
}

const stateOf = (stats: LifetimeStats): Player["stats"] => {
  if (stats._tag === "Known") return "read"
  return stats._tag === "Private" ? "private" : "unknown"
}

/** Whoever may not earn only gets a baseline; the cursor waits for what is no fault of the player. */
const earned = (ports: Ports, { loaded, stats }: Entry, { nowMillis, rateMinor, taken }: Given) => {
  const { player } = loaded
  const epic = loaded.epic ?? new EpicAccount({ epicId: player.epicId!, cursorKills: null, highWaterKills: null })
  const reading = { lifetimeKills: stats._tag === "Known" ? stats.kills : null }
  const standing = { ...standingOf({ ...loaded, epic }, nowMillis), stats: stateOf(stats) }
  const mayEarn = EligibilityRules.earningRefusal(standing, momentOf(ports, nowMillis)) === null
  return mayEarn
    ? AccrualRules.accrue(epic, reading, {
      playerId: player.id,
      nowMillis,
      rateMinor,
      isMinuteTaken: taken.has(player.id)
    })
    : { account: AccrualRules.seedBaseline(epic, reading), accrual: null }
}

const decide = (ports: Ports, entry: Entry, given: Given & { readonly spread: number }): Decided => {
  const { nowMillis, profiles, spread } = given
  const { loaded: { epic, player }, stats } = entry
  const { account, accrual } = earned(ports, entry, given)
  const hasGained = (account.highWaterKills ?? 0) > (epic?.highWaterKills ?? account.highWaterKills ?? 0)
  const lastGainMillis = hasGained ? nowMillis : player.lastGainAtMillis ?? player.createdAtMillis
  return {
    player: new Player({
      ...player,
      stats: stateOf(stats),
      lastGainAtMillis: lastGainMillis,
      nextReadAtMillis: ReadingRules.nextReadMillis({ nowMillis, lastGainMillis, spread })
    }),
    epic: account,
    accrual,
    judgement: stats._tag === "Known"
      ? judge(stats, { player, subject: subjectOf(ports, player), profile: profiles.get(player.id), nowMillis })
      : null
  }
}

/** Those who stand out among the players of their region that were read at the same time. */
const regionSignals = (ports: Ports, decided: ReadonlyArray<Decided>, nowMillis: number): ReadonlyArray<Signal> => {
  const window = SignalRules.lastWindow(nowMillis, 3_600_000)
  const byRegion = Map.groupBy(decided, ({ player }) => player.region)
  return [...byRegion].flatMap(([region, members]) => {
    const rates = members.flatMap(({ judgement, player: { id } }) =>
      judgement === null || judgement.killsPerHour === null
        ? []
        : [{ playerId: id, killsPerHour: judgement.killsPerHour }]
    )
    if (rates.length <= RegionRules.defaultRegionLimits.leastPlayers) return []
    return members.flatMap(({ player }) =>
      RegionRules.regionPercentile(subjectOf(ports, player), { region: region as Region, window, rates }) ?? []
    )
  })
}

/** Players as stored now, with what was read of the account that they still have. */
const entriesOf = Effect.fnUntraced(function*(ports: Ports, read: ReadonlyArray<ReadStats>) {
  const byId = new Map(read.map((one) => [one.playerId, one]))
  const players = (yield* ports.players.byIds([...byId.keys()])).filter(({ epicId, id }) =>
    epicId !== null && epicId === byId.get(id)?.epicId
  )
  const loaded = yield* loadAll(ports, players)
  return loaded.flatMap((one): ReadonlyArray<Entry> => {
    const stats = byId.get(one.player.id)?.stats
    return stats === undefined ? [] : [{ loaded: one, stats }]
  })
})

const work = Effect.fnUntraced(function*(ports: Ports, read: ReadonlyArray<ReadStats>) {
  const { earnings, players, risk, settings: { dryRun } } = ports
  const nowMillis = yield* Clock.currentTimeMillis
  const { config: { rateMinor } } = yield* currentConfig(ports)
  const entries = yield* entriesOf(ports, read)
  const ids = entries.map(({ loaded: { player } }) => player.id)
  if (ids.length === 0) return { sets: [], value: { accruals: [], signals: 0 } }
  const taken = yield* earnings.withRowOf(AccrualRules.epochMinuteOf(nowMillis), ids)
  const profiles = new Map((yield* risk.profiles(ids)).map((profile) => [profile.playerId, profile]))
  const decided = yield* Effect.forEach(
    entries,
    (entry) =>
      Effect.map(Random.next, (spread) => decide(ports, entry, { nowMillis, rateMinor, taken, profiles, spread }))
  )
  const accruals = decided.flatMap(({ accrual }) => accrual ?? [])
  const judgements = decided.flatMap(({ judgement }) => judgement ?? [])
  const signals = [
    ...judgements.flatMap((judgement) => judgement.signals),
    ...regionSignals(ports, decided, nowMillis)
  ]
  yield* earnings.putEpicAccounts(decided.map(({ epic }) => epic))
  yield* earnings.add(accruals, { atMillis: nowMillis, dryRun })
  yield* risk.putProfiles(judgements.map(({ profile }) => profile))
  const judged = yield* raise(ports, signals, { atMillis: nowMillis, players: decided.map(({ player }) => player) })
  yield* players.put(judged)
  const sets = accruals.map((accrual) => AccrualPostings.accrued(accrual, dryRun)).filter((set) => set.length > 0)
  return { sets, value: { accruals, signals: signals.length } }
})

/** Opens the accounts that are posted to; opening one twice is fine. */
const openAccounts = ({ ledger, settings: { dryRun } }: Ports, ids: ReadonlyArray<PlayerId>) =>
  Effect.flatMap(
    ledger.openAccounts(ids.flatMap((id, at) => AccrualPostings.accountRequests(id, dryRun).slice(at === 0 ? 0 : 1))),
    (answers) => Effect.forEach(answers, Effect.fromResult, { discard: true })
  )

/**
 * Books readings, each of another player: what the cursor moved over is a row and a posting, all of them or none. A player who
 * was erased, or has another Epic account by now, is left out.
 */
export const book = Effect.fnUntraced(function*(
  ports: Ports,
  read: ReadonlyArray<ReadStats>
): Effect.fn.Return<BookedStats, AccountError | LedgerError | StorageError> {
  if (read.length === 0) return { accruals: [], signals: 0 }
  yield* openAccounts(ports, read.map(({ playerId }) => playerId))
  const { value } = yield* ports.ledger.postWith(work(ports, read))
  return value
})
