/** Redeems a ticket: what is cheap first, the slow hash only for ids that were paid, the claim last. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as References from "effect/References"
import type { Payment } from "../../payments/index.ts"
import { StorageError } from "../../transaction/index.ts"
import { equalHexInConstantTime } from "../constantTime.ts"
import { deriveId8, PaymentId, Scrypt } from "../secret/index.ts"
import type { Claim, Id8, Ticket } from "../Ticket.ts"
import { TicketClaimedByAnother, TicketNotFound, TicketUnderpaid } from "../TicketError.ts"
import { creditedPayments, standing } from "../TicketRules.ts"
import type { Redeemed, RedeemError, RedeemRequest, Waiting } from "../Tickets.ts"
import { claimTicket } from "./claimTicket.ts"
import type { Desk } from "./desk.ts"
import { sameToken } from "./makeToken.ts"

/** One for all: strangers' secrets come in floods, and each new error would take a stack trace. */
const notFound = Effect.fail(new TicketNotFound())

const found = <A, E>(looked: Effect.Effect<Option.Option<A>, E>): Effect.Effect<A, E | TicketNotFound> =>
  Effect.flatMap(looked, Option.match({ onNone: () => notFound, onSome: Effect.succeed }))

const alreadyClaimed = (
  desk: Desk,
  pid: PaymentId,
  { claim, creditedMinor }: { readonly claim: Claim; readonly creditedMinor: bigint }
): Effect.Effect<Redeemed> =>
  Effect.map(sameToken(desk.keys, pid, claim), (token) => ({
    _tag: "Redeemed",
    status: "already_claimed",
    token,
    balanceMinor: creditedMinor
  }))

const derive = (desk: Desk, pid: PaymentId): Effect.Effect<Id8, TicketNotFound> =>
  found(Effect.provideService(deriveId8(pid, desk.settings), Scrypt, desk.scrypt))

/** One look: by the id where there is one, so that strangers' secrets cost no more; else by what a claim left behind. */
const look = ({ tickets }: Desk, { id8, pid }: RedeemRequest) =>
  Option.match(id8, { onNone: () => tickets.byCommitment(PaymentId.commitment(pid)), onSome: tickets.byId8 })

/** The claim that this secret made. */
const claimBy = ({ claim }: Ticket, pid: PaymentId): Claim | undefined =>
  claim !== null && equalHexInConstantTime(claim.commitment, PaymentId.commitment(pid)) ? claim : undefined

/** The ticket that the secret opens. */
const ticketOf = Effect.fnUntraced(function*(
  desk: Desk,
  { id8, pid }: RedeemRequest,
  looked: Option.Option<Ticket>
) {
  if (Option.isNone(id8)) {
    return yield* found(desk.tickets.byId8(yield* desk.rationWithoutId(derive(desk, pid))))
  }
  if (Option.isNone(looked)) return yield* notFound
  const derived = yield* desk.rationWithId(derive(desk, pid))
  return equalHexInConstantTime(derived, id8.value) ? looked.value : yield* notFound
})

/** How often a claim that was beaten to it looks again before it asks the caller to come back. */
const looks = 3

/**
 * Ticket and payments are read one after the other. Where a scan commits in between, the money has left the payments that
 * wait and is not yet seen on the ticket: a payer would be told that nothing came, and might pay again.
 */
const isOfOneMoment = (ticket: Ticket, payments: ReadonlyArray<Payment>): boolean =>
  creditedPayments(payments).reduce((sum, { amountMinor }) => sum + amountMinor, 0n) === ticket.creditedMinor

const settle = Effect.fnUntraced(function*(
  desk: Desk,
  pid: PaymentId,
  ticket: Ticket
): Effect.fn.Return<Redeemed | Waiting | undefined, RedeemError> {
  const payments = yield* desk.payments.byTarget("monero", ticket.id8)
  const at = standing(ticket, payments, { commitment: PaymentId.commitment(pid), policy: desk.settings })
  switch (at._tag) {
    case "ClaimedAlready":
      return yield* alreadyClaimed(desk, pid, { claim: ticket.claim!, creditedMinor: ticket.creditedMinor })
    case "ClaimedByAnother":
      return yield* new TicketClaimedByAnother()
    case "Underpaid":
      return isOfOneMoment(ticket, payments) ? yield* new TicketUnderpaid(at) : undefined
    case "Waiting":
      return isOfOneMoment(ticket, payments) ? at : undefined
    case "Claimable":
      return Option.getOrUndefined(Option.map(
        yield* claimTicket(desk, pid, ticket.id8),
        (claimed): Redeemed => ({ _tag: "Redeemed", status: "success", ...claimed })
      ))
  }
})

/** Goes on with what the look has found. */
const redeemFound = Effect.fnUntraced(function*(
  desk: Desk,
  request: RedeemRequest,
  looked: Option.Option<Ticket>
): Effect.fn.Return<Redeemed | Waiting, RedeemError> {
  const claim = Option.isSome(looked) ? claimBy(looked.value, request.pid) : undefined
  if (Option.isSome(looked) && claim !== undefined) {
    return yield* alreadyClaimed(desk, request.pid, { claim, creditedMinor: looked.value.creditedMinor })
  }
  let ticket = yield* ticketOf(desk, request, looked)
  for (let count = 0; count < looks; count++) {
    const settled = yield* settle(desk, request.pid, ticket)
    if (settled !== undefined) return settled
    ticket = yield* found(desk.tickets.byId8(ticket.id8))
  }
  return yield* new StorageError({ failure: "Contended", operation: "Tickets.redeem" })
})

/** A secret with an id that nobody paid is refused here and now: it takes one look and no more. */
const redeemed = (desk: Desk, request: RedeemRequest): Effect.Effect<Redeemed | Waiting, RedeemError> =>
  Effect.flatMap(
    look(desk, request),
    (looked): Effect.Effect<Redeemed | Waiting, RedeemError> =>
      Option.isNone(looked) && Option.isSome(request.id8) ? notFound : redeemFound(desk, request, looked)
  )

/** Redeems; see `Tickets.redeem`. Where nobody traces, a span would cost more than such a refusal. */
export const redeemTicket = (desk: Desk, request: RedeemRequest): Effect.Effect<Redeemed | Waiting, RedeemError> =>
  Effect.withFiber((fiber) => {
    const work = redeemed(desk, request)
    return fiber.getRef(References.TracerEnabled)
      ? Effect.withSpan(work, "Tickets.redeem", { captureStackTrace: false })
      : work
  })
