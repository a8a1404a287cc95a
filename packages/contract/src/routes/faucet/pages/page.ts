/** Declares what pages for people have in common: HTML, forms that bring a token back, and the page that follows. */
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import type { Rules } from "../../RouteRules.ts"

const html = HttpApiSchema.asText({ contentType: "text/html; charset=utf-8" })

/** A page. */
export const Html = Schema.String.annotate({ description: "A page." }).pipe(html)

/** The page of a form again, with what is wrong about what was entered. */
export const HtmlAgain = Schema.String.annotate({ description: "The form again." }).pipe(
  HttpApiSchema.status(400),
  html
)

/** The page of a form again, because somebody else was faster. */
export const HtmlConflict = Schema.String.annotate({ description: "The form again." })
  .pipe(HttpApiSchema.status(409), html)

/** 303: the page that follows a form. */
export const PageFollows = HttpApiSchema.Empty(303).annotate({ description: "`Location` says which page follows." })

/** Something entered, however wrong: pages say what is wrong about it in their own words. */
export const Entered = Schema.optionalKey(
  Schema.String.check(Schema.isMaxLength(2_000, { expected: "at most 2000 characters" }))
)

/** A form. `csrf` is the token of the session; without it nothing is done. */
export const formOf = <Fields extends Schema.Struct.Fields>(fields: Fields) =>
  Schema.Struct({ ...fields, csrf: Entered }).pipe(HttpApiSchema.asFormUrlEncoded())

/** What was just done, told on the page that follows. */
export const NoticeQuery = Schema.optionalKey(Schema.Literals([
  "SignedOut",
  "WalletLinked",
  "WalletChanges",
  "VerificationAsked",
  "AccountDeleted",
  "SessionsEnded",
  "SecondFactorOn",
  "SteppedUp",
  "PayoutRetried",
  "DecisionKept",
  "ConfigSaved",
  "JobStarted",
  "PayoutsStopped",
  "PayoutsResumed"
]))

/** Anybody may look; who is signed in is greeted. */
export const openPage: Rules = {
  doors: ["public", "internal"],
  credential: "optional_session",
  body: "none",
  effect: "none",
  limit: "player",
  audit: { omitted: "reads only" },
  holds: "page",
  problems: ["invalid_request"],
  misses: []
}

/** A page of who is signed in. */
export const playerPage: Rules = { ...openPage, credential: "session" }

/** A form of who is signed in. */
export const playerForm: Rules = {
  ...playerPage,
  body: "form",
  audit: { omitted: "players act on nothing but their own; the books and their own records show it" }
}

/** A page of admins. */
export const adminPage: Rules = { ...openPage, doors: ["internal"], credential: "admin", limit: "admin" }

/** A form of admins. */
export const adminForm = (action: string): Rules => ({ ...adminPage, body: "form", audit: { action } })
