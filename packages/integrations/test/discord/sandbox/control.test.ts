/** Drives a sandbox of Discord from outside, well and badly. */
import { assert, describe, it } from "@effect/vitest"
import { makeSandboxControl, type SandboxFault } from "@purser/integrations/discord/sandbox"
import * as Effect from "effect/Effect"
import { refusalAt } from "../../loopback/refusalAt.ts"
import { guildId, idAt, jonesy, openConsent, signIn, withSandbox } from "./running.ts"

describe("RW-1 RW-2 control of a sandbox of Discord", () => {
  it.live("does from outside what can be done inside", () =>
    withSandbox((sandbox, discord) =>
      Effect.gen(function*() {
        const control = makeSandboxControl(`${sandbox.url}/`)
        yield* control.addUser(jonesy)
        yield* control.join({ userId: jonesy.id, joinedAtMillis: 5 })
        assert.deepInclude(yield* discord.member(guildId, jonesy.id), { joinedAtMillis: 5 })
        const own = yield* signIn(sandbox, jonesy.id)
        assert.deepStrictEqual(yield* control.status, {
          guildId,
          users: [{ ...jonesy, isMember: true }],
          grants: 1,
          faults: 0
        })
        yield* control.leave(jonesy.id)
        yield* control.fail([{ kind: "status", status: 403, body: "{\"code\":1}", answers: 2, path: "/api/users/@me" }])
        assert.deepInclude(yield* control.status, { faults: 2 })
        assert.deepInclude(yield* Effect.flip(discord.userOf(own)), { _tag: "DiscordForbidden", code: 1 })
        assert.deepInclude(yield* discord.member(guildId, jonesy.id), { _tag: "Left" })
        assert.deepStrictEqual(yield* control.status, yield* sandbox.status)
      })
    ))

  it.live.each<readonly [what: string, path: string, body: string, status: number, code: string]>([
    ["no JSON", "/join", "{", 400, "not_json"],
    ["an id that is a number", "/join", "{\"userId\":175928847299117001}", 400, "fields"],
    ["a user whom nobody added", "/join", `{"userId":"${idAt(3)}"}`, 400, "unknown"],
    ["an unknown field", "/leave", `{"userId":"${idAt(3)}","x":1}`, 400, "fields"],
    ["an unknown fault", "/fail", "{\"faults\":[{\"kind\":\"dance\"}]}", 400, "fields"],
    ["no status", "/fail", "{\"faults\":[{\"kind\":\"status\",\"status\":99}]}", 400, "fields"],
    ["an unknown deed", "/dance", "{}", 404, "not_found"]
  ])("names %s", ([, path, body, status, code]) =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* refusalAt(sandbox.url, path, body), { status, code })
      })
    ))

  it.live("says what is refused, and that no sandbox is there", () =>
    Effect.gen(function*() {
      const url = yield* withSandbox((sandbox) =>
        Effect.gen(function*() {
          const refused = yield* Effect.flip(makeSandboxControl(sandbox.url).join({ userId: idAt(3) }))
          assert.deepInclude(refused, { _tag: "SandboxRefusedRequest", code: "unknown" })
          return sandbox.url
        })
      )
      const away = yield* Effect.flip(makeSandboxControl(url).status)
      assert.deepInclude(away, { _tag: "SandboxUnreachable", service: "Discord", url, why: "ECONNREFUSED" })
    }))
})

describe("RW-2 a sandbox of Discord that goes wrong", () => {
  it.live.each<readonly [fault: SandboxFault, error: object]>([
    [{ kind: "status", answers: 9 }, { _tag: "DiscordStatus", status: 500 }],
    [{ kind: "silence", answers: 9 }, { _tag: "DiscordUnreachable", why: "timed out" }],
    [{ kind: "reset", answers: 9 }, { _tag: "DiscordUnreachable", why: "ECONNRESET" }],
    [{ kind: "truncated" }, { _tag: "DiscordMalformed" }]
  ])(
    "fails the client, and is well again: %o",
    ([fault, error]) =>
      withSandbox((sandbox, discord) =>
        Effect.gen(function*() {
          yield* sandbox.addUser(jonesy)
          yield* sandbox.join({ userId: jonesy.id })
          yield* sandbox.fail([fault])
          assert.deepInclude(yield* Effect.flip(discord.member(guildId, jonesy.id)), error)
          yield* sandbox.fail([])
          assert.deepInclude(yield* discord.member(guildId, jonesy.id), { _tag: "Member" })
        }), { timeoutMillis: fault.kind === "silence" ? 300 : 20_000 })
  )

  it.live("passes by paths that are not meant", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.addUser(jonesy)
        yield* sandbox.fail([{ kind: "status", path: "/api/oauth2/token" }])
        assert.strictEqual((yield* openConsent(sandbox)).status, 200)
        assert.deepInclude(yield* sandbox.status, { faults: 1 })
      })
    ))
})
