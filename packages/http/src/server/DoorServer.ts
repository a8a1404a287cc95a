/** Answers the requests of one door: finds the route, runs it on a fiber, writes what comes out in one go. */
import type { Door, Rules } from "@purser/contract"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as References from "effect/References"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import type { Figures, RouteFigures } from "../figures/Figures.ts"
import { cacheControl, type Safety, safetyHeaders } from "../given/answerHeaders.ts"
import { refuseFailure } from "../given/refuseFailure.ts"
import { type Trace, untraced } from "../given/tracing.ts"
import type { TrustedProxies } from "../given/TrustedProxies.ts"
import type { Exchange } from "./Exchange.ts"
import { openExchange, type Surroundings } from "./openExchange.ts"
import { writtenProblem } from "./problemText.ts"
import { readBody } from "./readBody.ts"
import { type Refused, refused, type Written } from "./Reply.ts"
import type { Outcome, Route, Target } from "./Route.ts"
import { type RouteTable, routeTable } from "./routeTable.ts"
import { writeAnswer } from "./writeAnswer.ts"

/** Shows a refusal as a page to browsers that would rather have one; undefined for everybody else. */
export type RefusalPage = (exchange: Exchange, refusal: Refused) => Written | undefined

/** What a door answers with. */
export interface DoorOptions extends Safety {
  readonly door: Door
  readonly routes: ReadonlyArray<Route>
  readonly proxies: TrustedProxies
  readonly figures: Figures
  readonly trace: Trace
  readonly refusalPage: RefusalPage | undefined
  /** The header, in lower case, in which trusted proxies say the caller's region. */
  readonly regionHeader: string | undefined
  /** What requests run in. */
  readonly context: Context.Context<never>
}

/** A route as this door answers it. */
interface Served {
  readonly method: string
  readonly path: string
  readonly route: Route | undefined
  readonly holds: Rules["holds"]
  readonly headers: ReadonlyArray<string>
  /** The same for a page that shows a refusal. */
  readonly pageHeaders: ReadonlyArray<string>
  readonly figures: RouteFigures
}

const endingRetryMillis = 1_000
const nanosPerSecond = 1e9
const notFound = refused("not_found")
const ending = refused("shutting_down", { retryAfterMillis: endingRetryMillis })
const malformed = refused("malformed_request")
const expectation = refused("expectation_failed")

