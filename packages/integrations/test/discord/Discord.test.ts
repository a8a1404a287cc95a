/** Asks a sandbox of Discord with the real client, and lets the sandbox go wrong. */
import { assert, describe, it } from "@effect/vitest"
import {
  type Credential,
  Discord,
  type DiscordError,
  type DiscordOptions,
  type DiscordUnknownGuild
} from "@purser/integrations/discord"
import type { SandboxFault } from "@purser/integrations/discord/sandbox"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { type Deed, say, serve } from "../monero/rpc/UnrulyServer.ts"
import { application, botToken, guildId, idAt, jonesy, signIn, withSandbox } from "./sandbox/running.ts"

const joinedAtMillis = Date.UTC(2026, 0, 2, 3, 4, 5)
const member = { _tag: "Member", joinedAtMillis, isPending: false } as const
const token = Redacted.make("a-token-of-somebody")

describe("RW-1 RW-2 what a user's own token tells", () => {
  it.live("is who they are, and whether they are in the guild", () =>
    withSandbox((sandbox, discord) =>
      Effect.gen(function*() {
        yield* sandbox.addUser({ ...jonesy, globalName: null })
        const own = yield* signIn(sandbox, jonesy.id)
        assert.deepStrictEqual(yield* discord.userOf(own), { ...jonesy, globalName: null })
        assert.deepStrictEqual(yield* discord.memberOf(own, guildId), { _tag: "NotMember" })
        yield* sandbox.join({ userId: jonesy.id, joinedAtMillis })
        assert.deepStrictEqual(yield* discord.memberOf(own, guildId), member)
        assert.deepStrictEqual(yield* discord.memberOf(own, idAt(998)), { _tag: "NotMember" })
        yield* sandbox.leave(jonesy.id)
        assert.deepStrictEqual(yield* discord.memberOf(own, guildId), { _tag: "NotMember" })
      })
    ))

  it.live("is only what was consented to", () =>
    withSandbox((sandbox, discord) =>
      Effect.gen(function*() {
        yield* sandbox.addUser(jonesy)
        const own = yield* signIn(sandbox, jonesy.id, { scope: "identify" })
        assert.deepInclude(yield* Effect.flip(discord.memberOf(own, guildId)), {
          _tag: "DiscordForbidden",
          credential: "user",
          code: 50_001
        })
      })
    ))

  it.live("is nothing once the sign-in is revoked, and revoking twice is no failure", () =>
    withSandbox((sandbox, discord) =>
      Effect.gen(function*() {
        yield* sandbox.addUser(jonesy)
        const own = yield* signIn(sandbox, jonesy.id)
        yield* discord.revoke(own)
        assert.deepInclude(yield* Effect.flip(discord.userOf(own)), { _tag: "DiscordUnauthorized", credential: "user" })
        yield* discord.revoke(own)
        assert.deepInclude(yield* sandbox.status, { grants: 0 })
      })
    ))
})

describe("RW-2 what the bot is told of a member", () => {
  it.live("follows who joins, leaves, and never was", () =>
    withSandbox((sandbox, discord) =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* discord.member(guildId, jonesy.id), { _tag: "Left" })
        yield* sandbox.addUser(jonesy)
        assert.deepStrictEqual(yield* discord.member(guildId, jonesy.id), { _tag: "Left" })
        yield* sandbox.join({ userId: jonesy.id, joinedAtMillis })
        assert.deepStrictEqual(yield* discord.member(guildId, jonesy.id), member)
        yield* sandbox.leave(jonesy.id)
        assert.deepStrictEqual(yield* discord.member(guildId, jonesy.id), { _tag: "Left" })
      })
    ))

  it.live("is never that everybody left because the guild is wrong", () =>
    withSandbox((sandbox, discord) =>
      Effect.gen(function*() {
        yield* sandbox.addUser(jonesy)
        const failure = yield* Effect.flip(discord.member(idAt(998), jonesy.id))
        assert.deepInclude(failure, { _tag: "DiscordUnknownGuild", guildId: idAt(998) })
      })
    ))

  it.live.each<readonly [credential: Credential, options: Partial<DiscordOptions>]>([
    ["bot", { botToken: Redacted.make("another") }],
    ["application", { application: { ...application, secret: Redacted.make("another") } }]
  ])(
    "needs the right credential of the %s",
    ([credential, options]) =>
      withSandbox((_sandbox, discord) =>
        Effect.gen(function*() {
          const asked = credential === "bot" ? discord.member(guildId, jonesy.id) : discord.revoke(token)
          const failure = yield* Effect.flip(Effect.asVoid(asked))
          assert.deepInclude(failure, { _tag: "DiscordUnauthorized", credential })
          assert.notInclude(`${failure.message} ${JSON.stringify(failure)}`, "another")
        }), options)
  )
})

