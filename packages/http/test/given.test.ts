import { assert, describe, it } from "@effect/vitest"
import { declaredRoutes, type Door, InternalApi, PublicApi, routeName, type Rules } from "@purser/contract"
import { HttpServers } from "@purser/http"
import * as Effect from "effect/Effect"
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { makeRoute } from "../src/server/Route.ts"
import { RouteUnfit } from "../src/server/RouteUnfit.ts"
import { type Answer, ask, jsonOf } from "./ask.ts"
import { withKey, world } from "./world.ts"

interface Case {
  readonly door: Door
  readonly method: string
  readonly path: string
  readonly rules: Rules
}

const cases: ReadonlyArray<readonly [string, Case]> = ([
  ["public", declaredRoutes(PublicApi)],
  ["internal", declaredRoutes(InternalApi)]
] as const).flatMap(([door, routes]) =>
  routes.map(({ endpoint, rules }) =>
    [`${routeName(endpoint)} (${door})`, {
      door,
      method: endpoint.method,
      path: endpoint.path.replace(":token", "0".repeat(64)),
      rules: Option.getOrThrow(rules)
    }] as const
  )
)

const withEffect = cases.filter(([, { rules }]) => rules.effect !== "none")
const withBody = cases.filter(([, { rules }]) => rules.body === "json")
const keyed = cases.filter(([, { rules }]) => rules.credential === "internal_key")

/** A request that gets as far as the handler. */
const call = ({ door, method, path, rules }: Case, more: Readonly<Record<string, string>> = {}, body = "{}") =>
  HttpServers.use((servers) =>
    ask(servers[door], {
      method,
      path,
      headers: {
        ...rules.credential === "internal_key" ? withKey : {},
        ...rules.body === "json" ? { "content-type": "application/json" } : {},
        ...more
      },
      ...rules.body === "json" ? { body } : {}
    })
  )

const assertSafe = ({ headers }: Answer): void => {
  assert.strictEqual(headers["x-content-type-options"], "nosniff")
  assert.include(headers["content-security-policy"] ?? "", "default-src 'none'")
  assert.strictEqual(headers["purser-sandbox"], "monero, stars")
}

const sandboxed = world({ sandboxed: ["monero", "stars"] })