/** The path and the query of a request target; `http://host/path` means the same as `/path`. */
const split = (raw: string): { readonly path: string; readonly query: string } => {
  const target = raw.startsWith("/") ? raw : raw.replace(/^https?:\/\/[^/?#]+/iu, "")
  const mark = target.indexOf("?")
  return mark === -1 ? { path: target, query: "" } : { path: target.slice(0, mark), query: target.slice(mark + 1) }
}

const closing = (closed: (response: ServerResponse) => void) =>
  function(this: ServerResponse): void {
    closed(this)
  }

/** One door. */
export class DoorServer {
  readonly #options: DoorOptions
  readonly #surroundings: Surroundings
  readonly #table: RouteTable<Served>
  readonly #unmatched: Served
  readonly #clock: Clock.Clock
  readonly #open = new Map<ServerResponse, Exchange>()
  readonly #running = new Set<Fiber.Fiber<unknown>>()
  #isDraining = false
  #whenIdle: (() => void) | undefined

  constructor(options: DoorOptions) {
    const { context, figures, routes } = options
    this.#options = options
    this.#clock = Context.get(context, Clock.Clock)
    this.#surroundings = { ...options, clock: this.#clock }
    figures.watch(() => this.#open.size)
    this.#table = routeTable(routes.map((route) => ({
      method: route.method,
      path: route.path,
      route,
      holds: route.rules.holds,
      headers: [...safetyHeaders(route.rules.holds, options), ...route.headers],
      pageHeaders: [...safetyHeaders("page", options), ...route.headers],
      figures: figures.of(route)
    })))
    this.#unmatched = {
      method: "",
      path: "",
      route: undefined,
      holds: "state",
      headers: safetyHeaders("state", options),
      pageHeaders: safetyHeaders("page", options),
      figures: figures.of({ method: "any", path: "unmatched", rules: undefined })
    }
  }

  /** Answers a request of a server. */
  readonly listen = (request: IncomingMessage, response: ServerResponse): void => {
    const exchange = this.#begin(request, response)
    try {
      this.#accept(exchange)
    } catch (cause) {
      this.#fork(exchange, this.#unmatched, refuseFailure(Cause.die(cause)))
    }
  }

  /** Refuses an `Expect` that is not `100-continue`. */
  readonly refuseExpectation = (request: IncomingMessage, response: ServerResponse): void =>
    this.#write(this.#begin(request, response), this.#unmatched, expectation)

  /** Says whether an answer is on its way on this connection, so that nothing else may be written to it. */
  isAnswering(socket: Duplex): boolean {
    for (const { request, response } of this.#open.values()) {
      if (request.socket === socket && response.headersSent) return true
    }
    return false
  }

  /** From now on new requests are refused, and connections closed after their answer. Calls back when none is left. */
  drain(whenIdle: () => void): void {
    this.#isDraining = true
    if (this.#open.size === 0) whenIdle()
    else this.#whenIdle = whenIdle
  }

  /** Breaks off what is still being answered or read, with a refusal. */
  interrupt(): void {
    for (const fiber of this.#running) fiber.interruptUnsafe()
    for (const exchange of this.#open.values()) this.#write(exchange, this.#unmatched, ending)
  }

  /** One function for all answers, told apart by the emitter that it is called on. */
  readonly #closed = closing((response) => {
    this.#open.delete(response)
    if (this.#open.size === 0) this.#whenIdle?.()
  })

  #begin(request: IncomingMessage, response: ServerResponse): Exchange {
    const exchange = openExchange(request, response, this.#surroundings)
    this.#open.set(response, exchange)
    response.on("close", this.#closed)
    return exchange
  }

  #accept(exchange: Exchange): void {
    const { request } = exchange
    if (this.#isDraining) return this.#write(exchange, this.#unmatched, ending)
    if (request.headers.host === undefined && request.httpVersion === "1.1") {
      return this.#write(exchange, this.#unmatched, malformed)
    }
    const raw = request.url ?? "/"
    const { path, query } = split(raw)
    const found = this.#table(request.method ?? "GET", path)
    if (found._tag === "Nothing") return this.#write(exchange, this.#unmatched, notFound)
    if (found._tag === "WrongMethod") {
      const refusal = refused("method_not_allowed", { headers: ["Allow", found.allow] })
      return this.#write(exchange, this.#unmatched, refusal)
    }
    this.#run(exchange, found.route, { raw, query, params: found.params })
  }

  #run(exchange: Exchange, served: Served, target: Target): void {
    const { route } = served
    if (route === undefined) return
    const refusal = route.admit(exchange)
    if (refusal !== undefined) return this.#refuse(exchange, served, refusal)
    if (route.rules.body === "none") return this.#fork(exchange, served, route.answer(exchange, target, undefined))
    readBody(exchange, (body) =>
      Buffer.isBuffer(body)
        ? this.#fork(exchange, served, route.answer(exchange, target, body))
        : this.#refuse(exchange, served, body))
  }

  /** A refusal is answered at once, and as a request like any other where somebody traces. */
  #refuse(exchange: Exchange, served: Served, refusal: Refused): void {
    const { trace } = this.#options
    if (trace === untraced || served.route === undefined) this.#write(exchange, served, refusal)
    else this.#fork(exchange, served, trace(served.route, exchange, Effect.succeed(refusal)))
  }

  #fork(exchange: Exchange, served: Served, answer: Effect.Effect<Outcome>): void {
    const context = Context.add(this.#options.context, References.CurrentLogAnnotations, {
      correlation_id: exchange.correlationId
    })
    const fiber = Effect.runForkWith(context)(answer)
    const settle = (exit: Exit.Exit<Outcome>): void => {
      this.#running.delete(fiber)
      this.#write(exchange, served, exit._tag === "Success" ? exit.value : ending)
    }
    this.#running.add(fiber)
    fiber.addObserver(settle)
  }

  #write(exchange: Exchange, served: Served, outcome: Outcome): void {
    if (exchange.isAnswered) return
    exchange.isAnswered = true
    const page = outcome._tag === "Refused" ? this.#options.refusalPage?.(exchange, outcome) : undefined
    const written = outcome._tag === "Written" ? outcome : page ?? writtenProblem(outcome, exchange.correlationId)
    this.#settle(exchange, served, { outcome, status: written.status })
    writeAnswer(exchange, {
      written,
      cacheControl: cacheControl(served.holds, written.status),
      headers: page === undefined ? served.headers : served.pageHeaders,
      refused: outcome._tag === "Refused" ? outcome : undefined,
      isLast: this.#isDraining
    })
  }

  #settle(
    exchange: Exchange,
    { figures, route }: Served,
    { outcome, status }: { readonly outcome: Outcome; readonly status: number }
  ): void {
    route?.settle(exchange, outcome)
    const elapsedNanos = this.#clock.currentTimeNanosUnsafe() - exchange.startedNanos
    figures.end(status, Number(elapsedNanos) / nanosPerSecond)
    figures.outcome(outcome._tag === "Refused" ? outcome.code : outcome.outcome)
    if (outcome._tag === "Refused") this.#options.figures.refused(outcome.code)
  }
}
