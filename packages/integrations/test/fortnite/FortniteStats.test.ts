/** Asks servers that answer as fortnite-api.com does, and some that behave badly. */
import { assert, describe, it } from "@effect/vitest"
import { EpicId } from "@purser/domain/rewards"
import { FortniteStats, type PlayerStats, type StatsError, type StatsOptions } from "@purser/integrations/fortnite"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as TestClock from "effect/testing/TestClock"
import { type Deed, say, serve, type UnrulyServer } from "../monero/rpc/UnrulyServer.ts"

const epicId = EpicId.make("0123456789abcdef".repeat(2))

const overall = { kills: 7, matches: 3, minutesPlayed: 40, lastModified: "2026-01-02T03:04:05Z" }

const statsOf = (stats: unknown, id: string = epicId): Deed =>
  say(200, JSON.stringify({ status: 200, data: { account: { id, name: "x" }, stats } }))

const playing = (change: object = {}): Deed => statsOf({ all: { overall: { ...overall, ...change } } })

const refusal = (status: number): Deed => say(status, JSON.stringify({ status, error: "no" }))

const reset: Deed = (response) => void response.destroy()

const client = ({ url }: Pick<UnrulyServer, "url">, options: Partial<StatsOptions> = {}) =>
  FortniteStats.layer({ url, key: Redacted.make("s3cret"), ...options })

const ask = (deeds: ReadonlyArray<Deed>, options: Partial<StatsOptions> = {}) =>
  Effect.gen(function*() {
    const server = yield* serve(...deeds)
    const answer = yield* Effect.result(FortniteStats.use((stats) => stats.lifetime(epicId))).pipe(
      Effect.provide(client(server, options), { local: true })
    )
    return { answer, requests: server.requests() }
  })

const known: PlayerStats = {
  _tag: "Known",
  kills: 7,
  matches: 3,
  minutesPlayed: 40,
  lastModifiedMillis: Date.UTC(2026, 0, 2, 3, 4, 5)
}
const noStats: PlayerStats = { _tag: "Unknown", why: "NoStats" }

describe("RW-13 the stats of a player", () => {
  it.live.each<readonly [what: string, deed: Deed, expected: PlayerStats]>([
    ["figures", playing(), known],
    ["zero kills", playing({ kills: 0 }), { ...known, kills: 0 }],
    ["no time of change", playing({ lastModified: null }), { ...known, lastModifiedMillis: null }],
    ["null kills", playing({ kills: null }), noStats],
    ["null overall", statsOf({ all: { overall: null } }), noStats],
    ["null all", statsOf({ all: null }), noStats],
    ["null stats", statsOf(null), noStats],
    ["403", refusal(403), { _tag: "Private" }],
    ["404", refusal(404), { _tag: "Unknown", why: "NotFound" }]
  ])("are told from %s, asked once", ([, deed, expected]) =>
    Effect.gen(function*() {
      const { answer, requests } = yield* ask([deed])
      assert.deepStrictEqual(answer, Result.succeed(expected))
      assert.strictEqual(requests, 1)
    }))

  it.live.each<readonly [what: string, deed: Deed, error: Partial<StatsError> & { readonly where?: string }]>([
    ["a bad key", refusal(401), { _tag: "BadKey" }],
    ["the page of a proxy", say(403, "<html>"), { _tag: "StatsStatus" }],
    ["a wrong address", say(404, "<html>"), { _tag: "StatsStatus" }],
    ["a page", say(200, "<html>"), { _tag: "StatsMalformed", where: "not JSON" }],
    ["another account", statsOf(null, "f".repeat(32)), { _tag: "StatsMalformed", where: "another account" }],
    ["kills left out", playing({ kills: undefined }), { _tag: "StatsMalformed" }],
    ["kills below zero", playing({ kills: -1 }), { _tag: "StatsMalformed" }],
    ["kills as text", playing({ kills: "7" }), { _tag: "StatsMalformed" }],
    ["half a kill", playing({ kills: 1.5 }), { _tag: "StatsMalformed" }],
    ["too much", say(200, "x".repeat(3000)), { _tag: "StatsUnreachable" }]
  ])("are refused after %s, asked once, in one line", ([, deed, expected]) =>
    Effect.gen(function*() {
      const { answer, requests } = yield* ask([deed], { mostBytes: 2000 })
      assert.isTrue(Result.isFailure(answer))
      const error = Result.isFailure(answer) ? answer.failure : undefined
      assert.deepInclude(error, expected)
      assert.notInclude(error?.message, "\n")
      assert.strictEqual(requests, 1)
    }))

  it.live("are asked again after trouble, three times at most", () =>
    Effect.gen(function*() {
      const cured = yield* ask([reset, say(503, ""), playing()])
      assert.deepStrictEqual(cured.answer, Result.succeed(known))
      assert.strictEqual(cured.requests, 3)
      const hopeless = yield* ask([say(500, "")])
      assert.strictEqual(hopeless.requests, 4)
      assert.isTrue(Result.isFailure(hopeless.answer))
    }))

  it.live("are given up when they are late", () =>
    Effect.gen(function*() {
      const { answer, requests } = yield* ask([() => undefined], { timeoutMillis: 50 })
      assert.include(JSON.stringify(answer), "timed out")
      assert.strictEqual(requests, 1)
    }))
})

