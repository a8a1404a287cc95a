/** Makes players and what they earn by names, everything filled in but what a test is about. */
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import { Accrual, AccrualId, AccrualRules, DiscordAccountId, EpicId, Player, PlayerId } from "../index.ts"

const smallest = 10n ** 17n

const discordIdOf = (name: string): DiscordAccountId => {
  const digest = BigInt(`0x${bytesToHex(sha256(utf8ToBytes(name)))}`)
  return DiscordAccountId.make(String(smallest + digest % (9n * smallest)))
}

/** A player who is in the server and has an Epic account; the same name makes the same player, who was never stored. */
export const playerOf = (name: string, fields: Partial<Player> = {}): Player =>
  new Player({
    id: PlayerId.make(name),
    discordId: discordIdOf(name),
    discordName: `${name}#0`,
    epicId: EpicId.make(`epic-${name}`),
    membership: "member",
    link: "linked",
    verifiedAtMillis: 0,
    verifiedBy: "sign_in",
    stats: "read",
    region: "unknown",
    risk: "none",
    lastGainAtMillis: null,
    nextReadAtMillis: 0,
    nextVerificationAtMillis: 0,
    createdAtMillis: 0,
    erasedAtMillis: null,
    version: 0,
    ...fields
  })

/** What a row is about. */
export interface MadeAccrual {
  readonly playerId: PlayerId
  readonly epochMinute: number
  readonly kills?: number
  readonly rateMinor?: bigint
}

/** A whole row of a player and a minute, of 1 kill at the rate of the default unless told otherwise. */
export const accrualOf = (
  { epochMinute, kills = 1, playerId, rateMinor = AccrualRules.defaultRateMinor }: MadeAccrual
): Accrual =>
  new Accrual({
    id: AccrualId.make(`${playerId}:${epochMinute}`),
    playerId,
    epicId: EpicId.make(`epic-${playerId}`),
    epochMinute,
    kills,
    rateMinor,
    amountMinor: BigInt(kills) * rateMinor
  })
