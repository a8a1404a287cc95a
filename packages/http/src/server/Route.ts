/** Builds what serves one route: the handler inside everything that each route is given. There is no other way to make one. */
import { type DeclaredRoute, type Door, routeName, type Rules } from "@purser/contract"
import type { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { type Admission, admit } from "../given/admit.ts"
import { ruleHeaders } from "../given/answerHeaders.ts"
import { type Idempotency, idempotent, keyedRequest, readKey } from "../given/idempotent.ts"
import { inputReader, type ReadInput } from "../given/readInput.ts"
import { refuseFailure } from "../given/refuseFailure.ts"
import type { Trace } from "../given/tracing.ts"
import { answerWriter, type MediaTypeOf } from "./answerWriter.ts"
import type { Exchange } from "./Exchange.ts"
import type { Implementation } from "./Implementation.ts"
import type { Refused, Written } from "./Reply.ts"
import { RouteUnfit } from "./RouteUnfit.ts"

/** What all routes of a door share. */
export interface Givens extends Admission {
  readonly door: Door
  readonly idempotency: Idempotency
  readonly trace: Trace
  readonly mediaTypeOf: MediaTypeOf
}

/** Where a request goes: the raw target, its query, and the parameters in its path. */
export interface Target {
  readonly raw: string
  readonly query: string
  readonly params: Readonly<Record<string, string>>
}

/** What comes of a request. */
export type Outcome = Written | Refused

/** A served route. */
export interface Route {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly rules: Rules
  /** The headers that depend on its rules, name and value in turn. */
  readonly headers: ReadonlyArray<string>
  /** A refusal, or undefined for a request that may go on; then its body is read where the rules say so. */
  readonly admit: (exchange: Exchange) => Refused | undefined
  /** Answers a request that was admitted, whatever happens. Interruption is the only way to fail. */
  readonly answer: (exchange: Exchange, target: Target, body: Buffer | undefined) => Effect.Effect<Outcome>
  /** Counts a refusal that is a miss. */
  readonly settle: (exchange: Exchange, outcome: Outcome) => void
}

const rulesOf = ({ endpoint, rules }: DeclaredRoute, door: Door): Rules => {
  if (Option.isNone(rules)) throw new RouteUnfit(`${routeName(endpoint)} has no rules`)
  if (!rules.value.doors.includes(door)) throw new RouteUnfit(`${routeName(endpoint)} is not for the ${door} door`)
  return rules.value
}

const handlerOf = (name: string, implementations: ReadonlyArray<Implementation>): Implementation["handle"] => {
  const found = implementations.find((implementation) => implementation.name === name)
  if (found === undefined) throw new RouteUnfit(`${name} has no handler`)
  return found.handle
}

const noBody = Buffer.alloc(0)

/** One request to a route whose input has been read. */
interface Asked {
  readonly exchange: Exchange
  readonly target: Target
  readonly body: Buffer | undefined
}

/** Runs the handler; with an idempotency key, once. */
const handling = (declared: DeclaredRoute, implementations: ReadonlyArray<Implementation>, givens: Givens) => {
  const operation = routeName(declared.endpoint)
  const { effect } = rulesOf(declared, givens.door)
  const handle = handlerOf(operation, implementations)
  const write = answerWriter(declared, givens.mediaTypeOf)
  return (input: ReadInput, { body = noBody, exchange, target }: Asked): Effect.Effect<Outcome, StorageError> => {
    const work = Effect.map(handle(input, exchange), write)
    const header = exchange.request.headers["idempotency-key"]
    if (effect === "none" || header === undefined) return work
    const key = readKey(header)
    if (typeof key !== "string") return Effect.succeed(key)
    const { principal } = exchange
    const request = keyedRequest(givens.idempotency, { principal, operation, key, target: target.raw, body, effect })
    return idempotent(givens.idempotency, request, work)
  }
}

/** Makes the route, or throws `RouteUnfit`. */
export const makeRoute = (
  declared: DeclaredRoute,
  implementations: ReadonlyArray<Implementation>,
  givens: Givens
): Route => {
  const { endpoint } = declared
  const rules = rulesOf(declared, givens.door)
  const read = inputReader(endpoint)
  const handled = handling(declared, implementations, givens)
  const route = { name: routeName(endpoint), method: endpoint.method, path: endpoint.path }

  const ask = (exchange: Exchange, target: Target, body: Buffer | undefined): Effect.Effect<Outcome, StorageError> => {
    const input = read({ params: target.params, query: target.query, body })
    return Result.isSuccess(input)
      ? handled(input.success, { exchange, target, body })
      : Effect.succeed(input.failure)
  }

  return {
    ...route,
    rules,
    headers: ruleHeaders(rules, givens.limits.quotas[rules.limit].quota),
    admit: (exchange) => admit(exchange, rules, givens),
    answer: (exchange, target, body) =>
      givens.trace(
        route,
        exchange,
        Effect.catchCause(Effect.suspend(() => ask(exchange, target, body)), refuseFailure)
      ),
    settle: ({ caller, nowMillis }, outcome) => {
      if (outcome._tag === "Refused" && rules.misses.includes(outcome.code)) givens.limits.misses.add(caller, nowMillis)
    }
  }
}
