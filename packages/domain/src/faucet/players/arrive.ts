/** Takes in a player who has just signed in. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { type LinkDirectory, Player, VerificationRules } from "../../rewards/index.ts"
import { IdentityRules, regionOf } from "../../risk/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import { raise, subjectOf } from "../outcomes.ts"
import type { Arrival } from "../Players.ts"
import type { Ports } from "../ports.ts"
import { rebase, verify } from "./verify.ts"

const newcomer = ({ discordId, discordName, playerId }: Arrival, nowMillis: number): Player =>
  new Player({
    id: playerId,
    discordId,
    discordName,
    epicId: null,
    membership: "unknown",
    link: "unknown",
    verifiedAtMillis: null,
    verifiedBy: null,
    stats: "unknown",
    region: regionOf(null),
    risk: "none",
    lastGainAtMillis: null,
    nextReadAtMillis: nowMillis,
    nextVerificationAtMillis: nowMillis,
    createdAtMillis: nowMillis,
    erasedAtMillis: null,
    version: 0
  })

/** What Discord did not say, and a region that is not known, change nothing. */
const welcomed = (player: Player, { discordName, membership, region }: Arrival): Player =>
  new Player({
    ...player,
    discordName: discordName.slice(0, 100),
    membership: membership === "unknown" ? player.membership : membership,
    region: regionOf(region) === regionOf(null) ? player.region : regionOf(region)
  })

const take = Effect.fnUntraced(function*(ports: Ports, arrival: Arrival) {
  const nowMillis = yield* Clock.currentTimeMillis
  const [known] = yield* ports.players.byIds([arrival.playerId])
  const player = welcomed(known ?? newcomer(arrival, nowMillis), arrival)
  const [kept = player] = yield* ports.players.put([player])
  if (known !== undefined) {
    const hasTurned = VerificationRules.hasGoneOrCome(known.membership, kept.membership)
    if (hasTurned && kept.epicId !== null) yield* rebase(ports, [kept.epicId])
    return kept
  }
  const signal = IdentityRules.youngAccount(subjectOf(ports, kept), { snowflake: arrival.discordId, nowMillis })
  const [judged = kept] = yield* raise(ports, signal === null ? [] : [signal], { atMillis: nowMillis, players: [kept] })
  if (judged.risk === kept.risk) return kept
  const [stored = judged] = yield* ports.players.put([judged])
  return stored
})

/** Keeps the player, then asks the directory; what it does not say now, the next refresh finds out. */
export const arrive = Effect.fnUntraced(function*(
  ports: Ports,
  directory: LinkDirectory["Service"],
  arrival: Arrival
): Effect.fn.Return<Player, StorageError> {
  const player = yield* ports.transaction.atomically(take(ports, arrival))
  return yield* verify(ports, directory, { playerId: player.id, source: "sign_in" }).pipe(
    Effect.catchTags({
      PlayerUnknown: () => Effect.succeed(player),
      ProviderUnavailable: (error) =>
        Effect.as(Effect.logWarning(`a player signed in without being verified: ${error.message}`), player)
    })
  )
})
