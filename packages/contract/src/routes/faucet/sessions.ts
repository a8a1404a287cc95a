/** Declares sessions and second factors of who is signed in. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { problemsOf } from "../../problems/index.ts"
import { Instant } from "../../scalars.ts"
import { codesOf, RouteRules, type Rules } from "../RouteRules.ts"
import { Session } from "./credentials.ts"
import { playerDoes, playerReads } from "./rules.ts"

const SessionText = Schema.String.check(
  Schema.isPattern(/^[A-Za-z0-9._-]{1,100}$/u, { expected: "the id of a session" })
).annotate({ description: "Names a session; it gives no access to it.", examples: ["5sXo2p1qKcVt"] })

/** A session of the user. */
export const SessionItem = Schema.Struct({
  id: SessionText,
  created_at: Instant,
  expires_at: Instant.annotate({ description: "Unless it is used before." }),
  current: Schema.Boolean.annotate({ description: "Whether it is the one that asks." })
}).annotate({ identifier: "SessionItem" })

/** The sessions of the user, newest first. */
export const SessionList = Schema.Struct({ sessions: Schema.Array(SessionItem) }).annotate({
  identifier: "SessionList",
  description: "Sessions that have not ended, newest first."
})

/** Which session to end. */
export const SessionRevocation = Schema.Struct({ session_id: Schema.optionalKey(SessionText) }).annotate({
  identifier: "SessionRevocation"
})

/** How many sessions were ended. */
export const SessionsRevoked = Schema.Struct({ revoked: Schema.Int.annotate({ examples: [1] }) }).annotate({
  identifier: "SessionsRevoked",
  description: "How many were ended."
})

/** Nobody is signed in on this browser any more. */
export const SignedOut = Schema.Struct({ signed_out: Schema.Literal(true) }).annotate({
  identifier: "SignedOut",
  description: "The session has ended and its cookies are taken."
})

/** A code of the app, six digits; spaces do not count. */
const Code = Schema.String.check(Schema.isPattern(/^[0-9 ]{6,12}$/u, { expected: "six digits" })).annotate({
  description: "Six digits, as the app shows them.",
  examples: ["492 039"]
})

/** A code of the second factor. */
export const SecondFactorCode = Schema.Struct({ code: Code }).annotate({ identifier: "SecondFactorCode" })

/** A secret for an app that shows codes. */
export const SecondFactorSecret = Schema.Struct({
  secret: Schema.String.annotate({ description: "In Base32.", examples: ["JBSWY3DPEHPK3PXP"] }),
  otpauth_uri: Schema.String.annotate({
    description: "The same for a QR code.",
    examples: ["otpauth://totp/Purser:player?secret=JBSWY3DPEHPK3PXP"]
  })
}).annotate({ identifier: "SecondFactorSecret", description: "Shown once. It counts when a code of it is confirmed." })

/** From when on the second factor counts for this session. */
export const SecondFactorGiven = Schema.Struct({ second_factor_at: Instant }).annotate({
  identifier: "SecondFactorGiven",
  description: "The code counts for this session, for some minutes."
})

const logoutRules: Rules = { ...playerDoes, body: "none" }

/** `POST /auth/logout`. */
export const logoutEndpoint = HttpApiEndpoint.post("logout", "/auth/logout", {
  disableCodecs: true,
  success: SignedOut,
  error: problemsOf(codesOf(logoutRules))
}).annotate(RouteRules, logoutRules).middleware(Session).annotateMerge(OpenApi.annotations({
  summary: "Sign out",
  description: "Ends this session at once, everywhere."
}))

/** `GET /auth/sessions`. */
export const sessionsEndpoint = HttpApiEndpoint.get("sessions", "/auth/sessions", {
  disableCodecs: true,
  success: SessionList,
  error: problemsOf(codesOf(playerReads))
}).annotate(RouteRules, playerReads).middleware(Session).annotateMerge(OpenApi.annotations({
  summary: "See where you are signed in",
  description: "Ids of sessions give no access to them."
}))

const revokeRules: Rules = { ...playerDoes, problems: ["session_not_found"] }

/** `POST /auth/sessions/revoke`. */
export const revokeSessionsEndpoint = HttpApiEndpoint.post("revokeSessions", "/auth/sessions/revoke", {
  disableCodecs: true,
  payload: SessionRevocation,
  success: SessionsRevoked,
  error: problemsOf(codesOf(revokeRules))
}).annotate(RouteRules, revokeRules).middleware(Session).annotateMerge(OpenApi.annotations({
  summary: "End sessions",
  description: "Ends the one that is named; without a name all but the one that asks."
}))

const codeRefusals = ["code_refused", "second_factor_missing", "too_many_codes"] as const
const enrolRules: Rules = { ...playerDoes, body: "none", holds: "secret", problems: ["second_factor_required"] }
const codeRules: Rules = { ...playerDoes, limit: "sign_in", problems: [...codeRefusals, "second_factor_required"] }

/** `POST /auth/second-factor/enrol`. */
export const enrolEndpoint = HttpApiEndpoint.post("enrol", "/auth/second-factor/enrol", {
  disableCodecs: true,
  success: SecondFactorSecret,
  error: problemsOf(codesOf(enrolRules))
}).annotate(RouteRules, enrolRules).middleware(Session).annotateMerge(OpenApi.annotations({
  summary: "Set up a second factor",
  description:
    "Makes a new secret. Where there is one already, a code of it has to have been given within the last minutes."
}))

/** `POST /auth/second-factor/confirm`. */
export const confirmEndpoint = HttpApiEndpoint.post("confirm", "/auth/second-factor/confirm", {
  disableCodecs: true,
  payload: SecondFactorCode,
  success: SecondFactorGiven,
  error: problemsOf(codesOf(codeRules))
}).annotate(RouteRules, codeRules).middleware(Session).annotateMerge(OpenApi.annotations({
  summary: "Turn on the second factor",
  description: "Takes the first code of the new secret."
}))

/** `POST /auth/second-factor/step-up`. */
export const stepUpEndpoint = HttpApiEndpoint.post("stepUp", "/auth/second-factor/step-up", {
  disableCodecs: true,
  payload: SecondFactorCode,
  success: SecondFactorGiven,
  error: problemsOf(codesOf(codeRules))
}).annotate(RouteRules, codeRules).middleware(Session).annotateMerge(OpenApi.annotations({
  summary: "Give the second factor",
  description: "A code counts once, for this session."
}))

/** Sessions and second factors. */
export const sessionsGroup = HttpApiGroup.make("sessions").add(
  logoutEndpoint,
  sessionsEndpoint,
  revokeSessionsEndpoint,
  enrolEndpoint,
  confirmEndpoint,
  stepUpEndpoint
).annotateMerge(
  OpenApi.annotations({ title: "Sessions", description: "Where somebody is signed in, and by what proof." })
)