type Failure = DiscordError | DiscordUnknownGuild

/** Looks a member up at a server that does these deeds. */
const ask = (deeds: ReadonlyArray<Deed>, options: Partial<DiscordOptions> = {}) =>
  Effect.gen(function*() {
    const server = yield* serve(...deeds)
    const layer = Discord.layer({ apiUrl: server.url, botToken, timeoutMillis: 20_000, ...options })
    const answer = yield* Effect.result(Discord.use((discord) => discord.member(guildId, jonesy.id))).pipe(
      Effect.provide(layer, { local: true })
    )
    return { answer, requests: server.requests() }
  })

const memberDeed = (change: object = {}, headers: Readonly<Record<string, string>> = {}): Deed =>
  say(200, JSON.stringify({ user: { id: jonesy.id }, joined_at: "2026-01-02T03:04:05+00:00", ...change }), headers)

const refusal = (status: number, code: number): Deed => say(status, JSON.stringify({ message: "no", code }))

describe("RW-2 answers of Discord that are none", () => {
  it.live.each<readonly [what: string, deed: Deed, error: Partial<Failure> & object, asked: number]>([
    ["a wrong token", refusal(401, 0), { _tag: "DiscordUnauthorized" }, 1],
    ["a bot that is not there", refusal(403, 50_001), { _tag: "DiscordForbidden", code: 50_001 }, 1],
    ["the page of a proxy", say(403, "<html>"), { _tag: "DiscordForbidden", code: null }, 1],
    ["an unknown guild", refusal(404, 10_004), { _tag: "DiscordUnknownGuild" }, 1],
    ["an unknown channel", refusal(404, 10_003), { _tag: "DiscordStatus", status: 404, code: 10_003 }, 1],
    ["a page that is not found", say(404, "<html>"), { _tag: "DiscordStatus", status: 404, code: null }, 1],
    ["no code", say(404, "{}"), { _tag: "DiscordStatus", status: 404, code: null }, 1],
    ["an unknown member, badly", refusal(400, 10_007), { _tag: "DiscordStatus", status: 400 }, 1],
    ["a redirect", say(302, "", { location: "/elsewhere" }), { _tag: "DiscordStatus", status: 302 }, 1],
    ["trouble", say(500, "<html>"), { _tag: "DiscordStatus", status: 500 }, 4],
    ["a reset", (response) => void response.destroy(), { _tag: "DiscordUnreachable", why: "ECONNRESET" }, 4],
    ["a page", say(200, "<html>"), { _tag: "DiscordMalformed" }, 1],
    ["a member without a time", memberDeed({ joined_at: undefined }), { _tag: "DiscordMalformed" }, 1],
    ["a member of no time", memberDeed({ joined_at: "soon" }), { _tag: "DiscordMalformed" }, 1],
    ["another member", memberDeed({ user: { id: idAt(2) } }), { _tag: "DiscordMalformed", where: "another user" }, 1],
    ["too much", say(200, " ".repeat(3000)), { _tag: "DiscordUnreachable", why: "answer too large" }, 1]
  ])("are failures after %s, in one line", ([, deed, expected, asked]) =>
    Effect.gen(function*() {
      const { answer, requests } = yield* ask([deed], { mostBytes: 2000 })
      const failure = answer._tag === "Failure" ? answer.failure : undefined
      assert.deepInclude(failure, expected)
      assert.strictEqual(requests, asked)
      assert.notInclude(failure?.message, "\n")
      assert.notInclude(`${failure?.message} ${JSON.stringify(failure)}`, Redacted.value(botToken))
    }))

  it.live("name the field, and not its value", () =>
    Effect.gen(function*() {
      const { answer } = yield* ask([memberDeed({ pending: "perhaps" })])
      const failure = answer._tag === "Failure" ? answer.failure : undefined
      assert.include(failure?.message, "pending")
      assert.notInclude(failure?.message, "perhaps")
    }))

  it.live("are asked for again when they are late", () =>
    Effect.gen(function*() {
      const { answer, requests } = yield* ask([() => undefined], { timeoutMillis: 50 })
      assert.deepInclude(answer._tag === "Failure" ? answer.failure : {}, { why: "timed out" })
      assert.strictEqual(requests, 4)
    }))

  it.live("are not waited for without a token, nor with one that is no header", () =>
    Effect.gen(function*() {
      const server = yield* serve(memberDeed())
      const layer = Discord.layer({ apiUrl: server.url })
      const [bot, revoke, broken] = yield* Discord.use((discord) =>
        Effect.all([
          Effect.flip(discord.member(guildId, jonesy.id)),
          Effect.flip(discord.revoke(token)),
          Effect.flip(discord.userOf(Redacted.make("two\nlines")))
        ])
      ).pipe(Effect.provide(layer, { local: true }))
      assert.deepInclude(bot, { _tag: "DiscordUnauthorized", credential: "bot" })
      assert.deepInclude(revoke, { _tag: "DiscordUnauthorized", credential: "application" })
      assert.deepInclude(broken, { _tag: "DiscordUnreachable" })
      assert.notInclude(`${broken.message} ${JSON.stringify(broken)}`, "lines")
      assert.strictEqual(server.requests(), 0)
    }))

  it.live("are members all the same when they are guests, or have rules to accept", () =>
    Effect.gen(function*() {
      const { answer } = yield* ask([memberDeed({ joined_at: null, pending: true })])
      assert.deepStrictEqual(answer._tag === "Success" ? answer.success : undefined, {
        _tag: "Member",
        joinedAtMillis: null,
        isPending: true
      })
    }))
})

