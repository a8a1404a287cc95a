import { assert, describe, it } from "@effect/vitest"
import {
  declaredRoutes,
  type Door,
  InternalApi,
  PublicApi,
  routeName,
  type Rules,
  takesSession
} from "@purser/contract"
import { FaucetInternalApi, FaucetPublicApi } from "@purser/contract/faucet"
import { AuditLog } from "@purser/domain/audit"
import { HttpServers } from "@purser/http"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { ask, comparable, jsonOf } from "../ask.ts"
import { withKey, world } from "../world.ts"
import { cookieOf, makeDesk } from "./desk.ts"
import { addressOf, arrive, at, faucetWorld, from, fromDesk, internalUrl, publicUrl } from "./faucetWorld.ts"

interface Case {
  readonly name: string
  readonly door: Door
  readonly method: string
  readonly path: string
  readonly rules: Rules
}

const plain = [...declaredRoutes(PublicApi), ...declaredRoutes(InternalApi)].map(({ endpoint }) => routeName(endpoint))

const cases: ReadonlyArray<Case> = ([
  ["public", declaredRoutes(FaucetPublicApi)],
  ["internal", declaredRoutes(FaucetInternalApi)]
] as const).flatMap(([door, routes]) =>
  routes.filter(({ endpoint }) => !plain.includes(routeName(endpoint))).map(({ endpoint, rules }) => ({
    name: routeName(endpoint),
    door,
    method: endpoint.method,
    path: endpoint.path,
    rules: Option.getOrThrow(rules)
  }))
)

const closed = cases.filter(({ rules }) => takesSession(rules))
const changing = closed.filter(({ method }) => method === "POST")
const forAdmins = closed.filter(({ door }) => door === "internal")
const proven = closed.filter(({ rules }) => rules.credential === "proven_admin")

/** Bodies that every schema accepts, so that only who asks is in question. */
const bodies: Readonly<Record<string, unknown>> = {
  "/auth/sessions/revoke": { session_id: "s-nobody" },
  "/auth/second-factor/confirm": { code: "123 456" },
  "/auth/second-factor/step-up": { code: "123 456" },
  "/link/wallet": { banano_address: addressOf("a") },
  "/admin/payouts/retry": { payout_id: "nothing" },
  "/admin/payout/config": {
    version: 7,
    config: {
      ban_per_kill: "1",
      caps: { unit: "kills", per_day: 1, per_week: 2 },
      batch_size: 0,
      floor_ban: "0",
      hourly_ceiling_ban: "0",
      daily_ceiling_ban: "0",
      kill_switch: false
    }
  },
  "/admin/payout/halt": { on: true },
  "/admin/reverify": { discord_id: "80351110224678912" },
  "/admin/reviews/decide": { dedupe_key: "0".repeat(64), verdict: "cleared", note: "a tournament" },
  "/admin/scheduler/trigger": { job: "prune" }
}

const call = ({ door, method, path, rules }: Case, headers: Readonly<Record<string, string>> = {}) =>
  at(door, path, { method, headers, ...rules.body === "json" ? { value: bodies[path] } : {} })

const now = Effect.clockWith((clock) => clock.currentTimeMillis)

const originOf = ({ door }: Case): string => door === "public" ? publicUrl : internalUrl

const wide = { requests: 10_000, windowSeconds: 60 }

const http = { limits: { player: wide, sign_in: wide } }

describe("RW-4 where nobody serves the faucet", () => {
  it.live("there is no route of it", () =>
    Effect.gen(function*() {
      const servers = yield* HttpServers
      assert.isAbove(cases.length, 25)
      for (const { door, method, name, path } of cases) {
        const unknown = comparable(yield* ask(servers[door], { path: "/no/such/path" }))
        const answer = yield* ask(servers[door], { method, path, headers: withKey })
        assert.deepStrictEqual(comparable(answer), unknown, name)
        assert.strictEqual(answer.status, 404)
      }
    }).pipe(Effect.provide(world())))

  it.live("and each door has only its own", () =>
    Effect.gen(function*() {
      const servers = yield* HttpServers
      for (const { door, method, name, path } of cases) {
        const other = servers[door === "public" ? "internal" : "public"]
        assert.strictEqual((yield* ask(other, { method, path, headers: withKey })).status, 404, name)
      }
    }).pipe(Effect.provide(faucetWorld())))
})

