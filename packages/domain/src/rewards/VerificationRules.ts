/** Decides what the directory's word about a player changes: pure, total, without clock, chance or store. */
import type { EpicId, PlayerId } from "./Accrual.ts"
import { Player, VerificationRecord, type VerificationSource } from "./Player.ts"
import type { Registration } from "./providers.ts"

/** Under what a player is verified. */
export interface Asked {
  readonly source: VerificationSource
  readonly nowMillis: number
  readonly everyMillis: number
  /** From 0 to below 1, drawn anew each time: keeps players who came together apart. */
  readonly spread: number
  /** Who has the Epic account that the directory names; null when nobody has. */
  readonly ownerId: PlayerId | null
}

/** What a verification changes. */
export interface Applied {
  readonly player: Player
  readonly record: VerificationRecord
  /**
   * Epic accounts whose baseline is forgotten: one that is linked, one that was dropped, and that of a player who left or came
   * back. So what was killed while a player was suspended never earns, however often it was read meanwhile.
   */
  readonly rebased: ReadonlyArray<EpicId>
  /** The account of another player that this one claims too; null when it is not. */
  readonly contested: { readonly epicId: EpicId; readonly ownerId: PlayerId } | null
}

/** When to verify next: a tenth more or less, and four times as soon where nothing was found out. */
const nextAt = ({ everyMillis, nowMillis, spread }: Asked, share: number): number =>
  nowMillis + Math.round(everyMillis * share * (0.9 + spread / 5))

type Facts = Pick<Player, "membership" | "link" | "epicId">

const factsOf = (player: Player, registration: Registration, isContested: boolean): Facts => {
  const { epicId, link, membership } = player
  switch (registration._tag) {
    case "Linked":
      return isContested
        ? { membership: "member", link: "not_linked", epicId: null }
        : { membership: "member", link: "linked", epicId: registration.epicId }
    case "NotLinked":
      return { membership: "member", link: "not_linked", epicId: null }
    case "NotInGuild":
      return { membership: "left", link, epicId }
    case "Unanswered":
      return { membership, link, epicId }
  }
}

/** Whether somebody left, or came back: what is killed between the two earns nothing. */
export const hasGoneOrCome = (before: Player["membership"], after: Player["membership"]): boolean =>
  (before === "left") !== (after === "left")

const rebasedBy = (before: Player, after: Facts): ReadonlyArray<EpicId> => {
  const isMoved = before.epicId !== after.epicId
  const touched = isMoved || hasGoneOrCome(before.membership, after.membership) ? [before.epicId, after.epicId] : []
  return [...new Set(touched.filter((id) => id !== null))]
}

/** What was said, and what it makes of a player. */
interface Said {
  readonly registration: Registration
  readonly facts: Facts
}

const recordOf = ({ id }: Player, { facts, registration }: Said, asked: Asked): VerificationRecord =>
  new VerificationRecord({
    playerId: id,
    atMillis: asked.nowMillis,
    source: asked.source,
    membership: facts.membership,
    link: facts.link,
    epicId: registration._tag === "Linked" ? registration.epicId : null,
    outcome: outcomeOf({ facts, registration })
  })

const outcomeOf = ({ facts: { epicId }, registration }: Said): VerificationRecord["outcome"] => {
  if (registration._tag === "Unanswered") return "unanswered"
  return registration._tag === "Linked" && epicId === null ? "epic_taken" : "ok"
}

/**
 * Applies what the directory says. Whom somebody asks about is read next, too: who mended private stats does not wait. Silence changes nothing but when to ask again: a provider that is down suspends nobody
 * before the last verification is too old. The account of another player stays with that player.
 */
export const apply = (player: Player, registration: Registration, asked: Asked): Applied => {
  const { nowMillis, ownerId, source } = asked
  const isContested = registration._tag === "Linked" && ownerId !== null && ownerId !== player.id
  const facts = factsOf(player, registration, isContested)
  const rebased = rebasedBy(player, facts)
  const isAnswered = registration._tag !== "Unanswered"
  const isFresh = facts.epicId !== null && (rebased.includes(facts.epicId) || player.membership === "left")
  return {
    player: new Player({
      ...player,
      ...facts,
      ...isAnswered ? { verifiedAtMillis: nowMillis, verifiedBy: source } : {},
      ...facts.epicId === player.epicId ? {} : { stats: "unknown" },
      ...isFresh ? { lastGainAtMillis: nowMillis } : {},
      ...isFresh || source !== "refresh" ? { nextReadAtMillis: nowMillis } : {},
      nextVerificationAtMillis: nextAt(asked, isAnswered ? 1 : 0.25)
    }),
    record: recordOf(player, { facts, registration }, asked),
    rebased,
    contested: isContested ? { epicId: registration.epicId, ownerId } : null
  }
}