const limited = (headers: Readonly<Record<string, string>>): Deed => say(429, "{\"retry_after\":9,\"code\":0}", headers)

describe("RW-2 limits of Discord", () => {
  it.live("are waited for, in whichever header they are told", () =>
    Effect.gen(function*() {
      const headers = { "retry-after": "0", "x-ratelimit-reset-after": "0.07" }
      const { answer, requests } = yield* ask([limited(headers), limited({ "retry-after": "0.05" }), memberDeed()])
      assert.deepStrictEqual(answer._tag === "Success" ? answer.success : undefined, member)
      assert.strictEqual(requests, 3)
    }))

  it.live.each<readonly [what: string, headers: Readonly<Record<string, string>>, retryAfterMillis: number]>([
    ["a wait that is too long", { "retry-after": "11" }, 11_000],
    ["the longer of two", { "retry-after": "1", "x-ratelimit-reset-after": "64.57" }, 64_570],
    ["a day", { "retry-after": "86400" }, 3_600_000],
    ["nothing", {}, 60_000],
    ["nonsense", { "retry-after": "soon" }, 60_000]
  ])("are a failure at once after %s", ([, headers, retryAfterMillis]) =>
    Effect.gen(function*() {
      const { answer, requests } = yield* ask([limited(headers)])
      assert.deepInclude(answer._tag === "Failure" ? answer.failure : {}, { _tag: "DiscordLimited", retryAfterMillis })
      assert.strictEqual(requests, 1)
    }))

  it.effect("stop everybody, and nobody any longer than told", () =>
    withSandbox((sandbox, discord) =>
      Effect.gen(function*() {
        yield* sandbox.addUser(jonesy)
        const own = yield* signIn(sandbox, jonesy.id)
        const faults: ReadonlyArray<SandboxFault> = [
          { kind: "status", status: 429, headers: { "retry-after": "30" } },
          { kind: "status", status: 500, answers: 9 }
        ]
        yield* sandbox.fail(faults)
        const first = yield* Effect.flip(discord.memberOf(own, guildId))
        assert.deepInclude(first, { _tag: "DiscordLimited", retryAfterMillis: 30_000 })
        yield* TestClock.adjust(10_000)
        const second = yield* Effect.flip(discord.member(guildId, jonesy.id))
        assert.deepInclude(second, { _tag: "DiscordLimited", retryAfterMillis: 20_000 })
        assert.deepInclude(yield* sandbox.status, { faults: 9 })
        yield* sandbox.fail([])
        yield* TestClock.adjust(15_000)
        const third = yield* Effect.forkChild(discord.userOf(own))
        yield* TestClock.adjust(5000)
        assert.deepStrictEqual(yield* Fiber.join(third), jonesy)
      })
    ))

  it.effect("are kept by the bot before they are reached", () =>
    Effect.gen(function*() {
      const spent = { "x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "20.5" }
      const server = yield* serve(memberDeed({}, spent))
      yield* Effect.gen(function*() {
        const discord = yield* Discord
        assert.deepStrictEqual(yield* discord.member(guildId, jonesy.id), member)
        assert.deepInclude(yield* Effect.flip(discord.member(guildId, jonesy.id)), { retryAfterMillis: 20_500 })
        assert.strictEqual(server.requests(), 1)
        yield* TestClock.adjust(20_500)
        assert.deepStrictEqual(yield* discord.member(guildId, jonesy.id), member)
      }).pipe(Effect.provide(Discord.layer({ apiUrl: server.url, botToken }), { local: true }))
    }))

  it.effect("are each user's own, and stop no other before they are reached", () =>
    Effect.gen(function*() {
      const spent = { "x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "20.5" }
      const server = yield* serve(say(200, JSON.stringify({ id: jonesy.id, username: "jonesy" }), spent))
      yield* Effect.gen(function*() {
        const discord = yield* Discord
        const user = { id: jonesy.id, username: "jonesy", globalName: null }
        assert.deepStrictEqual(yield* discord.userOf(token), user)
        assert.deepStrictEqual(yield* discord.userOf(Redacted.make("another-token")), user)
      }).pipe(Effect.provide(Discord.layer({ apiUrl: server.url }), { local: true }))
    }))

  it.live("stop those too who wait for a connection", () =>
    Effect.gen(function*() {
      const server = yield* serve(limited({ "retry-after": "60" }))
      const tags = yield* Discord.use((discord) =>
        Effect.all(
          Array.from({ length: 3 }, () => Effect.flip(discord.member(guildId, jonesy.id))),
          { concurrency: 3 }
        )
      ).pipe(Effect.provide(Discord.layer({ apiUrl: server.url, botToken, concurrency: 1 }), { local: true }))
      assert.deepStrictEqual(tags.map(({ _tag }) => _tag), ["DiscordLimited", "DiscordLimited", "DiscordLimited"])
      assert.strictEqual(server.requests(), 1)
    }))

  it.live("cap the questions at once", () =>
    Effect.gen(function*() {
      const server = yield* serve((response, request) => void setTimeout(() => memberDeed()(response, request), 20))
      yield* Discord.use((discord) =>
        Effect.all(Array.from({ length: 9 }, () => discord.member(guildId, jonesy.id)), { concurrency: 9 })
      ).pipe(Effect.provide(Discord.layer({ apiUrl: server.url, botToken, concurrency: 3 }), { local: true }))
      assert.strictEqual(server.most(), 3)
      assert.strictEqual(server.requests(), 9)
    }))
})
