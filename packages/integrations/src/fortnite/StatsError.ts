/** Lists how the provider of stats can fail us. */
import * as Data from "effect/Data"

/** No answer: refused, reset, late, or too large. */
export class StatsUnreachable extends Data.TaggedError("StatsUnreachable")<{
  /** One word or code without secrets. */
  readonly why: string
}> {
  override get message(): string {
    return `the provider of stats does not answer: ${this.why}`
  }
}

/** The key is missing, wrong or withdrawn. A retry does not help. */
export class BadKey extends Data.TaggedError("BadKey") {
  override get message(): string {
    return "the provider of stats refuses the key"
  }
}

/** The provider's limit is reached; nothing is sent before `untilMillis` (of the epoch). */
export class StatsLimited extends Data.TaggedError("StatsLimited")<{ readonly untilMillis: number }> {
  override get message(): string {
    return `the provider of stats wants no question before ${this.untilMillis}`
  }
}

/** A status that says nothing of the player, such as 5xx or the page of a proxy. */
export class StatsStatus extends Data.TaggedError("StatsStatus")<{ readonly status: number }> {
  override get message(): string {
    return `the provider of stats answers with HTTP ${this.status}`
  }
}

/** An answer that cannot be read. `where` names the field, never its value. */
export class StatsMalformed extends Data.TaggedError("StatsMalformed")<{ readonly where: string }> {
  override get message(): string {
    return `the provider of stats answers with what cannot be read: ${this.where}`
  }
}

/** Every failure of a question. */
export type StatsError = StatsUnreachable | BadKey | StatsLimited | StatsStatus | StatsMalformed
