/** Declares what can be done to a sandbox of Yunite, in the process that runs it and from others. */
import type * as Effect from "effect/Effect"
import type { DiscordId } from "../../discord/DiscordId.ts"
import type { Fault } from "../../loopback/Faults.ts"

/** How the next answers go wrong; also one without the first id asked, or one that calls all of them not linked too. */
export type SandboxFault = Fault<"omit" | "contradict">

/** An Epic account that somebody linked. */
export interface SandboxLink {
  /** 32 hex digits in either case, unless it is to be an answer that nobody can read. */
  readonly epicId: string
  readonly epicName: string
  /** In milliseconds; now unless given. */
  readonly verifiedAtMillis?: number
}

/** Somebody who was in the guild, or linked an account. */
export interface SandboxPlayer {
  readonly userId: DiscordId
  readonly isMember: boolean
  readonly link: Required<SandboxLink> | null
}

/** Where a sandbox stands. */
export interface SandboxStatus {
  readonly guildId: DiscordId
  readonly players: ReadonlyArray<SandboxPlayer>
  /** Questions so far. */
  readonly questions: number
  /** Answers that are still to go wrong. */
  readonly faults: number
}

/** Everything that can be done to it. */
export interface SandboxOperations<E> {
  readonly status: Effect.Effect<SandboxStatus, E>
  readonly join: (userId: DiscordId) => Effect.Effect<void, E>
  /** Leaves the guild; the link is kept, and seen again by who joins again. */
  readonly leave: (userId: DiscordId) => Effect.Effect<void, E>
  /** Links, or links another account instead. */
  readonly link: (userId: DiscordId, link: SandboxLink) => Effect.Effect<void, E>
  readonly unlink: (userId: DiscordId) => Effect.Effect<void, E>
  /** Plans faults, in order, in place of what was planned. */
  readonly fail: (faults: ReadonlyArray<SandboxFault>) => Effect.Effect<void, E>
}