describe("RW-1 RW-4 who may ask", () => {
  it.live("is nobody who is not signed in", () =>
    Effect.gen(function*() {
      for (const route of closed) {
        for (const headers of [{}, { cookie: "session=forged" }, { cookie: "other=1" }]) {
          const answer = yield* call(route, { origin: originOf(route), ...headers })
          assert.deepInclude(jsonOf(answer), { code: "session_required", status: 401 }, route.name)
          assert.strictEqual(answer.headers["www-authenticate"], "Cookie realm=\"purser\"")
          assert.strictEqual(answer.headers["cache-control"], "no-store")
        }
      }
    }).pipe(Effect.provide(faucetWorld({ http }))))

  it.live("is nobody whose session has ended", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = cookieOf(desk, "root")
      desk.sessions.clear()
      for (const route of closed) {
        assert.strictEqual((yield* call(route, { origin: originOf(route), cookie })).status, 401, route.name)
      }
    }).pipe(Effect.provide(faucetWorld({ desk, http })))
  })

  it.live("is no player at the internal door", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const headers = fromDesk(yield* arrive(desk, "ann"))
      for (const route of forAdmins) {
        const answer = yield* call(route, headers)
        assert.deepInclude(jsonOf(answer), { code: "admin_required", status: 403 }, route.name)
      }
    }).pipe(Effect.provide(faucetWorld({ desk, http })))
  })

  it.live("is nobody with a wrong key, not even beside a session", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const secondFactorAtMillis = yield* now
      const cookie = cookieOf(desk, "root", { secondFactorAtMillis })
      for (const route of forAdmins) {
        const answer = yield* call(route, { ...fromDesk(cookie), authorization: "Bearer no" })
        assert.deepInclude(jsonOf(answer), { code: "unauthorized", status: 401 }, route.name)
      }
    }).pipe(Effect.provide(faucetWorld({ desk, http })))
  })

  it.live("is a program with the internal key, without a page of ours", () =>
    Effect.gen(function*() {
      for (const route of forAdmins) {
        const answer = yield* call(route, withKey)
        assert.include([200, 404, 409], answer.status, `${route.name} ${answer.text}`)
      }
    }).pipe(Effect.provide(faucetWorld({ http }))))

  it.live("is no admin without a fresh second factor where money moves", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const nowMillis = yield* now
      assert.isAbove(proven.length, 2)
      for (const route of proven) {
        for (const secondFactorAtMillis of [null, 0, nowMillis - 601_000, nowMillis + 3_600_000]) {
          const answer = yield* call(route, fromDesk(cookieOf(desk, "root", { secondFactorAtMillis })))
          assert.deepInclude(jsonOf(answer), { code: "second_factor_required", status: 403 }, route.name)
        }
        const answer = yield* call(route, fromDesk(cookieOf(desk, "root", { secondFactorAtMillis: nowMillis })))
        assert.include([200, 404, 409], answer.status, `${route.name} ${answer.text}`)
      }
    }).pipe(Effect.provide(faucetWorld({ desk, http })))
  })
})

