/** Keeps players from asking the directory more often than makes sense: it answers one question at a time, for everybody. */
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import type { DiscordAccountId, LinkDirectory, PlayerId, VerificationSource } from "../../rewards/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { Ports } from "../ports.ts"

type Directory = LinkDirectory["Service"]
type Answer = Effect.Success<ReturnType<Directory["lookUp"]>>
type Failure = Effect.Error<ReturnType<Directory["lookUp"]>>

/** So many questions of a player's own within that time, and then no more until some of them are older. */
const questionsMost = 5
const windowMillis = 300_000

/** Whether it was the player who asked, and not we or an admin. */
export const isOwn = (source: VerificationSource): boolean => source === "player" || source === "sign_in"

/** Whether a player has asked so often lately that there is nothing new to learn. */
export const hasAskedOften = Effect.fnUntraced(function*(
  { players }: Pick<Ports, "players">,
  playerId: PlayerId
): Effect.fn.Return<boolean, StorageError> {
  const last = yield* players.verifications(playerId, questionsMost)
  const sinceMillis = (yield* Clock.currentTimeMillis) - windowMillis
  return last.length === questionsMost &&
    last.every(({ atMillis, source }) => isOwn(source) && atMillis > sinceMillis)
})

/** A directory that is asked once about one account, however many ask at the same moment: all get the one answer. */
export const askedOnce = (directory: Directory): Directory => {
  const underWay = new Map<DiscordAccountId, Deferred.Deferred<Answer, Failure>>()
  const ask = Effect.fnUntraced(function*(id: DiscordAccountId) {
    const answer = Deferred.makeUnsafe<Answer, Failure>()
    underWay.set(id, answer)
    return yield* Effect.onExit(directory.lookUp([id]), (exit) => {
      underWay.delete(id)
      return Deferred.done(answer, exit)
    })
  })
  return {
    lookUp: (ids) =>
      Effect.suspend(() => {
        const [id] = ids
        if (id === undefined || ids.length > 1) return directory.lookUp(ids)
        const asked = underWay.get(id)
        return asked === undefined ? ask(id) : Deferred.await(asked)
      })
  }
}
