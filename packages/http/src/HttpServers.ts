/** Serves the API: a public and an internal door in one process. */
import {
  type DeclaredRoute,
  declaredRoutes,
  type Door,
  InternalApi,
  type OpenApiDocument,
  openApiOf,
  PublicApi,
  referenceOf
} from "@purser/contract"
import { AuditLog } from "@purser/domain/audit"
import { IdempotencyStore } from "@purser/domain/idempotency"
import { Tickets } from "@purser/domain/tickets"
import { Transaction } from "@purser/domain/transaction"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { makeFigures } from "./figures/Figures.ts"
import { safetyHeaders } from "./given/answerHeaders.ts"
import type { Idempotency } from "./given/idempotent.ts"
import { type InternalKeyCheck, internalKeyCheck } from "./given/InternalKeyCheck.ts"
import { hasTracer, tracing, withoutSpans } from "./given/tracing.ts"
import { parseTrustedProxies, type TrustedProxies, type TrustedProxyMalformed } from "./given/TrustedProxies.ts"
import { listAudit } from "./handlers/audit.ts"
import { documentsOf } from "./handlers/documents.ts"
import { healthOf, sharedChecks } from "./handlers/health.ts"
import { metrics } from "./handlers/metrics.ts"
import { redeem } from "./handlers/redeem.ts"
import { lookAtToken, revokeToken } from "./handlers/tokens.ts"
import { Health } from "./Health.ts"
import { type Limits, type LimitSettings, makeLimits } from "./limits/Limits.ts"
import type { Listener } from "./Listener.ts"
import type { ListenRefused } from "./ListenRefused.ts"
import { referencePage } from "./reference/page.ts"
import { DoorServer } from "./server/DoorServer.ts"
import type { Implementation } from "./server/Implementation.ts"
import { type ConnectionLimits, connectionLimits, openDoor } from "./server/nodeServer.ts"
import { makeRoute } from "./server/Route.ts"

/** How the API is served. */
export interface HttpOptions {
  readonly public: Listener
  readonly internal: Listener
  /** Where a door listens when it can not have the first place; said in a warning. */
  readonly fallbacks?: { readonly public?: Listener; readonly internal?: Listener }
  /** The bearer key of internal calls. */
  readonly internalKey: Redacted.Redacted<string>
  /** Proxies whose word on the caller's address is believed: addresses, ranges, `unix`. */
  readonly trustedProxies: ReadonlyArray<string>
  /** File mode of Unix sockets, 0o660 unless given. */
  readonly socketMode?: number
  /** How long accepted requests may take to finish when the process ends, 10 s unless given. */
  readonly gracefulMillis?: number
  readonly limits?: LimitSettings
  readonly connections?: Partial<ConnectionLimits>
  /** Providers that a sandbox stands in for: said on every answer. */
  readonly sandboxed: ReadonlyArray<string>
}

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

interface Plan {
  readonly door: Door
  readonly declared: ReadonlyArray<DeclaredRoute>
  readonly document: OpenApiDocument
  readonly page: string
  readonly implementations: ReadonlyArray<Implementation>
}

/** The media type that the contract's document names for an answer. */
const mediaTypeIn = (document: OpenApiDocument) => ({ endpoint }: DeclaredRoute, status: number): string => {
  const path = document.paths[endpoint.path.replaceAll(/:(\w+)/gu, "{$1}")]
  const operation = path?.[endpoint.method.toLowerCase()] as
    | { readonly responses?: Readonly<Record<string, { readonly content?: object }>> }
    | undefined
  return Object.keys(operation?.responses?.[status]?.content ?? {})[0] ?? "application/json"
}

const open = (house: House, plan: Plan) => {
  const { context, idempotency, key, limits, options, proxies } = house
  const { declared, document, door } = plan
  const implementations = [...plan.implementations, ...documentsOf(document, plan.page)]
  const givens = { door, limits, key, idempotency, trace: tracing(context), mediaTypeOf: mediaTypeIn(document) }
  const server = new DoorServer({
    door,
    routes: declared.map((route) => makeRoute(route, implementations, givens)),
    proxies,
    figures: makeFigures(door, context),
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

const plans = Effect.gen(function*() {
  const tickets = yield* Tickets
  const audit = yield* AuditLog
  const looked = yield* sharedChecks(yield* Health)
  return (sandboxed: ReadonlyArray<string>): ReadonlyArray<Plan> => [
    {
      door: "public",
      declared: declaredRoutes(PublicApi),
      document: openApiOf(PublicApi),
      page: referencePage(referenceOf(PublicApi)),
      implementations: [redeem(tickets), lookAtToken(tickets), ...healthOf(looked, { door: "public", sandboxed })]
    },
    {
      door: "internal",
      declared: declaredRoutes(InternalApi),
      document: openApiOf(InternalApi),
      page: referencePage(referenceOf(InternalApi)),
      implementations: [
        revokeToken(tickets),
        listAudit(audit),
        metrics,
        ...healthOf(looked, { door: "internal", sandboxed })
      ]
    }
  ]
})

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
  const [publicPlan, internalPlan] = (yield* plans)(options.sandboxed)
  // Both doors close at the same time: neither takes requests while the other finishes its own.
  const scope = yield* Scope.fork(yield* Effect.scope, "parallel")
  const opened = Effect.all({ public: open(house, publicPlan!), internal: open(house, internalPlan!) })
  return yield* Scope.provide(opened, scope)
})

/** The doors as they are: ports resolved, fallbacks taken. */
export class HttpServers extends Context.Service<HttpServers, {
  readonly public: Listener
  readonly internal: Listener
}>()("@purser/http/HttpServers") {
  /** Opens both doors for as long as the layer lives. A route that breaks its contract is a defect of the start. */
  static readonly layer = (
    options: HttpOptions
  ): Layer.Layer<
    HttpServers,
    ListenRefused | TrustedProxyMalformed,
    Tickets | AuditLog | IdempotencyStore | Transaction | Health
  > => Layer.effect(HttpServers, serve(options))
}