const hostile = (own: string): ReadonlyArray<Readonly<Record<string, string>>> => [
  {},
  { origin: "https://evil.example" },
  { origin: "null" },
  { origin: `${own}.evil.example` },
  { origin: `${own}/` },
  { origin: own.replace("https:", "http:") },
  { origin: own === publicUrl ? internalUrl : publicUrl },
  { "sec-fetch-site": "same-site" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "none" },
  { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
  { referer: `${own}/app` }
]

describe("RW-1 requests that other sites make", () => {
  it.live("change nothing", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const secondFactorAtMillis = yield* now
      yield* arrive(desk, "root")
      const cookie = cookieOf(desk, "root", { secondFactorAtMillis })
      assert.isAbove(changing.length, 12)
      for (const route of changing) {
        for (const headers of hostile(originOf(route))) {
          const answer = yield* call(route, { cookie, ...headers })
          const about = `${route.name} ${JSON.stringify(headers)}`
          assert.deepInclude(jsonOf(answer), { code: "foreign_request", status: 403 }, about)
        }
      }
      assert.strictEqual(desk.sessions.size, 2)
      assert.isEmpty(desk.erased)
      assert.deepStrictEqual(yield* AuditLog.use((audit) => audit.list({ limit: 10 })), [])
    }).pipe(Effect.provide(faucetWorld({ desk, http })))
  })

  it.live("are told from those that a browser vouches for", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      yield* arrive(desk, "root")
      const secondFactorAtMillis = yield* now
      for (const route of changing) {
        const cookie = cookieOf(desk, "root", { secondFactorAtMillis })
        const answer = yield* call(route, { cookie, "sec-fetch-site": "same-origin" })
        assert.include([200, 404, 409], answer.status, `${route.name} ${answer.text}`)
      }
    }).pipe(Effect.provide(faucetWorld({ desk, http })))
  })
})

describe("RW-4 RW-19 what every route of the faucet is given", () => {
  it.live("is a name, a quota, and no cache", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      yield* arrive(desk, "root")
      for (const route of cases) {
        const cookie = cookieOf(desk, "root")
        const headers = { ...from(cookie, { origin: originOf(route) }), "x-correlation-id": "caller-chosen-7" }
        const answer = yield* call(route, headers)
        assert.strictEqual(answer.headers["x-correlation-id"], "caller-chosen-7", route.name)
        assert.strictEqual(answer.headers["cache-control"], "no-store", route.name)
        assert.strictEqual(answer.headers["x-content-type-options"], "nosniff")
        assert.match(answer.headers.ratelimit ?? "", new RegExp(`^"${route.rules.limit}";r=\\d+;t=\\d+$`, "u"))
      }
    }).pipe(Effect.provide(faucetWorld({ desk, http })))
  })

  it.live("counts by the user, whatever session and address", () => {
    const desk = makeDesk()
    const narrow = { trustedProxies: ["127.0.0.1"], limits: { player: { requests: 2, windowSeconds: 60 } } }
    return Effect.gen(function*() {
      yield* arrive(desk, "ann")
      const statuses = yield* Effect.forEach([1, 2, 3], (n) =>
        Effect.map(
          at("public", "/me/status", {
            headers: { cookie: cookieOf(desk, "ann"), "x-forwarded-for": `203.0.113.${n}` }
          }),
          ({ status }) => status
        ))
      assert.deepStrictEqual(statuses, [200, 200, 429])
      const other = { cookie: yield* arrive(desk, "bob"), "x-forwarded-for": "203.0.113.9" }
      assert.strictEqual((yield* at("public", "/me/status", { headers: other })).status, 200)
    }).pipe(Effect.provide(faucetWorld({ desk, http: narrow })))
  })

  it.live("says that identity is away, and serves what needs nobody", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      desk.isDown = true
      const answer = yield* at("public", "/me/status", { headers: { cookie } })
      assert.deepInclude(jsonOf(answer), { code: "storage_unavailable", status: 503 })
      assert.isDefined(answer.headers["retry-after"])
      assert.strictEqual((yield* at("public", "/auth/discord/login")).status, 503)
      assert.strictEqual((yield* at("public", "/config/product")).status, 200)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("prolongs a session with any answer, refusals too", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = `${yield* arrive(desk, "ann")}; old=1`
      const status = yield* at("public", "/me/status", { headers: { cookie } })
      assert.include(String(status.headers["set-cookie"]), "session=new")
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})
