/** Declares what can be done to the ledger of a sandbox, in the process that runs it and from others. */
import type * as Effect from "effect/Effect"
import type { BlockHash } from "../crypto/hash.ts"

/** Where the ledger stands. */
export interface SandboxStatus {
  readonly blocks: number
  readonly confirmed: number
  /** Blocks that wait for one before them. */
  readonly unchecked: number
  /** Answers that are still to go wrong. */
  readonly faults: number
}

/** Play money for an account, which has to receive it. */
export interface SandboxFunding {
  readonly address: string
  /** 1 to what the sandbox has left of 2^128 - 1 raw. */
  readonly amountRaw: bigint
}

/** What an answer becomes. */
export type FaultKind =
  // HTTP 500, no answer at all, a connection reset half-way, or half of a text.
  | "error500"
  | "silence"
  | "reset"
  | "truncated"
  // The node's own error, with the text that is given.
  | "refusal"
  // The answer of success; nothing is in the ledger.
  | "drop"

/** How the next answers go wrong. */
export interface SandboxFault {
  readonly kind: FaultKind
  /** How many; 0 ends what was planned. */
  readonly answers: number
  /** Whether it is done before the answer goes wrong. A refusal and a drop never are. */
  readonly isDone: boolean
  /** Only answers to this action, such as `process`; all unless given. */
  readonly action?: string
  /** The text of a refusal. */
  readonly text?: string
}

/** A block of the sandbox. */
export interface NamedBlock {
  readonly hash: BlockHash
}

/** Everything that can be done to the ledger. */
export interface SandboxOperations<E> {
  readonly status: Effect.Effect<SandboxStatus, E>
  /** Sends play money, confirmed at once. */
  readonly fund: (funding: SandboxFunding) => Effect.Effect<NamedBlock, E>
  /** Confirms a block and those it rests on; all blocks where none is named. */
  readonly confirm: (hash?: BlockHash) => Effect.Effect<void, E>
  /** Takes a block back, as a lost election does, and all that rest on it. Confirmed ones too: it is play money. */
  readonly rollBack: (hash: BlockHash) => Effect.Effect<void, E>
  /** Forgets everything, as a node does that restarts without its data. */
  readonly wipe: Effect.Effect<void, E>
  readonly fail: (fault: SandboxFault) => Effect.Effect<void, E>
}
