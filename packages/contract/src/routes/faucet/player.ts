/** Declares where a player stands, and what a player may do. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { problemsOf } from "../../problems/index.ts"
import { Ban, Instant } from "../../scalars.ts"
import { codesOf, RouteRules, type Rules } from "../RouteRules.ts"
import { Session } from "./credentials.ts"
import { playerDoes, playerReads } from "./rules.ts"

/** An address on Banano, as it is shown. */
export const BananoAddress = Schema.String.annotate({
  examples: ["ban_1bananobh5rat99qfgt1ptpieie5swmoth87thi74qgbfrij7dcgjiij94xr"]
})

/** An address and from when on it is paid. */
export const WalletItem = Schema.Struct({
  address: BananoAddress,
  linked_at: Instant,
  effective_at: Instant.annotate({ description: "From when on it is the one that is paid." })
}).annotate({ identifier: "WalletItem" })

/** Whether the player is on the operator's Discord server. */
export const MembershipState = Schema.Literals(["member", "left", "unknown"])

/** Whether an Epic account is linked there. */
export const LinkState = Schema.Literals(["linked", "not_linked", "unknown"])

/** What keeps a player from earning or from being paid. */
export const Hindrance = Schema.Literals([
  "NotMember",
  "NotLinked",
  "VerificationStale",
  "AbuseConfirmed",
  "NoWallet",
  "StatsPrivate",
  "BaselineUnknown",
  "HeldForReview"
])

const CapWindow = Schema.Struct({
  used: Schema.Int,
  cap: Schema.Int.annotate({ examples: [1] }),
  since: Instant.annotate({ description: "When it began." })
}).annotate({ identifier: "CapWindow" })

/** What is used and left of the caps. */
export const CapStatusItem = Schema.Struct({
  unit: Schema.Literals(["payouts", "kills"]),
  daily: CapWindow,
  weekly: CapWindow,
  remaining: Schema.Int.annotate({ description: "What is left now, by both.", examples: [1] }),
  at_cap: Schema.Boolean
}).annotate({ identifier: "CapStatus" })

/** Where a player stands. */
export const PlayerState = Schema.Struct({
  discord_username: Schema.String.annotate({ examples: ["ada"] }),
  membership: MembershipState,
  link: LinkState,
  epic_account_id: Schema.NullOr(Schema.String).annotate({ examples: ["2f0d8a3c"] }),
  linked: Schema.Boolean.annotate({ description: "Whether there is an address that is paid." }),
  wallet_address: Schema.NullOr(Schema.String).annotate({ description: "The one that is paid now." }),
  pending_wallet: Schema.NullOr(WalletItem).annotate({ description: "The change that waits." }),
  last_verified_at: Schema.NullOr(Instant),
  last_verified_status: Schema.Literals(["ok", "mismatch", "unknown"]).annotate({
    description: "`mismatch`: not on the server, or no Epic account linked there. `unknown`: nobody could say."
  }),
  last_verified_source: Schema.NullOr(Schema.Literals(["sign_in", "player", "admin", "refresh"])),
  accrued_rewards_ban: Ban.annotate({ description: "Earned and in no payout." }),
  accrued_kills: Schema.Int,
  settled_rewards_ban: Ban.annotate({ description: "In payouts that did not fail." }),
  cap_status: CapStatusItem,
  earning_refusal: Schema.NullOr(Hindrance).annotate({ description: "Why nothing is earned now; null when it is." }),
  paying_refusal: Schema.NullOr(Hindrance).annotate({ description: "Why nothing is paid now; null when it is." }),
  dry_run: Schema.Boolean.annotate({ description: "Whether everything is practice and nothing is sent." })
}).annotate({ identifier: "PlayerState", description: "Where the player stands." })
export type PlayerState = typeof PlayerState.Type

