import { assert, describe, it } from "@effect/vitest"
import {
  codesOf,
  type DeclaredRoute,
  declaredRoutes,
  type Door,
  InternalApi,
  InternalKey,
  problemKinds,
  PublicApi,
  routeName,
  type Rules
} from "@purser/contract"
import { Admin, FaucetInternalApi, FaucetPublicApi, Session } from "@purser/contract/faucet"
import { InternalPages, PublicPages } from "@purser/contract/faucet/pages"
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

/** With the faucet each door has everything that it has without. */
const doors = [["public", declaredRoutes(FaucetPublicApi)], ["internal", declaredRoutes(FaucetInternalApi)]] as const
const routes = doors.flatMap(([door, declared]) =>
  declared.map((route) => [door, routeName(route.endpoint), route] as const)
)

const open = new Set(["/healthz", "/livez", "/readyz", "/openapi.json", "/docs"])

type Judge = (route: DeclaredRoute, rules: Rules, door: Door) => boolean

/** What holds of every route. */
const demands: Readonly<Record<string, Judge>> = {
  "is declared for its door": (_route, { doors }, door) => doors.includes(door),
  "asks for the key on the internal door, but for health and documents": ({ endpoint }, { credential }, door) =>
    ["internal_key", "admin", "proven_admin"].includes(credential) ===
      (door === "internal" && !open.has(endpoint.path)),
  "asks for a session where a player has something of their own": ({ endpoint }, { credential }) =>
    (credential === "session") === /^\/(?:me|link)\/|^\/auth\/(?!discord\/)/u.test(endpoint.path),
  "tells clients of the key": ({ endpoint }, { credential }) =>
    (credential === "internal_key") === endpoint.middlewares.has(InternalKey),
  "tells clients of the session": ({ endpoint }, { credential }) =>
    (credential === "session") === endpoint.middlewares.has(Session),
  "tells clients of admins": ({ endpoint }, { credential }) =>
    ["admin", "proven_admin"].includes(credential) === endpoint.middlewares.has(Admin),
  "reads what it declares": ({ endpoint }, { body }) => (body !== "none") === endpoint.payload.size > 0,
  "never lets a browser move money without a second factor": ({ endpoint }, { credential }) =>
    !["/admin/payouts/retry", "/admin/payout/config", "/admin/reviews/decide"].includes(endpoint.path) ||
    endpoint.method === "GET" || credential === "proven_admin",
  "takes an idempotency key where it has an effect": ({ endpoint }, { effect }) =>
    (effect === "none") === (endpoint.method === "GET"),
  "stores no secret": (_route, { effect, holds }) => holds !== "secret" || effect !== "stored",
  "is audited where it administers, or says why not": (_route, { audit, effect }, door) =>
    "action" in audit || audit.omitted !== "" && (effect === "none" || door === "public"),
  "counts only what it can answer as a miss": (_route, rules) =>
    rules.misses.every((code) => codesOf(rules).includes(code)),
  "declares every status": ({ errors }, rules) => codesOf(rules).every((code) => errors.has(problemKinds[code].status))
}

/** The demands that a route does not meet. */
const unmet = (door: Door, route: DeclaredRoute): ReadonlyArray<string> =>
  Option.match(route.rules, {
    onNone: () => ["has rules"],
    onSome: (rules) => Object.keys(demands).filter((name) => !demands[name]!(route, rules, door))
  })

describe("PF-3 PF-4 PF-5 RW-4 RW-17 rules of routes", () => {
  it.each(routes)("%s %s says everything", (door, _name, route) => {
    assert.deepStrictEqual(unmet(door, route), [])
  })

  it("finds a route that says nothing", () => {
    const endpoint = HttpApiEndpoint.post("pay", "/pay", { payload: Schema.Struct({}) })
    const [route] = declaredRoutes(HttpApi.make("rogue").add(HttpApiGroup.make("rogue").add(endpoint)))
    assert.deepStrictEqual(unmet("public", route!), ["has rules"])
  })

  it("finds a route that only reads and takes a key, or writes and takes none", () => {
    const [, , look] = routes.find(([, name]) => name === "GET /api/v1/token/:token")!
    const [, , revoke] = routes.find(([, name]) => name === "POST /api/v1/token/:token/revoke")!
    const swapped = { ...revoke, endpoint: look.endpoint }
    assert.deepStrictEqual(unmet("internal", swapped), [
      "tells clients of the key",
      "reads what it declares",
      "takes an idempotency key where it has an effect"
    ])
  })

  it("leaves out the faucet where nobody runs it", () => {
    const plain = [...declaredRoutes(PublicApi), ...declaredRoutes(InternalApi)].map(({ endpoint }) => endpoint.path)
    assert.deepStrictEqual(plain.filter((path) => /^\/(?:auth|me|link|config|admin)\//u.test(path)), [])
  })

  it("keeps every internal route off the public door", () => {
    const [publicNames, internalNames] = doors.map(([, declared]) =>
      declared.map(({ endpoint }) => routeName(endpoint))
    )
    const shared = internalNames!.filter((name) => publicNames!.includes(name))
    assert.deepStrictEqual(shared, ["GET /healthz", "GET /livez", "GET /readyz", "GET /openapi.json", "GET /docs"])
  })
})

/** The fields of the form that a page reads. */
const fieldsOf = ({ endpoint }: DeclaredRoute): ReadonlyArray<string> =>
  [...endpoint.payload.values()].flatMap(({ schemas }) =>
    schemas.flatMap((schema) => Object.keys((schema as unknown as Schema.Struct<Schema.Struct.Fields>).fields))
  )

/** What holds of every page. */
const pageDemands: Readonly<Record<string, Judge>> = {
  "is declared for its door": demands["is declared for its door"]!,
  "is a page, or a file that one asks for": ({ endpoint }, { holds }) =>
    holds === (endpoint.path.startsWith("/assets/") ? "asset" : "page"),
  "has a form with a token where it changes something": (route, { body, credential }) => {
    const isForm = route.endpoint.method === "POST"
    const isGuarded = credential !== "none" && credential !== "optional_session"
    return isForm ? body === "form" && isGuarded && fieldsOf(route).includes("csrf") : body === "none"
  },
  "is for admins at the internal door only": ({ endpoint }, { credential, doors }) => {
    const isOfAdmins = endpoint.path.startsWith("/app/admin")
    return isOfAdmins === ["admin", "proven_admin"].includes(credential) && isOfAdmins === !doors.includes("public")
  },
  "tells clients of the session": demands["tells clients of the session"]!,
  "tells clients of admins": demands["tells clients of admins"]!,
  "is audited where an admin changes something, or says why not": ({ endpoint }, { audit, credential }) =>
    "action" in audit || audit.omitted !== "" && (endpoint.method === "GET" || credential === "session" ||
        /\/(?:second-factor|step-up)$/u.test(endpoint.path)),
  "declares every status": demands["declares every status"]!
}

const pages = ([["public", declaredRoutes(PublicPages)], ["internal", declaredRoutes(InternalPages)]] as const)
  .flatMap(([door, declared]) => declared.map((route) => [door, routeName(route.endpoint), route] as const))

describe("RW-1 RW-4 rules of pages", () => {
  it.each(pages)("%s %s says everything", (door, _name, route) => {
    const { rules } = route
    const unmetHere = Option.match(rules, {
      onNone: () => ["has rules"],
      onSome: (found) => Object.keys(pageDemands).filter((name) => !pageDemands[name]!(route, found, door))
    })
    assert.deepStrictEqual(unmetHere, [])
  })
})
