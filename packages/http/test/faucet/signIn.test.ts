import { assert, describe, it } from "@effect/vitest"
import { Players } from "@purser/domain/faucet"
import { playerOf } from "@purser/domain/rewards/testing"
import * as Effect from "effect/Effect"
import { type Answer, jsonOf } from "../ask.ts"
import { attributes, makeDesk, rightCode } from "./desk.ts"
import { arrive, at, faucetWorld, from, makeDirectory } from "./faucetWorld.ts"

const cookiesOf = ({ headers }: Answer): ReadonlyArray<string> =>
  headers["set-cookie"] as unknown as Array<string> ?? []

const firstCookie = (answer: Answer): string => cookiesOf(answer)[0]?.split(";")[0] ?? ""

const begin = Effect.fnUntraced(function*(returnTo?: string) {
  const query = returnTo === undefined ? "" : `?return_to=${encodeURIComponent(returnTo)}`
  const answer = yield* at("public", `/auth/discord/login${query}`)
  const state = new URL(answer.headers.location ?? "").searchParams.get("state") ?? ""
  return { answer, state, cookie: firstCookie(answer) }
})

const comeBack = (query: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  at("public", `/auth/discord/callback?${new URLSearchParams(query).toString()}`, { headers })

const signIn = Effect.fnUntraced(
  function*(code: string, more: Readonly<Record<string, string>> = {}, returnTo?: string) {
    const { cookie, state } = yield* begin(returnTo)
    return yield* comeBack({ code, state }, { cookie, ...more })
  }
)

describe("RW-1 signing in", () => {
  it.live("goes to Discord, bound to the browser", () =>
    Effect.gen(function*() {
      const { answer, cookie } = yield* begin()
      assert.strictEqual(answer.status, 302)
      assert.match(answer.headers.location ?? "", /^https:\/\/discord\.test\/oauth2\/authorize\?state=/u)
      assert.deepStrictEqual(cookiesOf(answer), [`${cookie}; ${attributes}`])
      assert.strictEqual(answer.text, "")
      assert.isUndefined(answer.headers["content-type"])
    }).pipe(Effect.provide(faucetWorld())))

  it.live("comes back with a session, and makes the player", () =>
    Effect.gen(function*() {
      const answer = yield* signIn("ann")
      assert.strictEqual(answer.status, 302)
      assert.strictEqual(answer.headers.location, "/app")
      assert.deepStrictEqual(cookiesOf(answer).length, 1)
      assert.include(cookiesOf(answer)[0]!, attributes)
      const status = yield* at("public", "/me/status", { headers: { cookie: firstCookie(answer) } })
      assert.deepInclude(jsonOf(status), { discord_username: "ann#0", membership: "member", link: "linked" })
    }).pipe(Effect.provide(faucetWorld())))

  it.live.each([
    ["/app/wallet", "/app/wallet"],
    ["https://evil.example/", "/app"],
    ["//evil.example", "/app"],
    ["/\\evil.example", "/app"]
  ])("returns from %s to %s", ([wanted, location]) =>
    Effect.gen(function*() {
      assert.strictEqual((yield* signIn("ann", {}, wanted)).headers.location, location)
    }).pipe(Effect.provide(faucetWorld())))

  it.live("sends who is no member to what to do about it, signed in", () => {
    const desk = makeDesk()
    const directory = makeDirectory()
    desk.strangers.add("eve")
    directory.says.set("eve", { _tag: "NotInGuild" })
    return Effect.gen(function*() {
      const answer = yield* signIn("eve")
      assert.strictEqual(answer.headers.location, "/help/not-member")
      assert.strictEqual(
        (yield* at("public", "/me/status", { headers: { cookie: firstCookie(answer) } })).status,
        200
      )
    }).pipe(Effect.provide(faucetWorld({ desk, directory })))
  })

  it.live("sends who has no Epic account to what to do about it", () => {
    const directory = makeDirectory()
    directory.says.set("bob", { _tag: "NotLinked" })
    return Effect.gen(function*() {
      assert.strictEqual((yield* signIn("bob")).headers.location, "/help/not-linked")
    }).pipe(Effect.provide(faucetWorld({ directory })))
  })

  it.live.each<readonly [string, number, string, (state: string) => Readonly<Record<string, string>>]>([
    ["the state of nobody", 400, "sign_in_expired", () => ({ code: "ann", state: "xyz" })],
    ["no state", 400, "sign_in_expired", () => ({ code: "ann" })],
    ["no code", 400, "sign_in_refused", (state) => ({ state })],
    ["a code that Discord does not know", 400, "sign_in_refused", (state) => ({ code: "bad", state })],
    ["no consent", 400, "sign_in_refused", (state) => ({
      state,
      error: "access_denied",
      error_description: "The resource owner denied the request"
    })],
    ["no answer of Discord", 503, "provider_unavailable", (state) => ({ code: "away", state })]
  ])("refuses to come back with %s", ([, status, code, query]) =>
    Effect.gen(function*() {
      const { cookie, state } = yield* begin()
      const answer = yield* comeBack(query(state), { cookie })
      assert.deepInclude(jsonOf(answer), { code, status })
      assert.deepStrictEqual(cookiesOf(answer), [])
      assert.isUndefined(answer.headers.location)
    }).pipe(Effect.provide(faucetWorld())))

  it.live("refuses a second use of a state, and another browser's", () =>
    Effect.gen(function*() {
      const { cookie, state } = yield* begin()
      assert.strictEqual((yield* comeBack({ code: "ann", state }, { cookie })).status, 302)
      assert.strictEqual((yield* comeBack({ code: "ann", state }, { cookie })).status, 400)
      const other = yield* begin()
      const answer = yield* comeBack({ code: "eve", state: other.state }, { cookie })
      assert.deepInclude(jsonOf(answer), { code: "sign_in_expired" })
      assert.strictEqual((yield* comeBack({ code: "eve", state: other.state })).status, 400)
    }).pipe(Effect.provide(faucetWorld())))

  it.live("names a parameter that is too long", () =>
    Effect.gen(function*() {
      const answer = yield* comeBack({ code: "x".repeat(2_001), state: "s" })
      assert.deepInclude(jsonOf(answer), {
        code: "invalid_request",
        errors: [{ in: "query", field: "code", message: "expected at most 2000 characters" }]
      })
    }).pipe(Effect.provide(faucetWorld())))

  it.live("limits how often somebody tries", () =>
    Effect.gen(function*() {
      yield* begin()
      assert.strictEqual((yield* at("public", "/auth/discord/login")).status, 302)
      assert.strictEqual((yield* at("public", "/auth/discord/login")).status, 429)
      assert.strictEqual((yield* at("public", "/config/product")).status, 200)
    }).pipe(Effect.provide(faucetWorld({ http: { limits: { sign_in: { requests: 2, windowSeconds: 60 } } } }))))
})

const regionOf = (headers: Readonly<Record<string, string>>, trustedProxies: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    yield* signIn("ann", headers)
    return (yield* Players.use((players) => players.export(playerOf("ann").id))).player.region
  }).pipe(Effect.provide(faucetWorld({ http: { trustedProxies }, faucet: { regionHeader: "CF-IPCountry" } })))