/** The address that a player gives. */
export const WalletRequest = Schema.Struct({
  banano_address: Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,100}$/u, { expected: "a Banano address" }))
    .annotate({
      description: "64 characters that begin with `ban_`; its checksum is verified.",
      examples: ["ban_1bananobh5rat99qfgt1ptpieie5swmoth87thi74qgbfrij7dcgjiij94xr"]
    })
}).annotate({ identifier: "WalletRequest" })

/** The address as it was noted. */
export const WalletLinked = Schema.Struct({
  linked: Schema.Literal(true),
  address: BananoAddress,
  effective_at: Instant,
  pending: Schema.Boolean.annotate({ description: "Whether the old address is still paid until then." })
}).annotate({ identifier: "WalletLinked", description: "The first counts at once, a change after the cool-down." })

/** What the directory of linked accounts said. */
export const Reverified = Schema.Struct({
  status: Schema.Literal("accepted"),
  discord_id: Schema.NullOr(Schema.String).annotate({ examples: ["80351110224678912"] }),
  epic_account_id: Schema.NullOr(Schema.String).annotate({ examples: ["2f0d8a3c"] }),
  membership: MembershipState,
  link: LinkState
}).annotate({ identifier: "Reverified", description: "What was found out just now." })

/** The player is forgotten. */
export const Erased = Schema.Struct({ erased: Schema.Literal(true) }).annotate({
  identifier: "Erased",
  description: "The player is forgotten, and nobody is signed in."
})

const statusRules: Rules = { ...playerReads, problems: ["player_not_found"] }

/** `GET /me/status`. */
export const statusEndpoint = HttpApiEndpoint.get("status", "/me/status", {
  disableCodecs: true,
  success: PlayerState,
  error: problemsOf(codesOf(statusRules))
}).annotate(RouteRules, statusRules).middleware(Session).annotateMerge(OpenApi.annotations({
  summary: "See where you stand",
  description: "What is earned, what is left of the caps, and what keeps from earning or being paid."
}))

const walletRules: Rules = { ...playerDoes, effect: "stored", problems: ["wallet_taken", "player_not_found"] }

/** `POST /link/wallet`. */
export const linkWalletEndpoint = HttpApiEndpoint.post("linkWallet", "/link/wallet", {
  disableCodecs: true,
  payload: WalletRequest,
  success: WalletLinked,
  error: problemsOf(codesOf(walletRules))
}).annotate(RouteRules, walletRules).middleware(Session).annotateMerge(OpenApi.annotations({
  summary: "Give an address to be paid at",
  description: "A wrong address is refused before anything else is looked at. To give the same again changes nothing."
}))

const reverifyRules: Rules = { ...playerDoes, body: "none", problems: ["player_not_found", "provider_unavailable"] }

/** `POST /me/reverify`. */
export const reverifyEndpoint = HttpApiEndpoint.post("reverify", "/me/reverify", {
  disableCodecs: true,
  success: Reverified,
  error: problemsOf(codesOf(reverifyRules))
}).annotate(RouteRules, reverifyRules).middleware(Session).annotateMerge(OpenApi.annotations({
  summary: "Be verified again",
  description: "Asks now whether you are on the server, and which Epic account is linked there."
}))

const eraseRules: Rules = { ...playerDoes, body: "none", problems: ["payout_under_way", "player_under_review"] }

/** `POST /me/erase`. */
export const eraseEndpoint = HttpApiEndpoint.post("erase", "/me/erase", {
  disableCodecs: true,
  success: Erased,
  error: problemsOf(codesOf(eraseRules))
}).annotate(RouteRules, eraseRules).middleware(Session).annotateMerge(OpenApi.annotations({
  summary: "Be forgotten",
  description:
    "For ever. What is owed and unpaid is given up; payouts that were made stay in the books, without a name."
}))

/** The player who is signed in. */
export const playerGroup = HttpApiGroup.make("player").add(
  statusEndpoint,
  linkWalletEndpoint,
  reverifyEndpoint,
  eraseEndpoint
).annotateMerge(OpenApi.annotations({ title: "Player", description: "The player who is signed in." }))
