/** Serves the API: a public and an internal door in one process. */
import type { DeclaredRoute, OpenApiDocument } from "@purser/contract"
import type { AuditLog } from "@purser/domain/audit"
import { IdempotencyStore } from "@purser/domain/idempotency"
import type { Tickets } from "@purser/domain/tickets"
import { Transaction } from "@purser/domain/transaction"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { type DoorPlan, doorPlans } from "./doorPlans.ts"
import { makeFigures } from "./figures/Figures.ts"
import { safetyHeaders } from "./given/answerHeaders.ts"
import type { Idempotency } from "./given/idempotent.ts"
import { type InternalKeyCheck, internalKeyCheck } from "./given/InternalKeyCheck.ts"
import { hasTracer, tracing, withoutSpans } from "./given/tracing.ts"
import { parseTrustedProxies, type TrustedProxies, type TrustedProxyMalformed } from "./given/TrustedProxies.ts"
import type { Health } from "./Health.ts"
import type { HttpOptions } from "./HttpOptions.ts"
import { type Limits, makeLimits } from "./limits/Limits.ts"
import type { Listener } from "./Listener.ts"
import type { ListenRefused } from "./ListenRefused.ts"
import { DoorServer } from "./server/DoorServer.ts"
import { connectionLimits, openDoor } from "./server/nodeServer.ts"
import { makeRoute } from "./server/Route.ts"

const gracefulMillisDefault = 10_000
const socketModeDefault = 0o660

/** What both doors share. */
interface House {
  readonly options: HttpOptions
  readonly proxies: TrustedProxies
  readonly key: InternalKeyCheck
  readonly limits: Limits
  readonly idempotency: Idempotency
  readonly context: Context.Context<never>
}

/** The media type that the contract's document names for an answer. */
const mediaTypeIn = (document: OpenApiDocument) => ({ endpoint }: DeclaredRoute, status: number): string => {
  const path = document.paths[endpoint.path.replaceAll(/:(\w+)/gu, "{$1}")]
  const operation = path?.[endpoint.method.toLowerCase()] as
    | { readonly responses?: Readonly<Record<string, { readonly content?: object }>> }
    | undefined
  return Object.keys(operation?.responses?.[status]?.content ?? {})[0] ?? "application/json"
}

const open = (house: House, plan: DoorPlan) => {
  const { context, idempotency, key, limits, options, proxies } = house
  const { declared, document, door, implementations, pagePolicy, refusalPage, regionHeader } = plan
  const trace = tracing(context)
  const guardOf = plan.guardOf?.({ key, limits })
  const givens = { door, limits, key, idempotency, trace, guardOf, mediaTypeOf: mediaTypeIn(document) }
  const server = new DoorServer({
    door,
    routes: declared.map((route) => makeRoute(route, implementations, givens)),
    proxies,
    figures: makeFigures(door, context),
    trace,
    refusalPage,
    pagePolicy,
    regionHeader,
    sandboxed: options.sandboxed,
    context: hasTracer(context) ? context : withoutSpans(context)
  })
  return openDoor(server, {
    listener: options[door],
    fallback: options.fallbacks?.[door],
    socketMode: options.socketMode ?? socketModeDefault,
    gracefulMillis: options.gracefulMillis ?? gracefulMillisDefault,
    connections: { ...connectionLimits, ...options.connections },
    headers: safetyHeaders("state", options)
  })
}

const serve = Effect.fnUntraced(function*(options: HttpOptions) {
  const house: House = {
    options,
    proxies: yield* Effect.fromResult(parseTrustedProxies(options.trustedProxies)),
    key: internalKeyCheck(options.internalKey),
    limits: makeLimits(options.limits),
    idempotency: {
      store: yield* IdempotencyStore,
      transaction: yield* Transaction,
      secret: Redacted.value(options.internalKey)
    },
    context: Context.omit(Scope.Scope)(yield* Effect.context<never>())
  }
  const plans = yield* doorPlans(options.sandboxed)
  // Both doors close at the same time: neither takes requests while the other finishes its own.
  const scope = yield* Scope.fork(yield* Effect.scope, "parallel")
  const opened = Effect.all({ public: open(house, plans.public), internal: open(house, plans.internal) })
  return yield* Scope.provide(opened, scope)
})

/** The doors as they are: ports resolved, fallbacks taken. */
export class HttpServers extends Context.Service<HttpServers, {
  readonly public: Listener
  readonly internal: Listener
}>()("@purser/http/HttpServers") {
  /**
   * Opens both doors for as long as the layer lives. Over a `FaucetHttp` they serve the faucet besides. A route that breaks its
   * contract is a defect of the start.
   */
  static readonly layer = (
    options: HttpOptions
  ): Layer.Layer<
    HttpServers,
    ListenRefused | TrustedProxyMalformed,
    Tickets | AuditLog | IdempotencyStore | Transaction | Health
  > => Layer.effect(HttpServers, serve(options))
}
