/** Lists how Discord can fail us. No message holds a token. */
import * as Data from "effect/Data"
import type { DiscordId } from "./DiscordId.ts"

/** By whose right a question is asked: of the user who signed in, of the bot, or of the application. */
export type Credential = "user" | "bot" | "application"

/** The token or secret is absent, wrong, over or withdrawn (401). A retry does not help. */
export class DiscordUnauthorized extends Data.TaggedError("DiscordUnauthorized")<{
  readonly credential: Credential
}> {
  override get message(): string {
    return `Discord refuses the credential of the ${this.credential}`
  }
}

/** The token is right, but not for this (403): a scope is not given, or the bot is not in the guild. */
export class DiscordForbidden extends Data.TaggedError("DiscordForbidden")<{
  readonly credential: Credential
  /** Discord's own code, such as 50001; null where it gives none. */
  readonly code: number | null
}> {
  override get message(): string {
    return `Discord does not allow the ${this.credential} to ask this`
  }
}

/** The bot knows no such guild: the operator's settings are wrong, or the bot was put out. Nobody has left because of it. */
export class DiscordUnknownGuild extends Data.TaggedError("DiscordUnknownGuild")<{ readonly guildId: DiscordId }> {
  override get message(): string {
    return `the bot knows no guild ${this.guildId}`
  }
}

/** Too many questions (429), and the wait is longer than allowed, or did not help. Nothing is sent before it is over. */
export class DiscordLimited extends Data.TaggedError("DiscordLimited")<{ readonly retryAfterMillis: number }> {
  override get message(): string {
    return `Discord wants no question for ${this.retryAfterMillis} ms`
  }
}

/** No answer: refused, reset, late, or too large. */
export class DiscordUnreachable extends Data.TaggedError("DiscordUnreachable")<{
  /** A few words or a code. */
  readonly why: string
}> {
  override get message(): string {
    return `Discord does not answer: ${this.why}`
  }
}

/** A status that answers nothing, such as 5xx or the page of a proxy. */
export class DiscordStatus extends Data.TaggedError("DiscordStatus")<{
  readonly status: number
  readonly code: number | null
}> {
  override get message(): string {
    return `Discord answers with HTTP ${this.status}`
  }
}

/** An answer that cannot be read. `where` names the field, never its value. */
export class DiscordMalformed extends Data.TaggedError("DiscordMalformed")<{ readonly where: string }> {
  override get message(): string {
    return `Discord answers with what cannot be read: ${this.where}`
  }
}

/** Every failure that can meet any question. */
export type DiscordError =
  | DiscordUnauthorized
  | DiscordForbidden
  | DiscordLimited
  | DiscordUnreachable
  | DiscordStatus
  | DiscordMalformed