describe("PF-3 PF-5 what every route is given", () => {
  it.live.each(cases)("names the request: %s", ([, route]) =>
    Effect.gen(function*() {
      const own = yield* call(route, { "x-correlation-id": "caller-chosen-7" })
      assert.strictEqual(own.headers["x-correlation-id"], "caller-chosen-7")
      const made = yield* call(route)
      assert.match(made.headers["x-correlation-id"] ?? "", /^[0-9a-f-]{36}$/u)
      for (const bad of ["short", "with blank s", "x".repeat(65), "quote\"quote"]) {
        const answer = yield* call(route, { "x-correlation-id": bad })
        assert.notStrictEqual(answer.headers["x-correlation-id"], bad)
      }
    }).pipe(Effect.provide(sandboxed)))

  it.live.each(cases)(
    "keeps browsers and caches safe, and says what is a sandbox: %s",
    ([, route]) =>
      Effect.gen(function*() {
        const answer = yield* call(route)
        assertSafe(answer)
        const isKept = route.rules.holds === "document" && answer.status === 200
        assert.strictEqual(answer.headers["cache-control"], isKept ? "public, max-age=300" : "no-store")
      }).pipe(Effect.provide(sandboxed))
  )

  it.live.each(cases)("limits callers: %s", ([, route]) =>
    Effect.gen(function*() {
      const first = yield* call(route)
      assert.strictEqual(first.headers["ratelimit-policy"], `"${route.rules.limit}";q=2;w=60`)
      assert.match(first.headers.ratelimit ?? "", new RegExp(`^"${route.rules.limit}";r=[01];t=\\d+$`, "u"))
      yield* call(route)
      const refused = yield* call(route)
      assert.strictEqual(refused.status, 429)
      assert.deepInclude(jsonOf(refused), { code: "rate_limited", status: 429 })
      assert.strictEqual(refused.headers["retry-after"], "30")
      assert.match(refused.headers.ratelimit ?? "", /;r=0;/u)
      assertSafe(refused)
    }).pipe(Effect.provide(world({ sandboxed: ["monero", "stars"], limits: tight }))))

  it.live.each(cases)("knows its methods: %s", ([, route]) =>
    Effect.gen(function*() {
      const answer = yield* HttpServers.use((servers) => ask(servers[route.door], { ...route, method: "DELETE" }))
      assert.strictEqual(answer.status, 405)
      assert.include((answer.headers.allow ?? "").split(", "), route.method)
      assert.deepInclude(jsonOf(answer), { code: "method_not_allowed" })
      assert.strictEqual(answer.headers["content-type"], "application/problem+json")
      assertSafe(answer)
    }).pipe(Effect.provide(sandboxed)))

  it.live.each(withBody)("reads JSON of bounded size: %s", ([, route]) =>
    Effect.gen(function*() {
      assert.strictEqual((yield* call(route, { "content-type": "text/plain" })).status, 415)
      assert.strictEqual((yield* call(route, {}, "x")).status, 400)
      assert.strictEqual((yield* call(route, {}, " ".repeat(20_000))).status, 413)
    }).pipe(Effect.provide(sandboxed)))

  it.live.each(withEffect)("looks at idempotency keys: %s", ([, route]) =>
    Effect.gen(function*() {
      const body = route.path.endsWith("redeem") ? JSON.stringify({ pid: "0".repeat(64) }) : "{}"
      for (const key of ["", "a b", "x".repeat(201), "\u00e4"]) {
        const answer = yield* call(route, { "idempotency-key": key }, body)
        assert.strictEqual(answer.status, 400, key)
        assert.deepInclude(jsonOf(answer), { code: "invalid_idempotency_key" })
      }
      assert.strictEqual((yield* call(route, { "idempotency-key": "!~".repeat(100) }, body)).status, 404)
    }).pipe(Effect.provide(sandboxed)))

  it.live.each(keyed)("asks for the key: %s", ([, route]) =>
    Effect.gen(function*() {
      assert.strictEqual((yield* call(route, { authorization: "Bearer no" })).status, 401)
    }).pipe(Effect.provide(sandboxed)))

  it.live("answers HEAD like GET, without the body", () =>
    Effect.gen(function*() {
      const { public: listener } = yield* HttpServers
      const [head, get] = [
        yield* ask(listener, { method: "HEAD", path: "/livez" }),
        yield* ask(listener, { path: "/livez" })
      ]
      assert.deepStrictEqual([head.status, head.text, head.headers["content-length"]], [
        200,
        "",
        get.headers["content-length"]
      ])
    }).pipe(Effect.provide(sandboxed)))
})

const quota = { requests: 2, windowSeconds: 60 }
const tight = { redeem: quota, token: quota, probe: quota, document: quota, admin: { requests: 2, windowSeconds: 60 } }

describe("routes that must not be served", () => {
  const endpoint = HttpApiEndpoint.post("pay", "/pay", { payload: Schema.Struct({}) })
  const [bare] = declaredRoutes(HttpApi.make("rogue").add(HttpApiGroup.make("rogue").add(endpoint)))
  const [redeem] = declaredRoutes(PublicApi)
  const make = (route: typeof bare, door: Door) => () =>
    makeRoute(route!, [], { door } as Parameters<typeof makeRoute>[2])

  it("refuses a route without rules", () => {
    assert.throws(make(bare, "public"), RouteUnfit, "POST /pay has no rules")
  })

  it("refuses a route at the wrong door", () => {
    assert.throws(make(redeem, "internal"), RouteUnfit, "is not for the internal door")
  })

  it("refuses a route without a handler", () => {
    assert.throws(make(redeem, "public"), RouteUnfit, "has no handler")
  })
})
