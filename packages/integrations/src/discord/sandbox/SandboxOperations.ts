/** Declares what can be done to a sandbox of Discord, in the process that runs it and from others. */
import type * as Effect from "effect/Effect"
import type { Fault } from "../../loopback/Faults.ts"
import type { DiscordUser } from "../Discord.ts"
import type { DiscordId } from "../DiscordId.ts"

/** How the next answers go wrong; paths are those without a version, such as `/api/users/@me`. */
export type SandboxFault = Fault

/** A user who joins the guild. */
export interface SandboxJoining {
  readonly userId: DiscordId
  /** Now unless given. */
  readonly joinedAtMillis?: number
}

/** Where a sandbox stands. */
export interface SandboxStatus {
  readonly guildId: DiscordId
  readonly users: ReadonlyArray<DiscordUser & { readonly isMember: boolean }>
  /** Sign-ins whose tokens are neither over nor revoked. */
  readonly grants: number
  /** Answers that are still to go wrong. */
  readonly faults: number
}

/** Everything that can be done to it. */
export interface SandboxOperations<E> {
  readonly status: Effect.Effect<SandboxStatus, E>
  /** Makes a user, or changes one's names. */
  readonly addUser: (user: DiscordUser) => Effect.Effect<void, E>
  /** Joins the guild; refused when there is no such user. */
  readonly join: (joining: SandboxJoining) => Effect.Effect<void, E>
  /** Leaves the guild. */
  readonly leave: (userId: DiscordId) => Effect.Effect<void, E>
  /** Plans faults, in order, in place of what was planned. */
  readonly fail: (faults: ReadonlyArray<SandboxFault>) => Effect.Effect<void, E>
}