describe("RW-13 the key", () => {
  it.live.each<readonly [options: Partial<StatsOptions>, header: string, value: string]>([
    [{}, "authorization", "s3cret"],
    [{ header: "TRN-Api-Key" }, "trn-api-key", "s3cret"],
    [{ scheme: "Bearer" }, "authorization", "Bearer s3cret"]
  ])("goes out as configured, and into no error: %o", ([options, header, value]) =>
    Effect.gen(function*() {
      let seen: unknown
      let path: unknown
      const { answer } = yield* ask([(response, request) => {
        seen = request.headers[header]
        path = request.url
        refusal(401)(response, request)
      }], options)
      assert.strictEqual(seen, value)
      assert.strictEqual(path, `/v2/stats/br/v2/${epicId}?timeWindow=lifetime&image=none`)
      assert.notInclude(JSON.stringify(answer), "s3cret")
    }))
})

describe("RW-13 limits of the provider", () => {
  it.effect("stop the asking until the reset", () =>
    Effect.gen(function*() {
      const server = yield* serve(say(429, "", { "x-ratelimit-reset": "90" }), playing())
      yield* Effect.gen(function*() {
        const stats = yield* FortniteStats
        const refused = yield* Effect.flip(stats.lifetime(epicId))
        assert.deepInclude(refused, { _tag: "StatsLimited", untilMillis: 90_000 })
        yield* TestClock.adjust(89_999)
        assert.strictEqual((yield* Effect.flip(stats.lifetime(epicId)))._tag, "StatsLimited")
        assert.strictEqual(server.requests(), 1)
        yield* TestClock.adjust(1)
        assert.deepStrictEqual(yield* stats.lifetime(epicId), known)
      }).pipe(Effect.provide(client(server), { local: true }))
    }))

  it.live("stop those too who wait for a connection", () =>
    Effect.gen(function*() {
      const server = yield* serve(say(429, ""))
      const answers = yield* FortniteStats.use((stats) =>
        Effect.all(Array.from({ length: 3 }, () => Effect.flip(stats.lifetime(epicId))), { concurrency: 3 })
      ).pipe(Effect.provide(client(server, { concurrency: 1 }), { local: true }))
      assert.deepStrictEqual(answers.map(({ _tag }) => _tag), ["StatsLimited", "StatsLimited", "StatsLimited"])
      assert.strictEqual(server.requests(), 1)
    }))

  it.effect("are those of the options, not of an earlier client", () =>
    Effect.gen(function*() {
      const server = yield* serve(playing())
      yield* Effect.provide(FortniteStats.use((stats) => stats.lifetime(epicId)), client(server), { local: true })
      yield* Effect.gen(function*() {
        const stats = yield* FortniteStats
        yield* stats.lifetime(epicId)
        const second = yield* Effect.forkChild(stats.lifetime(epicId))
        yield* TestClock.adjust(99_999)
        yield* Effect.promise(() => new Promise((resolve) => setTimeout(resolve, 50)))
        assert.strictEqual(server.requests(), 2)
        yield* TestClock.adjust(1)
        assert.deepStrictEqual(yield* Fiber.join(second), known)
      }).pipe(Effect.provide(client(server, { windows: [{ most: 1, millis: 100_000 }] }), { local: true }))
    }))

  it.live("cap the questions at once", () =>
    Effect.gen(function*() {
      const server = yield* serve((response, request) => void setTimeout(() => playing()(response, request), 20))
      yield* FortniteStats.use((stats) =>
        Effect.all(Array.from({ length: 9 }, () => stats.lifetime(epicId)), { concurrency: 9 })
      ).pipe(Effect.provide(client(server, { concurrency: 3, windows: [{ most: 99, millis: 1000 }] }), { local: true }))
      assert.strictEqual(server.most(), 3)
      assert.strictEqual(server.requests(), 9)
    }))
})
