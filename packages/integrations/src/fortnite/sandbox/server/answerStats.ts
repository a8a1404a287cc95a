/** Answers as fortnite-api.com does: refuses, tells the figures of an account, or goes wrong. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { type Asked, json, type Said } from "../../../loopback/Answer.ts"
import { type Faults, spoil } from "../../../loopback/Faults.ts"
import type { Handler } from "../../../loopback/listen.ts"
import { departed, type Departures, earliestMillis, type Window } from "../../AskingLimits.ts"
import { dataOf } from "../players.ts"
import type { SandboxFault, SandboxPlayer } from "../SandboxOperations.ts"

/** What answers are made from. */
export interface Rooms {
  readonly players: Map<string, SandboxPlayer>
  readonly key: Redacted.Redacted<string>
  /** How much may be asked; no limit where there is none. */
  readonly windows: ReadonlyArray<Window>
  readonly faults: Faults<SandboxFault>
  /** Counts a question. */
  readonly count: () => void
}

const refuse = (status: number, error: string): Said => json(status, JSON.stringify({ status, error }))

const tell = (player: SandboxPlayer | undefined): Said => {
  if (player === undefined) return refuse(404, "the requested account does not exist")
  return player.isPrivate
    ? refuse(403, "the stats of the requested account are private")
    : json(200, JSON.stringify({ status: 200, data: dataOf(player) }))
}

const epicIdOf = ({ method, path }: Asked): string | undefined =>
  method === "GET" ? /^\/v2\/stats\/br\/v2\/([^/?]+)(?:\?|$)/u.exec(path)?.[1] : undefined

/** Remembers when questions came, as the provider does. */
const makeDoor = (windows: ReadonlyArray<Window>) => {
  let departures: Departures = []
  return (nowMillis: number): Said | undefined => {
    if (windows.length === 0) return undefined
    const atMillis = earliestMillis(windows, departures, nowMillis)
    if (atMillis > nowMillis) {
      const reset = String(Math.ceil(atMillis / 1000))
      return { ...refuse(429, "too many requests"), headers: { "x-ratelimit-reset": reset } }
    }
    departures = departed(windows, departures, nowMillis)
    return undefined
  }
}

/** The handler of everything that the provider answers. */
export const answerStats = (rooms: Rooms): Handler => {
  const stop = makeDoor(rooms.windows)
  return (asked) =>
    Effect.gen(function*() {
      rooms.count()
      const epicId = epicIdOf(asked)
      if (epicId === undefined) return json(404, "{}")
      if (asked.authorization !== Redacted.value(rooms.key)) return refuse(401, "the API key is missing or invalid")
      const fault = yield* rooms.faults.strike(asked.path)
      const limit = stop(yield* Clock.currentTimeMillis)
      return yield* spoil(fault, Effect.sync(() => limit ?? tell(rooms.players.get(epicId))))
    })
}
