/** Maps players to rows and back. */
import {
  DiscordAccountId,
  EpicId,
  type LinkState,
  type Membership,
  Player,
  PlayerId,
  type RiskOutcome,
  type StatsState,
  type VerificationSource
} from "@purser/domain/rewards"
import { codes } from "../codes.ts"
import type { ColumnTypes } from "../dialect/givenRows.ts"

/** A row of `player`. Codes are small integers, see below. */
export interface PlayerRow {
  readonly id: string
  readonly discord_id: string | null
  readonly discord_name: string
  readonly epic_id: string | null
  readonly membership: bigint
  readonly link: bigint
  readonly verified_at_millis: bigint | null
  readonly verified_by: bigint | null
  readonly stats: bigint
  readonly region: string
  readonly risk: bigint
  readonly last_gain_at_millis: bigint | null
  readonly next_read_at_millis: bigint
  readonly next_verification_at_millis: bigint
  readonly created_at_millis: bigint
  readonly erased_at_millis: bigint | null
  readonly version: bigint
}

/** The columns of `player`. */
export const playerColumns: ColumnTypes<PlayerRow> = {
  id: "text",
  discord_id: "text",
  discord_name: "text",
  epic_id: "text",
  membership: "code",
  link: "code",
  verified_at_millis: "integer",
  verified_by: "code",
  stats: "code",
  region: "text",
  risk: "code",
  last_gain_at_millis: "integer",
  next_read_at_millis: "integer",
  next_verification_at_millis: "integer",
  created_at_millis: "integer",
  erased_at_millis: "integer",
  version: "integer"
}

/** Numbers of what is known of membership. */
export const memberships = codes<Membership>("membership", { member: 1n, left: 2n, unknown: 3n })
/** Numbers of what is known of the link. */
export const links = codes<LinkState>("link", { linked: 1n, not_linked: 2n, unknown: 3n })
/** Numbers of who asked for a verification. */
export const sources = codes<VerificationSource>("source", { sign_in: 1n, player: 2n, admin: 3n, refresh: 4n })
/** Numbers of what the signs of abuse lead to. */
export const risks = codes<RiskOutcome>("risk", { none: 1n, watch: 2n, hold: 3n, confirmed: 4n })
const stats = codes<StatsState>("state of stats", { read: 1n, private: 2n, unknown: 3n })

const orNull = <A, B>(value: A | null, map: (value: A) => B): B | null => value === null ? null : map(value)

/** The row of a player. */
export const rowOf = (player: Player): PlayerRow => ({
  id: player.id,
  discord_id: player.discordId,
  discord_name: player.discordName,
  epic_id: player.epicId,
  membership: memberships.codeOf(player.membership),
  link: links.codeOf(player.link),
  verified_at_millis: orNull(player.verifiedAtMillis, BigInt),
  verified_by: orNull(player.verifiedBy, sources.codeOf),
  stats: stats.codeOf(player.stats),
  region: player.region,
  risk: risks.codeOf(player.risk),
  last_gain_at_millis: orNull(player.lastGainAtMillis, BigInt),
  next_read_at_millis: BigInt(player.nextReadAtMillis),
  next_verification_at_millis: BigInt(player.nextVerificationAtMillis),
  created_at_millis: BigInt(player.createdAtMillis),
  erased_at_millis: orNull(player.erasedAtMillis, BigInt),
  version: BigInt(player.version)
})

/** The player of a row. Throws where the row fits no player. */
export const playerOf = (row: PlayerRow): Player =>
  new Player({
    id: PlayerId.make(row.id),
    discordId: orNull(row.discord_id, DiscordAccountId.make),
    discordName: row.discord_name,
    epicId: orNull(row.epic_id, EpicId.make),
    membership: memberships.nameOf(row.membership),
    link: links.nameOf(row.link),
    verifiedAtMillis: orNull(row.verified_at_millis, Number),
    verifiedBy: orNull(row.verified_by, sources.nameOf),
    stats: stats.nameOf(row.stats),
    region: row.region,
    risk: risks.nameOf(row.risk),
    lastGainAtMillis: orNull(row.last_gain_at_millis, Number),
    nextReadAtMillis: Number(row.next_read_at_millis),
    nextVerificationAtMillis: Number(row.next_verification_at_millis),
    createdAtMillis: Number(row.created_at_millis),
    erasedAtMillis: orNull(row.erased_at_millis, Number),
    version: Number(row.version)
  })
