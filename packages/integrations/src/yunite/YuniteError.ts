/** Lists how Yunite can fail us. None of these says anything about a player. */
import * as Data from "effect/Data"

/** The token is refused (401). An operator has to put it right. */
export class YuniteBadToken extends Data.TaggedError("YuniteBadToken") {
  override get message(): string {
    return "Yunite refuses the token"
  }
}

/** The guild has no Premium (402), without which Yunite does not answer. */
export class YuniteNoPremium extends Data.TaggedError("YuniteNoPremium") {
  override get message(): string {
    return "the guild has no Yunite Premium"
  }
}

/** The token has no right to the guild (403). */
export class YuniteNoRight extends Data.TaggedError("YuniteNoRight") {
  override get message(): string {
    return "the Yunite token has no right to the guild"
  }
}

/** Too many questions (429), and the wait is longer than allowed, or not told, or did not help. */
export class YuniteLimited extends Data.TaggedError("YuniteLimited")<{
  /** How long to ask nothing; undefined where Yunite does not tell. */
  readonly retryAfterMillis: number | undefined
}> {
  override get message(): string {
    return "Yunite limits how often it is asked"
  }
}

/** No answer: refused, reset, late, or too large. */
export class YuniteUnreachable extends Data.TaggedError("YuniteUnreachable")<{
  /** A few words or a code, without secrets. */
  readonly why: string
}> {
  override get message(): string {
    return `Yunite does not answer: ${this.why}`
  }
}

/** Any other HTTP status than success. */
export class YuniteStatus extends Data.TaggedError("YuniteStatus")<{ readonly status: number }> {
  override get message(): string {
    return `Yunite answers with HTTP ${this.status}`
  }
}

/** An answer that cannot be read. `where` names the field, never its value. */
export class YuniteMalformed extends Data.TaggedError("YuniteMalformed")<{ readonly where: string }> {
  override get message(): string {
    return `Yunite answers with what cannot be read: ${this.where}`
  }
}

/** Every failure of a whole look-up. */
export type YuniteError =
  | YuniteBadToken
  | YuniteNoPremium
  | YuniteNoRight
  | YuniteLimited
  | YuniteUnreachable
  | YuniteStatus
  | YuniteMalformed

/**
 * Yunite answered, but not about this id: it left the id out, said two things of it, or sent a link that cannot be
 * read. It never means that the player is not linked.
 */
export class YuniteUnanswered extends Data.TaggedError("YuniteUnanswered")<{
  readonly why: "left out" | "contradicted" | "unreadable"
}> {
  override get message(): string {
    return `Yunite says nothing of the id: ${this.why}`
  }
}
