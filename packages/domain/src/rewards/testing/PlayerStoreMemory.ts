/** Keeps players in memory. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { StorageError } from "../../transaction/index.ts"
import { MemoryState, type MemoryTable } from "../../transaction/testing/index.ts"
import {
  boundPlayerPages,
  Player,
  type PlayerId,
  type PlayerQuery,
  PlayerStore,
  type VerificationRecord
} from "../index.ts"
import { byText } from "./byText.ts"

type Players = MemoryTable<PlayerId, Player>
type Verifications = MemoryTable<PlayerId, ReadonlyArray<VerificationRecord>>

const contended = (cause: string): Result.Result<never, StorageError> =>
  Result.fail(new StorageError({ failure: "Contended", operation: "PlayerStore.put", cause }))

const areDistinct = (values: ReadonlyArray<string | null>): boolean => {
  const named = values.filter((value) => value !== null)
  return new Set(named).size === named.length
}

const put = (players: Players, given: ReadonlyArray<Player>): Result.Result<ReadonlyArray<Player>, StorageError> => {
  const isCurrent = ({ id, version }: Player): boolean => (players.get(id)?.version ?? 0) === version
  if (!areDistinct(given.map(({ id }) => id)) || !given.every(isCurrent)) return contended("a player has changed")
  const after = new Map([...players.values(), ...given].map((player) => [player.id, player]))
  const all = [...after.values()]
  if (!areDistinct(all.map(({ discordId }) => discordId)) || !areDistinct(all.map(({ epicId }) => epicId))) {
    return contended("an account is another player's")
  }
  const stored = given.map((player) => new Player({ ...player, version: player.version + 1 }))
  for (const player of stored) players.set(player.id, player)
  return Result.succeed(stored)
}

/** Those with a time that has come, the longest due first. */
const due = (
  players: Iterable<Player>,
  timeOf: (player: Player) => number,
  { atMillis, limit }: { readonly atMillis: number; readonly limit: number }
): ReadonlyArray<Player> =>
  [...players].filter((player) => timeOf(player) <= atMillis)
    .sort((left, right) => timeOf(left) - timeOf(right) || byText(left.id, right.id)).slice(0, limit)

const list = (players: Iterable<Player>, { after = "" as PlayerId, limit, risk }: PlayerQuery): ReadonlyArray<Player> =>
  [...players].filter((player) => player.id > after && (risk === undefined || player.risk === risk))
    .sort((left, right) => byText(left.id, right.id)).slice(0, limit)

/** Of one player, the newest last added first among those of one moment. */
const newestFirst = (records: ReadonlyArray<VerificationRecord>): ReadonlyArray<VerificationRecord> =>
  records.toReversed().sort((left, right) => right.atMillis - left.atMillis)

const prune = (verifications: Verifications, beforeMillis: number): number => {
  let forgotten = 0
  for (const records of verifications.values()) {
    const kept = records.filter(({ atMillis }) => atMillis >= beforeMillis)
    const [first] = records
    if (first !== undefined) verifications.set(first.playerId, kept)
    forgotten += records.length - kept.length
  }
  return forgotten
}

/** A `PlayerStore` that looks at all of them for everything but the id: for tests. */
export const playersInMemory: Layer.Layer<PlayerStore, never, MemoryState> = Layer.effect(
  PlayerStore,
  Effect.gen(function*() {
    const { statement, table } = yield* MemoryState
    const players: Players = table()
    const verifications: Verifications = table()
    const select = (matches: (player: Player) => boolean): ReadonlyArray<Player> =>
      [...players.values()].filter(matches)
    const present = (): ReadonlyArray<Player> => select(({ erasedAtMillis }) => erasedAtMillis === null)
    return boundPlayerPages(PlayerStore.of({
      byIds: (ids) => statement(() => [...new Set(ids)].flatMap((id) => players.get(id) ?? [])),
      byDiscordIds: (ids) => statement(() => select(({ discordId }) => discordId !== null && ids.includes(discordId))),
      byEpicId: (epicId) => statement(() => Option.fromUndefinedOr(select((player) => player.epicId === epicId)[0])),
      put: (given) => Effect.flatMap(statement(() => put(players, given)), Effect.fromResult),
      dueForReading: (atMillis, limit) =>
        statement(() =>
          due(select(({ epicId }) => epicId !== null), ({ nextReadAtMillis }) => nextReadAtMillis, { atMillis, limit })
        ),
      dueForVerification: (atMillis, limit) =>
        statement(() =>
          due(present(), ({ nextVerificationAtMillis }) => nextVerificationAtMillis, { atMillis, limit })
        ),
      list: (query) => statement(() => list(present(), query)),
      addVerifications: (records) =>
        statement(() => {
          for (const record of records) {
            verifications.set(record.playerId, [...verifications.get(record.playerId) ?? [], record])
          }
        }),
      verifications: (playerId, limit) =>
        statement(() => newestFirst(verifications.get(playerId) ?? []).slice(0, limit)),
      pruneVerifications: (beforeMillis) => statement(() => prune(verifications, beforeMillis)),
      forgetVerifications: (playerId) => statement(() => verifications.delete(playerId))
    }))
  })
)
