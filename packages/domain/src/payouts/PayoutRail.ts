/** Declares the rail that pays out: one account of the operator, whose blocks are signed here and published there. */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { OperatorBlock } from "./OperatorBlock.ts"
import type { BlockReference } from "./Payout.ts"
import type { Answer, Sight } from "./PayoutRules.ts"

/** Where the account stands, all from one answer of the rail. */
export interface RailFrontier {
  /** The newest block; what an account without one has in its place. */
  readonly newest: BlockReference
  /** How many blocks it has. */
  readonly height: number
  /** In the smallest unit of the rail. */
  readonly balanceRaw: bigint
  /** The whole minor units of it. */
  readonly balanceMinor: bigint
  /** Whom its weight is given to, as the rail writes it; what is configured for an account without a block. */
  readonly representative: string
}

/** Money that waits to be received. Only what is confirmed. */
export interface Incoming {
  readonly source: BlockReference
  readonly amountRaw: bigint
}

/** The rail did not answer, or what it said can not be read. Nothing was signed or sent. A retry helps. */
export class RailUnavailable extends Data.TaggedError("RailUnavailable")<{
  /** One line without secrets. */
  readonly why: string
}> {
  override get message(): string {
    return `the rail that pays out does not answer: ${this.why}`
  }
}

/** The rail can not do this, ever: a malformed payee, or more than the balance. A retry does not help. */
export class RailRefused extends Data.TaggedError("RailRefused")<{
  readonly why: "PayeeMalformed" | "AmountTooLarge"
}> {
  override get message(): string {
    return `the rail refuses: ${this.why}`
  }
}

/** What is to be paid. The amount is in minor units, above 0. */
export interface SendOrder {
  readonly payee: string
  readonly amountMinor: bigint
}

/** A signed block without what only its keeper knows. */
export type SignedBlock = Pick<
  OperatorBlock,
  "hash" | "account" | "previous" | "height" | "kind" | "amountMinor" | "balanceRaw" | "body" | "source"
>

/** The operator's account on the rail that pays out. */
export class PayoutRail extends Context.Service<PayoutRail, {
  readonly account: string
  readonly frontier: Effect.Effect<RailFrontier, RailUnavailable>
  /** The largest first, at most `limit` (1 to 1,000). */
  readonly receivable: (limit: number) => Effect.Effect<ReadonlyArray<Incoming>, RailUnavailable>
  /** Signs, with work, a block that follows the frontier. Nobody has seen it when this returns. */
  readonly signSend: (
    frontier: RailFrontier,
    order: SendOrder
  ) => Effect.Effect<SignedBlock, RailUnavailable | RailRefused>
  readonly signReceive: (frontier: RailFrontier, incoming: Incoming) => Effect.Effect<SignedBlock, RailUnavailable>
  /** Publishes the bytes of a block, once; publishing them again is safe. */
  readonly publish: (block: OperatorBlock) => Effect.Effect<Answer>
  /** What the rail has at the place of a block. `Missing` is what one node says, and no proof. */
  readonly look: (block: OperatorBlock) => Effect.Effect<Sight, RailUnavailable>
  /** Begins the work for the block that will follow, ahead of need; a failure only costs time. */
  readonly prepare: (newest: BlockReference) => Effect.Effect<void>
}>()("@purser/domain/payouts/PayoutRail") {}
