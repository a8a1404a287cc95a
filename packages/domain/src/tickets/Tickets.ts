/** Does what can be done with a ticket: redeem it, look at its token, revoke that. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Option from "effect/Option"
import type { AuditLog } from "../audit/index.ts"
import type { LedgerStore } from "../ledger/index.ts"
import type { Outbox } from "../outbox/index.ts"
import type { PaymentStore } from "../payments/index.ts"
import type { StorageError, Transaction } from "../transaction/index.ts"
import { makeDesk } from "./redeem/desk.ts"
import { redeemTicket } from "./redeem/redeemTicket.ts"
import { lookAtToken, revokeToken } from "./redeem/token.ts"
import type { PaymentId, Scrypt, ServiceToken, TokenKeys } from "./secret/index.ts"
import type { Id8, TokenStatus } from "./Ticket.ts"
import type {
  RedeemBusy,
  TicketClaimedByAnother,
  TicketNotFound,
  TicketUnderpaid,
  TokenNotFound
} from "./TicketError.ts"
import type { TicketSettings } from "./TicketSettings.ts"
import type { TicketStore } from "./TicketStore.ts"

/** A secret and, where the payer has it, the id that was made with it. */
export interface RedeemRequest {
  readonly pid: PaymentId
  readonly id8: Option.Option<Id8>
}

/** The token; `already_claimed` when this secret had it before. `balanceMinor` is what it stands for now, in piconero. */
export interface Redeemed {
  readonly _tag: "Redeemed"
  readonly status: "success" | "already_claimed"
  readonly token: ServiceToken
  readonly balanceMinor: bigint
}

/** Enough arrived, not final yet. `confirmations` is what the payment that is missing has, of `required`. */
export interface Waiting {
  readonly _tag: "Waiting"
  readonly state: "pool" | "confirming"
  readonly confirmations: number
  readonly required: number
}

/** Every way in which a redemption is refused. */
export type RedeemError = TicketNotFound | TicketUnderpaid | TicketClaimedByAnother | RedeemBusy | StorageError

/** What anybody who holds a token may know of it. */
export interface TokenView {
  readonly status: TokenStatus
  /** Credited now, in piconero. */
  readonly amountMinor: bigint
  readonly issuedAtMillis: number
  readonly revokedAtMillis: number | null
  readonly abuseScore: number
}

/** Who revokes a token and why. `abuseScore` is 0 to 32,767; `actor` as in the audit log. */
export interface RevokeRequest {
  readonly token: ServiceToken
  readonly reason: string | null
  readonly abuseScore: number
  readonly actor: string
  readonly correlationId: string | null
}

/** The use cases of tickets. */
export class Tickets extends Context.Service<Tickets, {
  /**
   * Turns the secret into its token. Idempotent: the same secret gives the same token for ever. `id8`, where given,
   * spares the derivation for ids that nobody paid.
   */
  readonly redeem: (request: RedeemRequest) => Effect.Effect<Redeemed | Waiting, RedeemError>
  readonly tokenStatus: (token: ServiceToken) => Effect.Effect<TokenView, TokenNotFound | StorageError>
  /** Revokes and puts it into the audit log. The first revocation wins; later ones answer with it and change nothing. */
  readonly revoke: (request: RevokeRequest) => Effect.Effect<TokenView, TokenNotFound | StorageError>
}>()("@purser/domain/tickets/Tickets") {
  /** The use cases on the stores at hand. */
  static readonly layer: Layer.Layer<
    Tickets,
    never,
    | AuditLog
    | LedgerStore
    | Outbox
    | PaymentStore
    | Scrypt
    | TicketSettings
    | TicketStore
    | TokenKeys
    | Transaction
  > = Layer.effect(
    Tickets,
    Effect.map(makeDesk, (desk) => ({
      redeem: (request) => redeemTicket(desk, request),
      tokenStatus: (token) => lookAtToken(desk, token),
      revoke: (request) => revokeToken(desk, request)
    }))
  )
}
