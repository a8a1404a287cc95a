/** Makes a request with an `Idempotency-Key` take effect once, and its answer the same when it is sent again. */
import { idempotencyKeyPattern, type Rules } from "@purser/contract"
import type { IdempotencyScope, IdempotencyStore, StoredAnswer } from "@purser/domain/idempotency"
import type { StorageError, Transaction } from "@purser/domain/transaction"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { createHash, createHmac } from "node:crypto"
import { type Refused, refused, type Written } from "../server/Reply.ts"

/** The stores that it works on, and the secret that the names of callers are hashed under before they are stored. */
export interface Idempotency {
  readonly store: IdempotencyStore["Service"]
  readonly transaction: Transaction["Service"]
  readonly secret: string
}

/** One request with a key. */
export interface KeyedRequest {
  readonly scope: IdempotencyScope
  readonly requestHash: string
  readonly effect: Exclude<Rules["effect"], "none">
}

type Outcome = Written | Refused

/** How long a request may take before another process may take its key over; the operations are safe to repeat. */
const leaseMillis = 30_000
/** An answer is usually there long before the lease ends. */
const inFlightRetryMillis = 1_000

const malformed = refused("invalid_idempotency_key", {
  members: {
    errors: [{ in: "header", field: "Idempotency-Key", message: "expected 1 to 200 visible ASCII characters" }]
  }
})

/** The key of a request, or a refusal when it is not usable. */
export const readKey = (header: string | ReadonlyArray<string>): string | Refused =>
  typeof header === "string" && idempotencyKeyPattern.test(header) ? header : malformed

/** A caller's name as it is stored: a network address never is. */
const principalName = ({ secret }: Idempotency, principal: string): string =>
  principal.startsWith("key:")
    ? principal
    : `client:${createHmac("sha256", secret).update(`idempotency|${principal}`).digest("hex").slice(0, 32)}`

/** Scope and hash of a request. What differs in path or body is another request. */
export const keyedRequest = (
  idempotency: Idempotency,
  request: {
    readonly principal: string
    readonly operation: string
    readonly key: string
    readonly target: string
    readonly body: Buffer
    readonly effect: KeyedRequest["effect"]
  }
): KeyedRequest => ({
  scope: { principal: principalName(idempotency, request.principal), operation: request.operation, key: request.key },
  requestHash: createHash("sha256").update(`${request.operation}\n${request.target}\n`).update(request.body)
    .digest("hex"),
  effect: request.effect
})

const isFinal = (outcome: Outcome): outcome is Written => outcome._tag === "Written" && outcome.status === 200

/** Nothing secret is kept: where the answer holds one, only that there was an answer. */
const kept = ({ effect }: KeyedRequest, { status, text }: Written): StoredAnswer => ({
  status,
  body: effect === "stored" ? text : null
})

const complete = (
  { store }: Idempotency,
  keyed: KeyedRequest,
  outcome: Outcome
): Effect.Effect<Outcome, StorageError> =>
  isFinal(outcome) ? Effect.as(store.complete(keyed.scope, kept(keyed, outcome)), outcome) : Effect.succeed(outcome)

/** True when it is certain that nothing was left behind. */
const leftNothing = (exit: Exit.Exit<Outcome, StorageError>): boolean =>
  Exit.isSuccess(exit)
    ? !isFinal(exit.value)
    : !Cause.hasInterrupts(exit.cause) &&
      exit.cause.reasons.every((reason) => reason._tag !== "Fail" || reason.error.failure !== "InDoubt")

/** A key that can not be freed frees itself when its lease ends. */
const abandon = ({ store }: Idempotency, { scope }: KeyedRequest): Effect.Effect<void> =>
  Effect.catch(store.abandon(scope), (error) => Effect.logWarning("An idempotency key stays taken for a while", error))

const firstTime = (
  idempotency: Idempotency,
  keyed: KeyedRequest,
  operate: Effect.Effect<Outcome, StorageError>
): Effect.Effect<Outcome, StorageError> => {
  const whole = Effect.flatMap(operate, (outcome) => complete(idempotency, keyed, outcome))
  return Effect.onExit(
    keyed.effect === "stored" ? idempotency.transaction.atomically(whole) : whole,
    (exit) => leftNothing(exit) ? abandon(idempotency, keyed) : Effect.void
  )
}

/**
 * Runs `operate` unless the key says that it was run. A stored answer commits with the effect; an answer with a secret is
 * not stored and the operation, idempotent by itself, answers again. Answers other than 200 free the key.
 */
export const idempotent = Effect.fnUntraced(function*(
  idempotency: Idempotency,
  keyed: KeyedRequest,
  operate: Effect.Effect<Outcome, StorageError>
): Effect.fn.Return<Outcome, StorageError> {
  const atMillis = yield* Clock.currentTimeMillis
  const beginning = yield* idempotency.store.begin(keyed.scope, {
    requestHash: keyed.requestHash,
    atMillis,
    leaseMillis
  })
  switch (beginning._tag) {
    case "Started":
      return yield* firstTime(idempotency, keyed, operate)
    case "Clashed":
      return refused("idempotency_key_reused")
    case "InFlight":
      return refused("request_in_flight", {
        retryAfterMillis: Math.min(beginning.retryAfterMillis, inFlightRetryMillis)
      })
    case "Repeated":
      return beginning.answer.body === null
        ? yield* operate
        : {
          _tag: "Written",
          status: beginning.answer.status,
          mediaType: "application/json",
          text: beginning.answer.body
        }
  }
})
