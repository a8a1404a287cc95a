/** Declares what can be done to a sandbox of fortnite-api.com, in the process that runs it and from others. */
import type * as Effect from "effect/Effect"
import type { Fault } from "../../loopback/Faults.ts"

/** How the next answers go wrong. */
export type SandboxFault = Fault

/** A level that an answer can have null, from the outside in. */
export type StatsLevel = "stats" | "all" | "overall" | "kills"

/** An account, and what is told of it. */
export interface SandboxPlayer {
  /** 32 hex digits in small letters. */
  readonly epicId: string
  readonly name: string
  /** Whether the player lets the stats be seen. */
  readonly isPrivate: boolean
  /** The outermost level that is null; null when all figures are there. */
  readonly nullFrom: StatsLevel | null
  /** Lifetime figures, from 0; they can go down. */
  readonly kills: number
  readonly matches: number
  readonly minutesPlayed: number
  /** When they last changed, in milliseconds; null before. */
  readonly lastModifiedMillis: number | null
}

/** A new account, or changes of one; figures that are not given stay, and begin at 0. */
export type SandboxAccount = Pick<SandboxPlayer, "epicId"> & Partial<SandboxPlayer>

/** What somebody played. */
export interface SandboxPlay {
  readonly epicId: string
  readonly kills: number
  /** 1 unless given. */
  readonly matches?: number
  /** 15 a match unless given. */
  readonly minutesPlayed?: number
}

/** Where a sandbox stands. */
export interface SandboxStatus {
  readonly players: ReadonlyArray<SandboxPlayer>
  /** Questions so far. */
  readonly questions: number
  /** Answers that are still to go wrong. */
  readonly faults: number
}

/** Everything that can be done to it. */
export interface SandboxOperations<E> {
  readonly status: Effect.Effect<SandboxStatus, E>
  /** Makes an account, or changes it. */
  readonly setPlayer: (account: SandboxAccount) => Effect.Effect<void, E>
  /** Forgets an account, which nobody knows then. */
  readonly removePlayer: (epicId: string) => Effect.Effect<void, E>
  /** Adds to the figures of an account, now; refused when there is none. */
  readonly play: (play: SandboxPlay) => Effect.Effect<void, E>
  /** Plans faults, in order, in place of what was planned. */
  readonly fail: (faults: ReadonlyArray<SandboxFault>) => Effect.Effect<void, E>
}
