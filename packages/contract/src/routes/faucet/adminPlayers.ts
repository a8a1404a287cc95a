/** Declares how admins look after players: verifications, and signs of abuse. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { problemsOf } from "../../problems/index.ts"
import { Instant, Sequence } from "../../scalars.ts"
import { codesOf, RouteRules, type Rules } from "../RouteRules.ts"
import { Admin } from "./credentials.ts"
import { Flag, limitOf } from "./paging.ts"
import { Reverified } from "./player.ts"
import { adminDoes, adminReads } from "./rules.ts"

/** Whom to verify. */
export const ReverifyRequest = Schema.Struct({
  discord_id: Schema.String.check(Schema.isPattern(/^[1-9]\d{16,19}$/u, { expected: "17 to 20 digits" })).annotate({
    examples: ["80351110224678912"]
  })
}).annotate({ identifier: "ReverifyRequest" })

const Verdict = Schema.Literals(["cleared", "confirmed"]).annotate({
  description: "`cleared`: it counts no more. `confirmed`: it was abuse, and paying ends."
})

const DedupeKey = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/u, { expected: "64 hexadecimal digits" }))
  .annotate({ description: "Names the event.", examples: ["0123456789abcdef".repeat(4)] })

/** Something measured of a player beyond its threshold. */
export const ReviewEntry = Schema.Struct({
  sequence: Sequence,
  dedupe_key: DedupeKey,
  kind: Schema.Literals([
    "KillRate",
    "KillsPerMatch",
    "Spike",
    "StaleStats",
    "SharedEpic",
    "SharedWallet",
    "YoungAccount",
    "RegionPercentile"
  ]),
  severity: Schema.Literals(["low", "med", "high"]),
  explanation: Schema.String.annotate({ examples: ["30 kills a match, where 15 are plausible (med)"] }),
  value: Schema.Finite.annotate({ examples: [30] }),
  threshold: Schema.Finite.annotate({ examples: [15] }),
  evidence: Schema.Array(Schema.String),
  raised_at: Instant,
  player_id: Schema.String,
  player: Schema.NullOr(Schema.Struct({
    discord_id: Schema.NullOr(Schema.String),
    discord_username: Schema.String,
    outcome: Schema.Literals(["none", "watch", "hold", "confirmed"])
  })),
  review: Schema.NullOr(Schema.Struct({ verdict: Verdict, note: Schema.String, actor: Schema.String, at: Instant }))
}).annotate({ identifier: "ReviewEntry" })

/** A page of signals, newest first. */
export const ReviewPage = Schema.Struct({ reviews: Schema.Array(ReviewEntry), next: Schema.NullOr(Sequence) }).annotate(
  {
    identifier: "ReviewPage",
    description: "Signals, newest first. `next` is what to send as `cursor` for the page after it, null on the last."
  }
)

/** What an admin decides on one signal. */
export const ReviewDecision = Schema.Struct({
  dedupe_key: DedupeKey,
  verdict: Verdict,
  note: Schema.String.check(
    Schema.isPattern(/\S/u, { expected: "1 to 1000 characters" }),
    Schema.isMaxLength(1_000, { expected: "1 to 1000 characters" })
  ).annotate({ description: "Why, for whoever reads it later.", examples: ["a tournament"] })
}).annotate({ identifier: "ReviewDecision" })

/** What holds for the player now. */
export const ReviewDecided = Schema.Struct({
  player_id: Schema.String,
  outcome: Schema.Literals(["none", "watch", "hold", "confirmed"])
}).annotate({ identifier: "ReviewDecided", description: "The decision is kept; `outcome` is what holds now." })

const reverifyRules: Rules = {
  ...adminDoes("player.reverify"),
  effect: "repeated",
  problems: ["player_not_found", "provider_unavailable"]
}

/** `POST /admin/reverify`. */
export const adminReverifyEndpoint = HttpApiEndpoint.post("reverify", "/admin/reverify", {
  disableCodecs: true,
  payload: ReverifyRequest,
  success: Reverified,
  error: problemsOf(codesOf(reverifyRules))
}).annotate(RouteRules, reverifyRules).middleware(Admin).annotateMerge(OpenApi.annotations({
  summary: "Verify a player",
  description: "Asks now whether a player is on the server, and which Epic account is linked there."
}))

/** `GET /admin/reviews`. */
export const reviewsEndpoint = HttpApiEndpoint.get("reviews", "/admin/reviews", {
  disableCodecs: true,
  query: {
    player: Schema.optionalKey(
      Schema.String.check(Schema.isPattern(/^[A-Za-z0-9._-]{1,100}$/u, { expected: "the id of a player" }))
    ),
    open: Schema.optionalKey(
      Flag.annotate({ description: "Only those that nobody has decided about, or only those that somebody has." })
    ),
    cursor: Schema.optionalKey(Sequence),
    limit: limitOf({ most: 200, usual: 50 })
  },
  success: ReviewPage,
  error: problemsOf(codesOf(adminReads))
}).annotate(RouteRules, adminReads).middleware(Admin).annotateMerge(OpenApi.annotations({
  summary: "List signs of abuse",
  description: "What was measured, against which threshold, and what was decided."
}))

const decideRules: Rules = {
  ...adminDoes("risk.review"),
  credential: "proven_admin",
  problems: ["review_not_found"]
}

/** `POST /admin/reviews/decide`. */
export const decideEndpoint = HttpApiEndpoint.post("decide", "/admin/reviews/decide", {
  disableCodecs: true,
  payload: ReviewDecision,
  success: ReviewDecided,
  error: problemsOf(codesOf(decideRules))
}).annotate(RouteRules, decideRules).middleware(Admin).annotateMerge(OpenApi.annotations({
  summary: "Decide on a signal",
  description: "A later decision on the same signal takes its place. What the player is owed meanwhile is kept."
}))

/** Players, for admins. */
export const adminPlayersGroup = HttpApiGroup.make("admin-players").add(
  adminReverifyEndpoint,
  reviewsEndpoint,
  decideEndpoint
).annotateMerge(OpenApi.annotations({ title: "Players", description: "Verifications and signs of abuse." }))
