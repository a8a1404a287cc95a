/** Lists why a ticket is not redeemed or a token not found. */
import * as Data from "effect/Data"

/** No payment to that id was ever seen, or the id does not belong to the secret. A retry helps once money arrives. */
export class TicketNotFound extends Data.TaggedError("TicketNotFound") {}

/** What arrived, the pool included, is less than what is required. Amounts in piconero. A top-up helps. */
export class TicketUnderpaid extends Data.TaggedError("TicketUnderpaid")<{
  readonly receivedMinor: bigint
  readonly requiredMinor: bigint
}> {}

/** Another secret with the same id was first. A retry never helps. */
export class TicketClaimedByAnother extends Data.TaggedError("TicketClaimedByAnother") {}

/** Too many derivations wait. A retry helps after `retryAfterMillis`. */
export class RedeemBusy extends Data.TaggedError("RedeemBusy")<{ readonly retryAfterMillis: number }> {}

/** The books were begun with another wallet. Neither money nor tickets of the two may mix; an operator must look. */
export class BooksOfAnotherWallet extends Data.TaggedError("BooksOfAnotherWallet") {
  override get message(): string {
    return "these books were begun with another wallet"
  }
}

/** No token with that hash was ever given out. */
export class TokenNotFound extends Data.TaggedError("TokenNotFound") {}