describe("RW-16 the region of who signs in", () => {
  it.live("is what a trusted proxy says", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* regionOf({ "cf-ipcountry": "de" }, ["127.0.0.1"]), "DE")
      assert.strictEqual(yield* regionOf({ "cf-ipcountry": "<script>" }, ["127.0.0.1"]), "unknown")
      assert.strictEqual(yield* regionOf({}, ["127.0.0.1"]), "unknown")
    }))

  it.live("is never what callers say of themselves", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* regionOf({ "cf-ipcountry": "DE" }, []), "unknown")
      assert.strictEqual(yield* regionOf({ "cf-ipcountry": "DE" }, ["10.0.0.0/8"]), "unknown")
      assert.strictEqual(yield* regionOf({ "x-region": "DE" }, ["127.0.0.1"]), "unknown")
    }))
})

describe("RW-1 sessions", () => {
  it.live("end at once and give their cookie back", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "ann")
      const answer = yield* at("public", "/auth/logout", { method: "POST", headers: from(cookie) })
      assert.deepStrictEqual(jsonOf(answer), { signed_out: true })
      assert.include(String(cookiesOf(answer)), "Max-Age=0")
      assert.strictEqual((yield* at("public", "/me/status", { headers: { cookie } })).status, 401)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("are listed, and ended from another browser; those of others are not", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const here = yield* arrive(desk, "ann")
      const there = yield* arrive(desk, "ann")
      const foreign = yield* arrive(desk, "bob")
      const bobs = [...desk.sessions.values()].find(({ userId }) => userId === "bob")!.sessionId
      const list = jsonOf(yield* at("public", "/auth/sessions", { headers: { cookie: here } })).sessions as Array<
        { readonly id: string; readonly current: boolean }
      >
      assert.deepStrictEqual(list.map(({ current }) => current), [true, false])
      const path = "/auth/sessions/revoke"
      const stolen = yield* at("public", path, { headers: from(here), value: { session_id: bobs } })
      assert.deepInclude(jsonOf(stolen), { code: "session_not_found", status: 404 })
      const answer = yield* at("public", path, { headers: from(here), value: { session_id: list[1]!.id } })
      assert.deepStrictEqual(jsonOf(answer), { revoked: 1 })
      const statuses = yield* Effect.forEach(
        [here, there, foreign],
        (cookie) => Effect.map(at("public", "/me/status", { headers: { cookie } }), ({ status }) => status)
      )
      assert.deepStrictEqual(statuses, [200, 401, 200])
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("end everywhere else", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const here = yield* arrive(desk, "ann")
      yield* arrive(desk, "ann")
      yield* arrive(desk, "ann")
      const answer = yield* at("public", "/auth/sessions/revoke", { headers: from(here), value: {} })
      assert.deepStrictEqual(jsonOf(answer), { revoked: 2 })
      assert.strictEqual(desk.sessions.size, 1)
      assert.strictEqual((yield* at("public", "/me/status", { headers: { cookie: here } })).status, 200)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})

const factor = (path: string, cookie: string, code?: string) =>
  at("public", `/auth/second-factor/${path}`, {
    method: "POST",
    headers: from(cookie),
    ...code === undefined ? {} : { value: { code } }
  })

describe("RW-1 second factors", () => {
  it.live("are set up, confirmed and given", () => {
    const desk = makeDesk()
    return Effect.gen(function*() {
      const cookie = yield* arrive(desk, "root")
      assert.deepInclude(jsonOf(yield* factor("step-up", cookie, rightCode)), { code: "second_factor_missing" })
      const enrolled = yield* factor("enrol", cookie)
      assert.deepStrictEqual(jsonOf(enrolled), {
        secret: "JBSWY3DP",
        otpauth_uri: "otpauth://totp/x?secret=JBSWY3DP"
      })
      assert.strictEqual((yield* factor("confirm", cookie, rightCode)).status, 200)
      const given = yield* factor("step-up", cookie, rightCode)
      assert.match(String(jsonOf(given).second_factor_at), /^\d{4}-.*Z$/u)
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live.each(
    [
      ["000000", 403, "code_refused"],
      ["111111", 403, "code_refused"],
      ["999999", 429, "too_many_codes"],
      ["12345", 400, "invalid_request"],
      ["123456789abc", 400, "invalid_request"]
    ] as const
  )("refuse the code %s with %i", ([code, status, problem]) => {
    const desk = makeDesk()
    desk.enrolled.add("root")
    return Effect.gen(function*() {
      const answer = yield* factor("step-up", yield* arrive(desk, "root"), code)
      assert.deepInclude(jsonOf(answer), { status, code: problem })
      if (status === 429) assert.isAbove(Number(answer.headers["retry-after"]), 0)
      else assert.deepInclude((jsonOf(answer).errors as Array<object>)[0]!, { in: "body", field: "code" })
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })

  it.live("are replaced by nobody who can not give the one before", () => {
    const desk = makeDesk()
    desk.enrolled.add("root")
    return Effect.gen(function*() {
      const answer = yield* factor("enrol", yield* arrive(desk, "root"))
      assert.deepInclude(jsonOf(answer), { code: "second_factor_required", status: 403 })
      assert.notInclude(answer.text, "JBSWY3DP")
    }).pipe(Effect.provide(faucetWorld({ desk })))
  })
})
