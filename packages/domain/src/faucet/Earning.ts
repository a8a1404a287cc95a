/** Reads what players killed, and books it as debts. */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as Result from "effect/Result"
import type { AccountError, LedgerError } from "../ledger/index.ts"
import { Player, type PlayerId, type ProviderUnavailable, ReadingRules, StatsProvider } from "../rewards/index.ts"
import type { StorageError } from "../transaction/index.ts"
import { book, type BookedStats, type ReadStats } from "./earning/book.ts"
import { type Ports, ports, type PortServices } from "./ports.ts"

/** What a round of readings came to. Amounts are minor units of BAN. */
export interface ReadRound {
  readonly due: number
  readonly read: number
  readonly accruals: number
  readonly kills: number
  readonly amountMinor: bigint
  readonly signals: number
  /** Why the round ended early; what was read before is booked, and whoever was not asked about stays due. */
  readonly stoppedBy: ProviderUnavailable | null
}

/** The use cases of earning. */
export class Earning extends Context.Service<Earning, {
  /**
   * Reads players that are due, the longest due first, at most `limit` (1 to 1,000), and books what they earned. Safe to run twice
   * at once: a kill is booked once, because the cursor and the row commit together.
   */
  readonly readDue: (limit: number) => Effect.Effect<ReadRound, AccountError | LedgerError | StorageError>
}>()("@purser/domain/faucet/Earning") {
  /** The use cases on the stores and the provider at hand. */
  static readonly layer: Layer.Layer<Earning, never, PortServices | StatsProvider> = Layer.effect(
    Earning,
    Effect.gen(function*() {
      const at = yield* ports
      const stats = yield* StatsProvider
      return { readDue: (limit) => readDue(at, stats, limit) }
    })
  )
}

/** Questions at once; the provider's client has limits of its own. */
const atOnce = 8

/** Players whose readings are booked in one transaction. */
const chunk = 250

/** So many questions that fail one after the other are the trouble of the provider; fewer can be that of accounts. */
const failuresMost = atOnce

/** Whether nobody needs to be asked about: the operator has to mend something, or the provider wants no questions. */
const isOfAll = ({ isPassing, untilMillis }: ProviderUnavailable): boolean => !isPassing || untilMillis !== null

/** Asks about all, until the provider fails. What it can not tell of one account is no reason to ask about no other. */
const readAll = Effect.fnUntraced(function*(
  { lifetime }: StatsProvider["Service"],
  players: ReadonlyArray<Player>
) {
  let stoppedBy: ProviderUnavailable | null = null
  let inARow = 0
  const failed: Array<PlayerId> = []
  const read = yield* Effect.forEach(
    players,
    Effect.fnUntraced(function*({ epicId, id }: Player) {
      if (epicId === null || stoppedBy !== null) return []
      const answer = yield* Effect.result(lifetime(epicId))
      if (Result.isSuccess(answer)) {
        inARow = 0
        return [{ playerId: id, epicId, stats: answer.success } satisfies ReadStats]
      }
      inARow += 1
      if (isOfAll(answer.failure) || inARow >= failuresMost) stoppedBy ??= answer.failure
      if (isOfAll(answer.failure)) return []
      failed.push(id)
      yield* Effect.logWarning(`a player was not read: ${answer.failure.message}`)
      return []
    }),
    { concurrency: atOnce }
  )
  return { read: read.flat(), failed, stoppedBy: stoppedBy as ProviderUnavailable | null }
})

/** Whoever could not be read waits as long as who was: the longest due come first, and would be in the way of all others for ever. */
const putOff = ({ players, transaction }: Ports, ids: ReadonlyArray<PlayerId>) =>
  ids.length === 0 ? Effect.void : transaction.atomically(Effect.gen(function*() {
    const nowMillis = yield* Clock.currentTimeMillis
    const found = yield* players.byIds(ids)
    const later = yield* Effect.forEach(found, (player) =>
      Effect.map(Random.next, (spread) =>
        new Player({
          ...player,
          nextReadAtMillis: ReadingRules.nextReadMillis({ nowMillis, lastGainMillis: nowMillis, spread })
        })))
    yield* players.put(later)
  }))

const total = (booked: ReadonlyArray<BookedStats>) => {
  const accruals = booked.flatMap((one) => one.accruals)
  return {
    accruals: accruals.length,
    kills: accruals.reduce((sum, { kills }) => sum + kills, 0),
    amountMinor: accruals.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    signals: booked.reduce((sum, { signals }) => sum + signals, 0)
  }
}

const readDue = Effect.fnUntraced(function*(
  at: Ports,
  stats: StatsProvider["Service"],
  limit: number
): Effect.fn.Return<ReadRound, AccountError | LedgerError | StorageError> {
  const due = yield* at.players.dueForReading(yield* Clock.currentTimeMillis, limit)
  const { failed, read, stoppedBy } = yield* readAll(stats, due)
  const parts = Array.from(
    { length: Math.ceil(read.length / chunk) },
    (_, part) => read.slice(part * chunk, (part + 1) * chunk)
  )
  const booked = yield* Effect.forEach(parts, (part) => book(at, part))
  yield* putOff(at, failed)
  return { due: due.length, read: read.length, ...total(booked), stoppedBy }
})
