/** Translates redemptions. */
import { type Redeemed, redeemEndpoint, type RedeemRequest, type Waiting } from "@purser/contract"
import {
  Id8,
  PaymentId,
  type Redeemed as RedeemedTicket,
  type RedeemError,
  ServiceToken,
  type Tickets,
  type Waiting as WaitingTicket
} from "@purser/domain/tickets"
import type { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { implement, type Implementation } from "../server/Implementation.ts"
import { answered, type Refused, refused, type Reply } from "../server/Reply.ts"

type RedeemReply = Reply<Redeemed | Waiting>

const told = (outcome: RedeemedTicket | WaitingTicket): RedeemReply => {
  if (outcome._tag === "Waiting") {
    const { confirmations, required, state } = outcome
    return answered(202, { state, confirmations, required }, state)
  }
  const { balanceMinor, status, token } = outcome
  return answered(200, { status, service_token: ServiceToken.toHex(token), balance: balanceMinor }, status)
}

const refusal = (error: Exclude<RedeemError, StorageError>): Refused => {
  switch (error._tag) {
    case "TicketNotFound":
      return refused("ticket_not_found")
    case "TicketUnderpaid":
      return refused("ticket_underpaid", {
        members: { received: String(error.receivedMinor), required: String(error.requiredMinor) }
      })
    case "TicketClaimedByAnother":
      return refused("ticket_claimed")
    case "RedeemBusy":
      return refused("redeem_busy", { retryAfterMillis: error.retryAfterMillis })
  }
}

/** The contract has checked the digits already. */
const request = ({ payment_id, pid }: RedeemRequest) => ({
  pid: Result.getOrThrow(PaymentId.parse(pid)),
  id8: Option.map(Option.fromUndefinedOr(payment_id), (text) => Id8.make(text.toLowerCase()))
})

/** `POST /api/v1/redeem`. */
export const redeem = (tickets: Tickets["Service"]): Implementation =>
  implement(redeemEndpoint, ({ payload }) =>
    Effect.matchEffect(tickets.redeem(request(payload)), {
      onSuccess: (outcome) => Effect.succeed(told(outcome)),
      onFailure: (error) => error._tag === "StorageError" ? Effect.fail(error) : Effect.succeed(refusal(error))
    }))
