/** Keeps what the directory says about players. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import { OutboxEvent } from "../../outbox/index.ts"
import {
  AccrualRules,
  EpicAccount,
  type EpicId,
  type LinkDirectory,
  type Player,
  type PlayerId,
  type ProviderUnavailable,
  type Registration,
  VerificationRecord,
  VerificationRules,
  type VerificationSource
} from "../../rewards/index.ts"
import { IdentityRules } from "../../risk/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { PlayerUnknown } from "../FaucetError.ts"
import { forgetReading, raise, subjectOf } from "../outcomes.ts"
import type { Verified } from "../Players.ts"
import type { Ports } from "../ports.ts"
import { playerOf } from "../standing.ts"
import { hasAskedOften, isOwn } from "./askSparingly.ts"

type Directory = LinkDirectory["Service"]

const unanswered: Registration = { _tag: "Unanswered", why: "left out" }

const ownerOf = ({ players }: Ports, registration: Registration): Effect.Effect<PlayerId | null, StorageError> =>
  registration._tag === "Linked"
    ? Effect.map(players.byEpicId(registration.epicId), Option.match({ onNone: () => null, onSome: ({ id }) => id }))
    : Effect.succeed(null)

/** Forgets baselines. The accounts are made where they are new; a high-water mark stays. */
export const rebase = Effect.fnUntraced(function*({ earnings }: Ports, epicIds: ReadonlyArray<EpicId>) {
  if (epicIds.length === 0) return
  const known = new Map((yield* earnings.epicAccounts(epicIds)).map((account) => [account.epicId, account]))
  yield* earnings.putEpicAccounts(
    epicIds.map((epicId) =>
      AccrualRules.relink(known.get(epicId) ?? new EpicAccount({ epicId, cursorKills: null, highWaterKills: null }))
    )
  )
})

const isChanged = (before: Player, after: Player): boolean =>
  before.membership !== after.membership || before.link !== after.link || before.epicId !== after.epicId

const told = ({ epicId, id, link, membership }: Player, atMillis: number): OutboxEvent =>
  new OutboxEvent({
    topic: "player.verified",
    key: id,
    payload: { membership, link, has_epic: String(epicId !== null) },
    atMillis
  })

/** One player, in the surrounding transaction. Decides on the player as stored now, whatever was read before the question. */
const applied = Effect.fnUntraced(function*(
  ports: Ports,
  playerId: PlayerId,
  said: { readonly registration: Registration; readonly source: VerificationSource }
) {
  const before = yield* playerOf(ports, playerId)
  const nowMillis = yield* Clock.currentTimeMillis
  const { contested, player, rebased, record } = VerificationRules.apply(before, said.registration, {
    source: said.source,
    nowMillis,
    everyMillis: ports.settings.verificationEveryMillis,
    spread: yield* Random.next,
    ownerId: yield* ownerOf(ports, said.registration)
  })
  const [kept = player] = yield* ports.players.put([player])
  yield* ports.players.addVerifications([record])
  yield* rebase(ports, rebased)
  if (before.epicId !== kept.epicId) yield* forgetReading(ports, playerId)
  if (isChanged(before, kept)) yield* ports.outbox.append([told(kept, nowMillis)])
  if (contested === null) return { before, after: kept }
  const signal = IdentityRules.sharedClaim(subjectOf(ports, kept), {
    kind: "SharedEpic",
    claimed: contested.epicId,
    claimants: [contested.ownerId]
  })
  const [judged = kept] = yield* raise(ports, signal === null ? [] : [signal], { atMillis: nowMillis, players: [kept] })
  if (judged.risk === kept.risk) return { before, after: kept }
  const [stored = judged] = yield* ports.players.put([judged])
  return { before, after: stored }
})

/** That somebody asked in vain, so that it counts among the questions. */
const inVain = ({ players }: Ports, { id, link, membership }: Player, source: VerificationSource) =>
  Effect.flatMap(Clock.currentTimeMillis, (atMillis) =>
    players.addVerifications([
      new VerificationRecord({ playerId: id, atMillis, source, membership, link, epicId: null, outcome: "unanswered" })
    ]))

/** Asks about one player, and keeps the answer. Who asks too often is told what is known. */
export const verify = Effect.fnUntraced(function*(
  ports: Ports,
  directory: Directory,
  who: { readonly playerId: PlayerId; readonly source: VerificationSource }
): Effect.fn.Return<Player, PlayerUnknown | ProviderUnavailable | StorageError> {
  const player = yield* playerOf(ports, who.playerId)
  const { discordId } = player
  if (discordId === null || isOwn(who.source) && (yield* hasAskedOften(ports, who.playerId))) return player
  const answers = yield* Effect.tapErrorTag(
    directory.lookUp([discordId]),
    "ProviderUnavailable",
    () => inVain(ports, player, who.source)
  )
  const registration = answers.get(discordId) ?? unanswered
  const { after } = yield* ports.transaction.atomically(
    applied(ports, who.playerId, { registration, source: who.source })
  )
  return after
})

/** Players whose answers are kept in one transaction, so that no writer waits long. */
const chunk = 25

const chunksOf = <A>(all: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from({ length: Math.ceil(all.length / chunk) }, (_, at) => all.slice(at * chunk, (at + 1) * chunk))

/** Asks about all that are due at once. Somebody who is erased meanwhile is left out. */
export const verifyDue = Effect.fnUntraced(function*(
  ports: Ports,
  directory: Directory,
  limit: number
): Effect.fn.Return<Verified, ProviderUnavailable | StorageError> {
  const due = yield* ports.players.dueForVerification(yield* Clock.currentTimeMillis, limit)
  const asked = due.flatMap(({ discordId, id }) => discordId === null ? [] : [{ discordId, id }])
  if (asked.length === 0) return { asked: 0, changed: 0, unanswered: 0 }
  const answers = yield* directory.lookUp(asked.map(({ discordId }) => discordId))
  const registrationOf = (id: typeof asked[number]["discordId"]): Registration => answers.get(id) ?? unanswered
  const kept = yield* Effect.forEach(
    chunksOf(asked),
    (part) =>
      ports.transaction.atomically(Effect.forEach(part, ({ discordId, id }) =>
        Effect.catchTag(
          applied(ports, id, { registration: registrationOf(discordId), source: "refresh" }),
          "PlayerUnknown",
          () => Effect.succeed(undefined)
        )))
  )
  const changed = kept.flat().filter((one) => one !== undefined && isChanged(one.before, one.after)).length
  const silent = asked.filter(({ discordId }) => registrationOf(discordId)._tag === "Unanswered").length
  return { asked: asked.length, changed, unanswered: silent }
})
