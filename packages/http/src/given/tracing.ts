/** Makes one span of every request where somebody collects spans, and makes them cost nothing where nobody does. */
import { problemKinds } from "@purser/contract"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as HttpTraceContext from "effect/http/HttpTraceContext"
import * as Option from "effect/Option"
import * as References from "effect/References"
import * as Tracer from "effect/Tracer"
import type { Exchange } from "../server/Exchange.ts"
import type { Refused, Written } from "../server/Reply.ts"

type Outcome = Written | Refused

/** Wraps the work of one request. */
export type Trace = (
  route: { readonly name: string; readonly method: string; readonly path: string },
  exchange: Exchange,
  work: Effect.Effect<Outcome>
) => Effect.Effect<Outcome>

/** Says whether a tracer was installed. The one that is there by default keeps nothing. */
export const hasTracer = (context: Context.Context<never>): boolean => context.mapUnsafe.has(Tracer.TracerKey)

/** Without a tracer: no spans, here and in everything that the request runs. */
export const withoutSpans = <R>(context: Context.Context<R>): Context.Context<R> =>
  Context.add(context, References.TracerEnabled, false)

/** No span. */
export const untraced: Trace = (_route, _exchange, work) => work

const parentOf = ({ isTrusted, request }: Exchange): Tracer.ExternalSpan | undefined => {
  const header = request.headers.traceparent
  if (!isTrusted || typeof header !== "string") return undefined
  return Option.getOrUndefined(HttpTraceContext.w3c(Headers.fromRecordUnsafe({ traceparent: header })))
}

const statusOf = (outcome: Outcome): number =>
  outcome._tag === "Written" ? outcome.status : problemKinds[outcome.code].status

/** The name and attributes hold the route and never what was in its path. Callers outside can not choose the trace. */
const traced: Trace = (route, exchange, work) => {
  const parent = parentOf(exchange)
  return Effect.useSpan(route.name, {
    kind: "server",
    ...parent === undefined ? { root: true } : { parent },
    attributes: {
      "http.request.method": route.method,
      "http.route": route.path,
      correlation_id: exchange.correlationId
    }
  }, (span) =>
    Effect.map(Effect.withParentSpan(work, span), (outcome) => {
      span.attribute("http.response.status_code", statusOf(outcome))
      return outcome
    }))
}

/** The tracing of a server whose context this is. */
export const tracing = (context: Context.Context<never>): Trace => hasTracer(context) ? traced : untraced
