/** Raises signals and lets the outcome of a player follow, in the surrounding transaction. */
import * as Effect from "effect/Effect"
import { OutboxEvent } from "../outbox/index.ts"
import { Player, type PlayerId } from "../rewards/index.ts"
import { OutcomeRules, PlayProfile, type Signal, type SignalRules } from "../risk/index.ts"
import type { StorageError } from "../transaction/index.ts"
import type { Ports } from "./ports.ts"

/** Whom heuristics judge: the operator's own accounts are test players. */
export const subjectOf = ({ settings }: Ports, { discordId, id }: Player): SignalRules.Subject => ({
  playerId: id,
  testPlayers: discordId !== null && settings.testAccounts.has(discordId) ? new Set([id]) : new Set()
})

/** Players with the outcome that signals and reviews lead to, by id; those that are as before included. */
export const assessed = Effect.fnUntraced(function*(
  ports: Ports,
  players: ReadonlyArray<Player>
): Effect.fn.Return<ReadonlyMap<PlayerId, Player>, StorageError> {
  if (players.length === 0) return new Map()
  const cases = yield* ports.risk.cases(players.map(({ id }) => id))
  return new Map(players.map((player) => {
    const known = cases.get(player.id)
    const risk = known === undefined ? player.risk : OutcomeRules.assess(subjectOf(ports, player), known)
    return [player.id, risk === player.risk ? player : new Player({ ...player, risk })]
  }))
})

const told = ({ dedupeKey, kind, playerId, severity }: Signal, atMillis: number): OutboxEvent =>
  new OutboxEvent({ topic: "risk.signal_raised", key: playerId, payload: { kind, severity, dedupeKey }, atMillis })

/** Keeps what is new, and answers with these players, their outcome moved where something was new. */
export const raise = Effect.fnUntraced(function*(
  ports: Ports,
  signals: ReadonlyArray<Signal>,
  { atMillis, players }: { readonly atMillis: number; readonly players: ReadonlyArray<Player> }
): Effect.fn.Return<ReadonlyArray<Player>, StorageError> {
  if (signals.length === 0) return players
  const fresh = yield* ports.risk.raise(signals, atMillis)
  if (fresh.length === 0) return players
  yield* ports.outbox.append(fresh.map((signal) => told(signal, atMillis)))
  const touched = new Set(fresh.map(({ playerId }) => playerId))
  const moved = yield* assessed(ports, players.filter(({ id }) => touched.has(id)))
  return players.map((player) => moved.get(player.id) ?? player)
})

/** Forgets what was read of an Epic account that is not the player's any more: other figures, the same habits. */
export const forgetReading = Effect.fnUntraced(function*(
  { risk }: Ports,
  playerId: PlayerId
): Effect.fn.Return<void, StorageError> {
  const profiles = yield* risk.profiles([playerId])
  yield* risk.putProfiles(profiles.map((profile) => new PlayProfile({ ...profile, reading: null })))
})
