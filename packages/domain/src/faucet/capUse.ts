/** Counts what players have used of their caps, with whoever had their Epic account before. */
import * as Effect from "effect/Effect"
import type { CapRules, Player, PlayerId, Used } from "../rewards/index.ts"
import type { StorageError } from "../transaction/index.ts"
import type { Ports } from "./ports.ts"

const plus = (left: CapRules.CapUse, right: CapRules.CapUse): CapRules.CapUse => ({
  inDay: left.inDay + right.inDay,
  inWeek: left.inWeek + right.inWeek
})

/**
 * One for each player, by id. An Epic account that goes from one player to another, or to the same who was erased meanwhile, takes
 * along what was used: else one who kills would be paid for as many players as can link the account in turn.
 */
export const capUse = Effect.fnUntraced(function*(
  { earnings, settings: { dryRun } }: Ports,
  players: ReadonlyArray<Pick<Player, "id" | "epicId">>,
  windows: CapRules.CapWindows
): Effect.fn.Return<ReadonlyMap<PlayerId, Used>, StorageError> {
  const earners = yield* earnings.earners(players.flatMap(({ epicId }) => epicId ?? []))
  const byEpic = Map.groupBy(earners, ({ epicId }) => epicId)
  const ids = new Set([...players.map(({ id }) => id), ...earners.map(({ playerId }) => playerId)])
  const own = new Map((yield* earnings.used([...ids], { windows, dryRun })).map((used) => [used.playerId, used]))
  return new Map(players.map(({ epicId, id }): readonly [PlayerId, Used] => {
    const others = epicId === null ? [] : (byEpic.get(epicId) ?? []).filter(({ playerId }) => playerId !== id)
    return [
      id,
      [id, ...others.map(({ playerId }) => playerId)].reduce<Used>((sum, playerId) => {
        const used = own.get(playerId)
        return used === undefined
          ? sum
          : { playerId: id, payouts: plus(sum.payouts, used.payouts), kills: plus(sum.kills, used.kills) }
      }, { playerId: id, payouts: { inDay: 0, inWeek: 0 }, kills: { inDay: 0, inWeek: 0 } })
    ]
  }))
})
