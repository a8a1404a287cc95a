/** Lists every reason that the API can refuse a request for. */

/** The status, the title, and what the caller can do. Codes are stable; titles and advice may be reworded. */
export interface ProblemKind {
  readonly status: number
  readonly title: string
  readonly advice: string
}

/** The closed list, by code, in the order of their statuses. */
export const problemKinds = {
  malformed_request: {
    status: 400,
    title: "The request cannot be read",
    advice: "Send a well-formed HTTP/1.1 request."
  },
  malformed_json: {
    status: 400,
    title: "The body is not JSON",
    advice: "Send one JSON object in UTF-8."
  },
  invalid_request: {
    status: 400,
    title: "The request does not fit",
    advice: "Each entry of errors names a field and what it expects."
  },
  invalid_idempotency_key: {
    status: 400,
    title: "The idempotency key is not usable",
    advice: "Send 1 to 200 visible ASCII characters, once."
  },
  sign_in_expired: {
    status: 400,
    title: "This sign-in is not valid any more",
    advice: "Begin again, in the browser that comes back: a sign-in counts once, for ten minutes, and needs cookies."
  },
  sign_in_refused: {
    status: 400,
    title: "Discord did not let you in",
    advice: "Begin again, and consent at Discord."
  },
  unauthorized: {
    status: 401,
    title: "A key is required",
    advice: "Send the internal key as a bearer token."
  },
  session_required: {
    status: 401,
    title: "Nobody is signed in",
    advice: "Sign in. Programs of the operator send the internal key as a bearer token instead."
  },
  ticket_underpaid: {
    status: 402,
    title: "Too little has been paid",
    advice: "Pay the difference between required and received to the same address."
  },
  foreign_request: {
    status: 403,
    title: "The request does not come from a page of ours",
    advice: "Send it from a page of this server: with Origin, or with Sec-Fetch-Site: same-origin."
  },
  form_expired: {
    status: 403,
    title: "The form is not valid any more",
    advice: "Load the page again, and send its form."
  },
  admin_required: {
    status: 403,
    title: "Only admins may do this",
    advice: "The operator names the admins by their Discord ids."
  },
  second_factor_required: {
    status: 403,
    title: "A second factor is needed",
    advice: "Set one up where there is none, then confirm with a code; it counts for some minutes."
  },
  code_refused: {
    status: 403,
    title: "The code does not count",
    advice: "Send the newest code that the app shows; each counts once."
  },
  not_found: {
    status: 404,
    title: "There is nothing here",
    advice: "The reference lists every path."
  },
  ticket_not_found: {
    status: 404,
    title: "No payment has been seen",
    advice: "Try again once the payment has been sent, with the secret that its address was made from."
  },
  token_not_found: {
    status: 404,
    title: "There is no such token",
    advice: "Redeem a ticket to get a token."
  },
  player_not_found: {
    status: 404,
    title: "There is no such player",
    advice: "A player is known from the first sign-in on, until the account is erased."
  },
  payout_not_found: {
    status: 404,
    title: "There is no such payout",
    advice: "The list of payouts has every id."
  },
  session_not_found: {
    status: 404,
    title: "There is no such session",
    advice: "It may have ended already; the list of sessions has every id."
  },
  review_not_found: {
    status: 404,
    title: "There is no such signal",
    advice: "The list of reviews has every key."
  },
  method_not_allowed: {
    status: 405,
    title: "The path does not have this method",
    advice: "Allow lists the methods that it has."
  },
  request_timeout: {
    status: 408,
    title: "The request took too long to arrive",
    advice: "Send the whole request without pauses."
  },
  ticket_claimed: {
    status: 409,
    title: "The ticket belongs to another secret",
    advice: "A retry does not help."
  },
  wallet_taken: {
    status: 409,
    title: "The address belongs to another player",
    advice: "Every player needs an address of their own: make a new one in the wallet."
  },
  payout_under_way: {
    status: 409,
    title: "A payout is under way",
    advice: "Try again when it is confirmed."
  },
  player_under_review: {
    status: 409,
    title: "Signs of abuse are under review",
    advice: "An admin has to clear them first; ask in the Discord server."
  },
  payout_refused: {
    status: 409,
    title: "Not with this payout",
    advice: "Each entry of errors says why: only a failed payout whose debt is free is queued again."
  },
  config_changed: {
    status: 409,
    title: "Somebody changed the settings meanwhile",
    advice: "Read them again, and send the change with the new version."
  },
  second_factor_missing: {
    status: 409,
    title: "There is no second factor yet",
    advice: "Set one up first."
  },
  request_in_flight: {
    status: 409,
    title: "A request with this idempotency key is under way",
    advice: "Try again after Retry-After."
  },
  body_too_large: {
    status: 413,
    title: "The body is too large",
    advice: "Send at most 16 KiB."
  },
  unsupported_media_type: {
    status: 415,
    title: "The body is of another type",
    advice: "Send what the reference names as Content-Type, mostly application/json, without a content coding."
  },
  expectation_failed: {
    status: 417,
    title: "The expectation cannot be met",
    advice: "Only Expect: 100-continue is known."
  },
  idempotency_key_reused: {
    status: 422,
    title: "The idempotency key was used for another request",
    advice: "Use a new key for a new request."
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    advice: "Try again after Retry-After."
  },
  too_many_misses: {
    status: 429,
    title: "Too many refused redemptions",
    advice: "Try again after Retry-After; it doubles with each further miss and recovers with time."
  },
  redeem_busy: {
    status: 429,
    title: "Too many redemptions at once",
    advice: "Try again after Retry-After; with payment_id a request is served first."
  },
  too_many_codes: {
    status: 429,
    title: "Too many codes were wrong",
    advice: "Try again after Retry-After."
  },
  headers_too_large: {
    status: 431,
    title: "The header is too large",
    advice: "Send at most 8 KiB of header."
  },
  internal_error: {
    status: 500,
    title: "Something failed here",
    advice: "Quote correlation_id to the operator."
  },
  storage_unavailable: {
    status: 503,
    title: "The books cannot be reached",
    advice: "Nothing was changed. Try again after Retry-After."
  },
  provider_unavailable: {
    status: 503,
    title: "A provider does not answer",
    advice: "Nothing was changed. Try again after Retry-After."
  },
  outcome_unknown: {
    status: 503,
    title: "The outcome is not known",
    advice: "Send the same request again after Retry-After; it takes effect at most once."
  },
  not_ready: {
    status: 503,
    title: "Not ready",
    advice: "checks names what is down."
  },
  shutting_down: {
    status: 503,
    title: "This process is ending",
    advice: "Try again after Retry-After, on a new connection."
  }
} as const satisfies Record<string, ProblemKind>

/** The code of a reason; stable. */
export type ProblemCode = keyof typeof problemKinds

/** Every code, in the order of the statuses; the keys of a literal are those of its type. */
export const problemCodes = Object.keys(problemKinds) as ReadonlyArray<ProblemCode>

/** Where the reference explains a code; also the `type` of the problem, relative to the server that answered. */
export const problemType = (code: ProblemCode): string => `/docs#${code}`
