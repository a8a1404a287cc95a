/** Judges who a player is: claims that others make too, and the age of the account. Pure, total, without clock or store. */
import * as DateTime from "effect/DateTime"
import type { EpicId, PayeeAddress, PlayerId } from "../rewards/index.ts"
import type { Signal } from "./Signal.ts"
import { raise, type Subject } from "./SignalRules.ts"

/** What a player claims, and who claims it besides, now or earlier. */
export type Claim =
  | { readonly kind: "SharedEpic"; readonly claimed: EpicId; readonly claimants: ReadonlyArray<PlayerId> }
  | { readonly kind: "SharedWallet"; readonly claimed: PayeeAddress; readonly claimants: ReadonlyArray<PlayerId> }

/**
 * An account or an address that another player claims too. Each set of claimants is an event of its own: one more raises
 * again after the others were cleared. Test players are no claimants.
 */
export const sharedClaim = (subject: Subject, { claimants, claimed, kind }: Claim): Signal | null => {
  const real = claimants.filter((id) => !subject.testPlayers.has(id))
  const all = [...new Set([subject.playerId, ...real])].toSorted()
  const about = JSON.stringify([claimed, ...all])
  const evidence = [`claimed ${claimed}`, ...all.map((id) => `claimed by ${id}`)]
  return raise(subject, { kind, about, window: null, value: all.length, threshold: 1, evidence })
}

/** Milliseconds of the Unix epoch at which Discord's begins: the first of January 2015. */
const discordEpochMillis = 1_420_070_400_000

const dayMillis = 86_400_000

/** How many days a Discord account must exist, unless configured otherwise. */
export const defaultLeastAgeDays = 30

/**
 * When a Discord account was made, in Unix milliseconds: what its id holds above its lowest 22 bits
 * (Discord, API reference, "Snowflakes"). Null for what is no unsigned number of 64 bits.
 */
export const createdAtMillis = (snowflake: string): number | null => {
  if (!/^[0-9]{1,20}$/u.test(snowflake)) return null
  const id = BigInt(snowflake)
  return id < 2n ** 64n ? Number(id >> 22n) + discordEpochMillis : null
}

/** The account whose age is judged. */
export interface DiscordAccount {
  readonly snowflake: string
  readonly nowMillis: number
}

/**
 * A Discord account younger than so many days; one event for ever. An id from the future has age 0, one that can not
 * be read has none, and nothing is concluded from it.
 */
export const youngAccount = (
  subject: Subject,
  { nowMillis, snowflake }: DiscordAccount,
  leastAgeDays = defaultLeastAgeDays
): Signal | null => {
  const made = createdAtMillis(snowflake)
  if (made === null) return null
  const value = Math.max(0, nowMillis - made) / dayMillis
  const evidence = [`made at ${DateTime.formatIso(DateTime.makeUnsafe(made))}`]
  return raise(subject, { kind: "YoungAccount", about: "", window: null, value, threshold: leastAgeDays, evidence })
}
