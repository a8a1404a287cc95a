/** Declares the port behind which tickets are kept. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type { StorageError } from "../transaction/index.ts"
import type { Claim, Commitment, Id8, Revocation, Ticket, TokenHash } from "./Ticket.ts"

/** A revoked ticket. `isNew` is true for the one revocation that took hold. */
export interface Revoked {
  readonly ticket: Ticket
  readonly isNew: boolean
}

/** Keeps tickets. Never holds a payment id or a token, only what is hashed from them. Joins the surrounding `Transaction`. */
export class TicketStore extends Context.Service<TicketStore, {
  readonly byId8: (id8: Id8) => Effect.Effect<Option.Option<Ticket>, StorageError>
  readonly byCommitment: (commitment: Commitment) => Effect.Effect<Option.Option<Ticket>, StorageError>
  readonly byTokenHash: (hash: TokenHash) => Effect.Effect<Option.Option<Ticket>, StorageError>
  /** Makes an empty ticket where there is none; leaves one that exists alone. */
  readonly ensure: (id8: Id8, firstSeenAtMillis: number) => Effect.Effect<void, StorageError>
  /** Adds to what is credited (negative when a payment vanished) and raises `claimedMinor` on a claimed ticket. */
  readonly credit: (id8: Id8, deltaMinor: bigint) => Effect.Effect<Ticket, StorageError>
  /**
   * Claims in one statement: only while unclaimed and credited at least `requiredMinor`. None when another was first or
   * the ticket is short; the caller reads again to tell which.
   */
  readonly claim: (
    id8: Id8,
    claim: Claim,
    requiredMinor: bigint
  ) => Effect.Effect<Option.Option<Ticket>, StorageError>
  /** Revokes; the first revocation wins and is what later ones read back. None when no token has that hash. */
  readonly revoke: (hash: TokenHash, revocation: Revocation) => Effect.Effect<Option.Option<Revoked>, StorageError>
}>()("@purser/domain/tickets/TicketStore") {}
