/** Does to accounts what a sandbox of fortnite-api.com offers. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Faults } from "../../loopback/Faults.ts"
import { SandboxRefusedRequest } from "../../loopback/SandboxError.ts"
import { changed } from "./players.ts"
import type { SandboxFault, SandboxOperations, SandboxPlay, SandboxPlayer } from "./SandboxOperations.ts"

const minutesOfMatch = 15

/** What operations are done to. */
export interface Premises {
  readonly players: Map<string, SandboxPlayer>
  readonly faults: Faults<SandboxFault>
  /** Questions so far. */
  readonly questions: () => number
}

/** The operations on one sandbox. */
export const operationsOn = (
  { faults, players, questions }: Premises
): SandboxOperations<SandboxRefusedRequest> => ({
  status: Effect.map(faults.left, (left) => ({
    players: [...players.values()],
    questions: questions(),
    faults: left
  })),
  setPlayer: (account) =>
    Effect.sync(() => void players.set(account.epicId, changed(players.get(account.epicId), account))),
  removePlayer: (epicId) => Effect.sync(() => void players.delete(epicId)),
  play: Effect.fnUntraced(
    function*({ epicId, kills, matches = 1, minutesPlayed = matches * minutesOfMatch }: SandboxPlay) {
      const player = players.get(epicId)
      if (player === undefined) return yield* new SandboxRefusedRequest({ code: "unknown", detail: "no such account" })
      players.set(epicId, {
        ...player,
        kills: player.kills + kills,
        matches: player.matches + matches,
        minutesPlayed: player.minutesPlayed + minutesPlayed,
        lastModifiedMillis: yield* Clock.currentTimeMillis
      })
    }
  ),
  fail: faults.plan
})
