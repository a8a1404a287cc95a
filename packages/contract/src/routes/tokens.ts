/** Declares how tokens are looked at and taken back. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { problemsOf } from "../problems/index.ts"
import { Instant, Piconero, TokenText } from "../scalars.ts"
import { InternalKey } from "./InternalKey.ts"
import { codesOf, RouteRules, type Rules } from "./RouteRules.ts"

/** What anybody who holds a token may know of it. */
export const TokenState = Schema.Struct({
  status: Schema.Literals(["active", "suspended", "revoked"]).annotate({
    description: "`suspended` while money behind it has vanished in a reorganisation; `revoked` is for ever."
  }),
  amount: Piconero,
  issued_at: Instant,
  revoked_at: Schema.NullOr(Instant).annotate({ description: "When it was revoked.", examples: [null] }),
  abuse_score: Schema.Int.annotate({ description: "0 to 32,767, set when it was revoked.", examples: [0] })
}).annotate({ identifier: "TokenState", description: "How the token stands." })
export type TokenState = typeof TokenState.Type

/** Why a token is taken back. */
export const RevokeRequest = Schema.Struct({
  reason: Schema.optionalKey(
    Schema.String.check(Schema.isPattern(/^[^\p{Cc}\p{Cs}]{1,200}$/u, { expected: "1 to 200 characters on one line" }))
      .annotate({ description: "For the audit log.", examples: ["resold"] })
  ),
  abuse_score: Schema.optionalKey(
    Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 32_767 }, { expected: "a whole number from 0 to 32767" }))
      .annotate({ description: "0 unless given.", examples: [10] })
  )
}).annotate({ identifier: "RevokeRequest" })
export type RevokeRequest = typeof RevokeRequest.Type

const params = { token: TokenText }

const lookRules: Rules = {
  doors: ["public"],
  credential: "none",
  body: "none",
  effect: "none",
  limit: "token",
  audit: { omitted: "reads only" },
  holds: "state",
  problems: ["invalid_request", "token_not_found", "storage_unavailable"],
  misses: []
}

/** `GET /api/v1/token/:token`. */
export const tokenEndpoint = HttpApiEndpoint.get("look", "/api/v1/token/:token", {
  disableCodecs: true,
  params,
  success: TokenState,
  error: problemsOf(codesOf(lookRules))
}).annotate(RouteRules, lookRules).annotateMerge(OpenApi.annotations({
  summary: "Look at a token",
  description: "For services that are shown a token. Let in who shows an `active` one."
}))

const revokeRules: Rules = {
  doors: ["internal"],
  credential: "internal_key",
  body: "json",
  effect: "stored",
  limit: "admin",
  audit: { action: "token.revoke" },
  holds: "state",
  problems: ["token_not_found"],
  misses: []
}

/** `POST /api/v1/token/:token/revoke`. */
export const revokeEndpoint = HttpApiEndpoint.post("revoke", "/api/v1/token/:token/revoke", {
  disableCodecs: true,
  params,
  payload: RevokeRequest,
  success: TokenState,
  error: problemsOf(codesOf(revokeRules))
}).annotate(RouteRules, revokeRules).middleware(InternalKey).annotateMerge(OpenApi.annotations({
  summary: "Revoke a token",
  description: "Takes a token back for ever. The first revocation wins; later ones answer with it and change nothing."
}))

const group = HttpApiGroup.make("tokens").annotateMerge(OpenApi.annotations({
  title: "Tokens",
  description: "What a redeemed ticket turned into."
}))

/** Tokens, for the public. */
export const tokensGroup = group.add(tokenEndpoint)
/** Tokens, for the operator. */
export const tokensInternalGroup = group.add(revokeEndpoint)
