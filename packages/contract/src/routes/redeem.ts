/** Declares how a secret becomes a token. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { problemsOf, underpaidProblem } from "../problems/index.ts"
import { PaymentIdText, Piconero, PidText, TokenText } from "../scalars.ts"
import { codesOf, RouteRules, type Rules } from "./RouteRules.ts"

/** The secret, and the id that was made with it where the payer has it. */
export const RedeemRequest = Schema.Struct({
  pid: PidText,
  payment_id: Schema.optionalKey(PaymentIdText)
}).annotate({ identifier: "RedeemRequest" })
export type RedeemRequest = typeof RedeemRequest.Type

/** 200: the token. `already_claimed` when this secret had it before; the token is the same for ever. */
export const Redeemed = Schema.Struct({
  status: Schema.Literals(["success", "already_claimed"]).annotate({
    description: "`already_claimed` when this secret had its token before."
  }),
  service_token: TokenText,
  balance: Piconero
}).annotate({ identifier: "Redeemed", description: "The token and what it stands for." })
export type Redeemed = typeof Redeemed.Type

/** 202: enough arrived and it is not final yet. */
export const Waiting = Schema.Struct({
  state: Schema.Literals(["pool", "confirming"]).annotate({
    description: "`pool` until the payment is in a block, then `confirming`."
  }),
  confirmations: Schema.Int.annotate({ description: "What the payment that is missing has.", examples: [3] }),
  required: Schema.Int.annotate({ description: "What it needs.", examples: [10] })
}).annotate({ identifier: "Waiting", description: "Paid, not final yet: ask again." })
export type Waiting = typeof Waiting.Type

const rules: Rules = {
  doors: ["public"],
  credential: "none",
  body: "json",
  effect: "repeated",
  limit: "redeem",
  audit: { omitted: "the claim is a posting in the ledger, whose log shows it" },
  holds: "secret",
  problems: ["ticket_underpaid", "ticket_not_found", "ticket_claimed", "redeem_busy"],
  misses: ["malformed_json", "invalid_request", "ticket_not_found", "ticket_claimed"]
}

/** `POST /api/v1/redeem`. */
export const redeemEndpoint = HttpApiEndpoint.post("redeem", "/api/v1/redeem", {
  disableCodecs: true,
  payload: RedeemRequest,
  success: [Redeemed, Waiting.pipe(HttpApiSchema.status(202))],
  error: [...problemsOf(codesOf(rules)), underpaidProblem]
}).annotate(RouteRules, rules).annotateMerge(OpenApi.annotations({
  summary: "Redeem a ticket",
  description: "Turns the secret into its service token. The same secret gives the same token for ever, so a request " +
    "may be repeated at any time. With `payment_id` an id that nobody paid is refused at once."
}))

/** Tickets. */
export const ticketsGroup = HttpApiGroup.make("tickets").add(redeemEndpoint).annotateMerge(OpenApi.annotations({
  title: "Tickets",
  description: "Pay in Monero, redeem a secret."
}))
