/** Declares how users sign in with Discord. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { problemsOf } from "../../problems/index.ts"
import { codesOf, RouteRules, type Rules } from "../RouteRules.ts"

/** 302: `Location` says where to go on. */
const MovedOn = HttpApiSchema.Empty(302).annotate({ description: "`Location` says where to go on." })

const text = (most: number, description: string) =>
  Schema.optionalKey(
    Schema.String.check(Schema.isMaxLength(most, { expected: `at most ${most} characters` })).annotate({ description })
  )

const rules: Rules = {
  doors: ["public"],
  credential: "none",
  body: "none",
  effect: "none",
  limit: "sign_in",
  audit: { omitted: "whoever signs in acts on nothing but their own" },
  holds: "secret",
  problems: ["invalid_request", "storage_unavailable"],
  misses: []
}

/** `GET /auth/discord/login`. */
export const loginEndpoint = HttpApiEndpoint.get("login", "/auth/discord/login", {
  disableCodecs: true,
  query: { return_to: text(2_000, "A path of this server to come back to.") },
  success: MovedOn,
  error: problemsOf(codesOf(rules))
}).annotate(RouteRules, rules).annotateMerge(OpenApi.annotations({
  summary: "Sign in with Discord",
  description: "Sends the browser to Discord, bound to it by a cookie for ten minutes. " +
    "A `return_to` that is no path of this server is forgotten."
}))

const callbackRules: Rules = {
  ...rules,
  problems: [...rules.problems, "sign_in_expired", "sign_in_refused", "provider_unavailable"]
}

/** `GET /auth/discord/callback`. */
export const callbackEndpoint = HttpApiEndpoint.get("callback", "/auth/discord/callback", {
  disableCodecs: true,
  query: {
    state: text(2_000, "What the sign-in began with."),
    code: text(2_000, "What Discord gives for the consent."),
    error: text(200, "Why Discord gives none."),
    error_description: text(2_000, "The same for people.")
  },
  success: MovedOn,
  error: problemsOf(codesOf(callbackRules))
}).annotate(RouteRules, callbackRules).annotateMerge(OpenApi.annotations({
  summary: "Come back from Discord",
  description:
    "Signs in, once for each state, with a session cookie. Who is not on the server of the operator, or has no " +
    "Epic account linked there, is signed in too and sent to the page that says what to do."
}))

/** Signing in. */
export const signInGroup = HttpApiGroup.make("sign-in").add(loginEndpoint, callbackEndpoint)
  .annotateMerge(OpenApi.annotations({ title: "Sign-in", description: "Players sign in with Discord." }))
