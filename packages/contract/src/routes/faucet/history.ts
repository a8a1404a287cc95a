/** Declares the lists of what a player earned and was paid, and the copy of everything that is kept. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { problemsOf } from "../../problems/index.ts"
import { Ban, Instant } from "../../scalars.ts"
import { codesOf, RouteRules, type Rules } from "../RouteRules.ts"
import { Session } from "./credentials.ts"
import { Cursor, Flag, limitOf, Next } from "./paging.ts"
import { BananoAddress, LinkState, MembershipState, WalletItem } from "./player.ts"
import { playerReads } from "./rules.ts"

/** How far a payout is. */
export const PayoutState = Schema.Literals([
  "queued",
  "signed",
  "sent",
  "unknown",
  "confirmed",
  "failed",
  "simulated"
]).annotate({
  description: "Paid is what is `confirmed`. `unknown` is being looked up. A debt that `failed` is paid by another " +
    "payout. `simulated` is practice."
})

/** A payout as its payee sees it. */
export const payoutFields = {
  id: Schema.String.annotate({ examples: ["5f0c2d9e"] }),
  amount_ban: Ban,
  status: PayoutState,
  address: BananoAddress,
  tx_hash: Schema.NullOr(Schema.String).annotate({ description: "The block; null while there is none." }),
  created_at: Instant,
  sent_at: Schema.NullOr(Instant).annotate({ description: "When the network first had the block." }),
  dry_run: Schema.Boolean
}

/** A payout. */
export const PayoutItem = Schema.Struct(payoutFields).annotate({ identifier: "PayoutItem" })

/** A page of payouts. */
export const PayoutPage = Schema.Struct({ payouts: Schema.Array(PayoutItem), next: Next }).annotate({
  identifier: "PayoutPage",
  description: "Payouts in the order asked for."
})

/** Orders of payouts; `-` is descending. */
export const PayoutSort = Schema.Literals([
  "created_at",
  "-created_at",
  "amount_ban",
  "-amount_ban",
  "status",
  "-status"
]).annotate({ description: "`-created_at`, newest first, unless given." })

/** Kills that were booked in one minute. */
export const AccrualItem = Schema.Struct({
  id: Schema.String,
  kills: Schema.Int.annotate({ examples: [3] }),
  rate_ban: Ban.annotate({ description: "What a kill earned when this was booked." }),
  amount_ban: Ban,
  settled: Schema.Boolean.annotate({ description: "Whether it is in a payout." }),
  payout_id: Schema.NullOr(Schema.String),
  epoch_minute: Schema.Int.annotate({
    description: "Unix seconds divided by 60, rounded down.",
    examples: [29_400_000]
  }),
  created_at: Instant,
  dry_run: Schema.Boolean
}).annotate({ identifier: "AccrualItem" })

/** A page of accruals. */
export const AccrualPage = Schema.Struct({ accruals: Schema.Array(AccrualItem), next: Next }).annotate({
  identifier: "AccrualPage",
  description: "What was earned, newest first."
})

/** What one verification came to. */
export const VerificationItem = Schema.Struct({
  at: Instant,
  source: Schema.Literals(["sign_in", "player", "admin", "refresh"]),
  membership: MembershipState,
  link: LinkState,
  epic_account_id: Schema.NullOr(Schema.String),
  outcome: Schema.Literals(["ok", "epic_taken", "unanswered"])
}).annotate({ identifier: "VerificationItem" })

/** Everything that is kept about a player. */
export const PlayerCopy = Schema.Struct({
  player: Schema.Struct({
    id: Schema.String,
    discord_id: Schema.NullOr(Schema.String),
    discord_username: Schema.String,
    epic_account_id: Schema.NullOr(Schema.String),
    membership: MembershipState,
    link: LinkState,
    region: Schema.String.annotate({ description: "A country or a part of the world, by a proxy of the operator." }),
    created_at: Instant,
    last_verified_at: Schema.NullOr(Instant)
  }),
  wallets: Schema.Array(WalletItem),
  verifications: Schema.Array(VerificationItem),
  accruals: Schema.Array(AccrualItem),
  payouts: Schema.Array(PayoutItem)
}).annotate({ identifier: "PlayerCopy", description: "Everything that is kept about the player." })
export type PlayerCopy = typeof PlayerCopy.Type

/** `GET /me/payouts`. */
export const payoutsEndpoint = HttpApiEndpoint.get("payouts", "/me/payouts", {
  disableCodecs: true,
  query: {
    status: Schema.optionalKey(PayoutState),
    sort: Schema.optionalKey(PayoutSort),
    cursor: Cursor,
    limit: limitOf({ most: 100, usual: 20 })
  },
  success: PayoutPage,
  error: problemsOf(codesOf(playerReads))
}).annotate(RouteRules, playerReads).middleware(Session).annotateMerge(OpenApi.annotations({
  summary: "See your payouts",
  description: "A payout is final once it is `confirmed`. Keep filter and order from page to page."
}))

/** `GET /me/accruals`. */
export const accrualsEndpoint = HttpApiEndpoint.get("accruals", "/me/accruals", {
  disableCodecs: true,
  query: {
    settled: Schema.optionalKey(Flag.annotate({ description: "Only what is in a payout, or only what is in none." })),
    cursor: Cursor,
    limit: limitOf({ most: 200, usual: 50 })
  },
  success: AccrualPage,
  error: problemsOf(codesOf(playerReads))
}).annotate(RouteRules, playerReads).middleware(Session).annotateMerge(OpenApi.annotations({
  summary: "See what you earned",
  description: "Each reading of your stats that showed more kills."
}))

const exportRules: Rules = { ...playerReads, holds: "secret", problems: ["player_not_found"] }

/** `GET /me/export`. */
export const exportEndpoint = HttpApiEndpoint.get("export", "/me/export", {
  disableCodecs: true,
  success: PlayerCopy,
  error: problemsOf(codesOf(exportRules))
}).annotate(RouteRules, exportRules).middleware(Session).annotateMerge(OpenApi.annotations({
  summary: "Get a copy of your data",
  description: "Everything that is kept about you, as a file."
}))

/** What a player earned and was paid. */
export const historyGroup = HttpApiGroup.make("history").add(payoutsEndpoint, accrualsEndpoint, exportEndpoint)
  .annotateMerge(OpenApi.annotations({ title: "History", description: "What the player earned and was paid." }))
