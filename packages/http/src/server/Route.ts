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
import type { Guard, GuardOf } from "../sessions/Guard.ts"
import { answerWriter, type MediaTypeOf } from "./answerWriter.ts"
import type { Exchange } from "./Exchange.ts"
import { accessOf, type Call, type Implementation } from "./Implementation.ts"
import { type Refused, withCookies, type Written } from "./Reply.ts"
import { RouteUnfit } from "./RouteUnfit.ts"

/** What all routes of a door share. */
export interface Givens extends Admission {
  readonly door: Door
  readonly idempotency: Idempotency
  readonly trace: Trace
  readonly mediaTypeOf: MediaTypeOf
  /** Undefined where nobody can sign in; then no route that asks for it can be served. */
  readonly guardOf: GuardOf | undefined
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

const handlerOf = (
  name: string,
  { credential }: Rules,
  implementations: ReadonlyArray<Implementation>
): Implementation => {
  const found = implementations.find((implementation) => implementation.name === name)
  if (found === undefined) throw new RouteUnfit(`${name} has no handler`)
  if (found.access !== accessOf[credential]) throw new RouteUnfit(`${name} has a handler for ${found.access}`)
  return found
}

/** Undefined where anybody may go on. */
const guarding = ({ endpoint }: DeclaredRoute, rules: Rules, { guardOf }: Givens): Guard | undefined => {
  if (accessOf[rules.credential] === "anybody") return undefined
  if (guardOf === undefined) throw new RouteUnfit(`${routeName(endpoint)} needs somebody to be signed in`)
  return guardOf(rules, endpoint.method)
}

const noBody = Buffer.alloc(0)

/** One request to a route whose input has been read. */
interface Asked {
  readonly exchange: Exchange
  readonly target: Target
  readonly body: Buffer | undefined
}

/** Runs the handler; with an idempotency key, once. */
const handling = (declared: DeclaredRoute, { handle }: Implementation, givens: Givens) => {
  const operation = routeName(declared.endpoint)
  const { effect } = rulesOf(declared, givens.door)
  const write = answerWriter(declared, givens.mediaTypeOf)
  return (input: ReadInput, call: Call, asked: Asked): Effect.Effect<Outcome, StorageError> => {
    const { body = noBody, exchange, target } = asked
    const work = Effect.map(handle(input, call), write)
    const header = exchange.request.headers["idempotency-key"]
    if (effect === "none" || header === undefined) return work
    const key = readKey(header)
    if (typeof key !== "string") return Effect.succeed(key)
    const { principal } = exchange
    const request = keyedRequest(givens.idempotency, { principal, operation, key, target: target.raw, body, effect })
    return idempotent(givens.idempotency, request, work)
  }
}

/** Asks first what needs nobody to be known, then who calls, and runs the handler for them. */
const serving = (declared: DeclaredRoute, implementations: ReadonlyArray<Implementation>, givens: Givens) => {
  const name = routeName(declared.endpoint)
  const rules = rulesOf(declared, givens.door)
  const implementation = handlerOf(name, rules, implementations)
  const guard = guarding(declared, rules, givens)
  const handled = handling(declared, implementation, givens)
  return (input: ReadInput, asked: Asked): Effect.Effect<Outcome, StorageError> => {
    const refusal = implementation.check?.(input)
    if (refusal !== undefined) return Effect.succeed(refusal)
    if (guard === undefined) return handled(input, asked.exchange, asked)
    return Effect.flatMap(guard(asked.exchange, input), (passed) =>
      passed._tag === "Refused"
        ? Effect.succeed(passed)
        : Effect.map(handled(input, passed.call, asked), (outcome) => withCookies(outcome, passed.setCookies)))
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
  const read = inputReader(endpoint, rules)
  const served = serving(declared, implementations, givens)
  const route = { name: routeName(endpoint), method: endpoint.method, path: endpoint.path }

  const ask = (exchange: Exchange, target: Target, body: Buffer | undefined): Effect.Effect<Outcome, StorageError> => {
    const input = read({ params: target.params, query: target.query, body })
    return Result.isSuccess(input)
      ? served(input.success, { exchange, target, body })
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
