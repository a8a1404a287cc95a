/** Lets through who is signed in, from our own pages only, and admins with the proof that a route asks for. */
import type { Rules } from "@purser/contract"
import {
  type Identity,
  type IdentityError,
  IdentityRules,
  type Recognised,
  type SignedIn
} from "@purser/domain/identity"
import { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { IncomingHttpHeaders } from "node:http"
import { type Admission, unauthorized, underQuota } from "../given/admit.ts"
import type { ReadInput } from "../given/readInput.ts"
import type { Exchange } from "../server/Exchange.ts"
import { accessOf, type AdminCall, type PlayerCall, type VisitorCall } from "../server/Implementation.ts"
import { type Refused, refused } from "../server/Reply.ts"
import type { FormTokens } from "./formTokens.ts"
import type { Guard, GuardOf, Passed } from "./Guard.ts"

/** What guards look into. */
export interface Guards extends Admission {
  readonly identity: Identity["Service"]
  readonly tokens: FormTokens
  /** The origin of the pages of this door, as browsers write it. */
  readonly originOf: (headers: IncomingHttpHeaders) => string
  readonly freshForMillis: number
}

/** What a guard is made for. */
interface Guarded {
  readonly rules: Rules
  readonly method: string
}

const nobody = refused("session_required", { headers: ["WWW-Authenticate", "Cookie realm=\"purser\""] })
const foreign = refused("foreign_request")
const stale = refused("form_expired")
const noAdmin = refused("admin_required")
const unproven = refused("second_factor_required")

/** A failure of identity is one of storage: the same is to be done about it. */
export const storageFailure = ({ detail, failure, operation }: IdentityError): StorageError =>
  new StorageError({ failure: failure === "Unavailable" ? "Unavailable" : "Broken", operation, cause: detail })

const single = (value: string | ReadonlyArray<string> | undefined): string | undefined =>
  typeof value === "string" ? value : undefined

const isOwn = ({ request: { headers } }: Exchange, method: string, { originOf }: Guards): boolean =>
  IdentityRules.mayChange(
    { method, origin: single(headers.origin), secFetchSite: single(headers["sec-fetch-site"]) },
    originOf(headers)
  )

const formTokenIn = ({ payload }: ReadInput): unknown => (payload as { readonly csrf?: unknown } | undefined)?.csrf

const callOf = (exchange: Exchange) => {
  const { acceptLanguage, cookieHeader, correlationId, principal, regionHint } = exchange
  return { acceptLanguage, cookieHeader, correlationId, principal, regionHint }
}

/** Counted by the user as well as by address, so that neither many sessions nor many addresses help. */
const refusalOf = (
  exchange: Exchange,
  input: ReadInput,
  { guarded: { method, rules }, guards, signedIn }: {
    readonly guarded: Guarded
    readonly guards: Guards
    readonly signedIn: SignedIn
  }
): Refused | undefined => {
  exchange.principal = `user:${signedIn.userId}`
  const limited = underQuota(exchange, rules, guards.limits)
  if (limited !== undefined) return limited
  if (!isOwn(exchange, method, guards)) return foreign
  return rules.body === "form" && !guards.tokens.fits(formTokenIn(input), signedIn.sessionId) ? stale : undefined
}

const recognised = (guards: Guards, exchange: Exchange): Effect.Effect<Option.Option<Recognised>, StorageError> =>
  exchange.cookieHeader === undefined
    ? Effect.succeedNone
    : Effect.mapError(guards.identity.session(exchange.cookieHeader), storageFailure)

const playerGuard = (guards: Guards, guarded: Guarded): Guard => (exchange, input) =>
  Effect.map(recognised(guards, exchange), (found): Passed | Refused => {
    if (Option.isNone(found)) return nobody
    const { setCookies, signedIn } = found.value
    const refusal = refusalOf(exchange, input, { guards, guarded, signedIn })
    if (refusal !== undefined) return refusal
    const call: PlayerCall = { ...callOf(exchange), signedIn, formToken: guards.tokens.of(signedIn.sessionId) }
    return { _tag: "Passed", call, setCookies }
  })

const passedByKey = (exchange: Exchange, { key, limits }: Guards, rules: Rules): Passed | Refused => {
  if (!key.isIn(exchange.request.headers.authorization)) return unauthorized
  exchange.principal = key.principal
  const limited = underQuota(exchange, rules, limits)
  if (limited !== undefined) return limited
  const { correlationId } = exchange
  const actor = { name: key.principal, correlationId }
  const call: AdminCall = { ...callOf(exchange), actor, signedIn: null, formToken: null, isProven: true }
  return { _tag: "Passed", call, setCookies: [] }
}

const adminGuard = (guards: Guards, guarded: Guarded): Guard => (exchange, input) => {
  if (exchange.request.headers.authorization !== undefined) {
    return Effect.succeed(passedByKey(exchange, guards, guarded.rules))
  }
  return Effect.map(recognised(guards, exchange), (found): Passed | Refused => {
    if (Option.isNone(found)) return nobody
    const { setCookies, signedIn } = found.value
    const refusal = refusalOf(exchange, input, { guards, guarded, signedIn })
    if (refusal !== undefined) return refusal
    if (!signedIn.roles.has("admin")) return noAdmin
    const isProven = IdentityRules.isFresh(signedIn.secondFactorAtMillis, exchange.nowMillis, guards.freshForMillis)
    if (guarded.rules.credential === "proven_admin" && !isProven) return unproven
    const actor = { name: `discord:${signedIn.discordId}`, correlationId: exchange.correlationId }
    const formToken = guards.tokens.of(signedIn.sessionId)
    const call: AdminCall = { ...callOf(exchange), actor, signedIn, formToken, isProven }
    return { _tag: "Passed", call, setCookies }
  })
}

/** Nobody is kept out, not even while nobody can be recognised. */
const visitorGuard = (guards: Guards): Guard => (exchange) =>
  recognised(guards, exchange).pipe(
    Effect.catch((error) =>
      Effect.as(Effect.logWarning("Nobody is recognised for now", error), Option.none<Recognised>())
    ),
    Effect.map((found): Passed => {
      const { setCookies, signedIn } = Option.getOrElse(found, () => ({ setCookies: [], signedIn: null }))
      const formToken = signedIn === null ? null : guards.tokens.of(signedIn.sessionId)
      const call: VisitorCall = { ...callOf(exchange), signedIn, formToken }
      return { _tag: "Passed", call, setCookies }
    })
  )

const makers = { visitor: visitorGuard, player: playerGuard, admin: adminGuard }

/** The guards of one door. */
export const guardsOf = (guards: Guards): GuardOf => (rules, method) => {
  const access = accessOf[rules.credential]
  // `makeRoute` asks for no guard where anybody may call.
  return makers[access === "anybody" ? "visitor" : access](guards, { rules, method })
}
