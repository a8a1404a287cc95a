/** Drives a sandbox of Yunite from outside, well and badly. */
import { assert, describe, it } from "@effect/vitest"
import { DiscordId } from "@purser/integrations/discord"
import { demoPlayers } from "@purser/integrations/discord/sandbox"
import { Yunite } from "@purser/integrations/yunite"
import {
  makeSandboxControl,
  type RunningSandbox,
  type SandboxOptions,
  YuniteSandbox
} from "@purser/integrations/yunite/sandbox"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { refusalAt } from "../../loopback/refusalAt.ts"

const userId = DiscordId.make("175928847299117001")
const guildId = DiscordId.make("175928847299117999")
const token = Redacted.make("a-secret-of-the-guild")
const epicId = "ab".repeat(16)

const withSandbox = <A, E>(
  use: (sandbox: RunningSandbox, yunite: Yunite["Service"]) => Effect.Effect<A, E>,
  change: Partial<SandboxOptions> = {}
) =>
  YuniteSandbox.use((sandbox) =>
    Yunite.use((yunite) => use(sandbox, yunite)).pipe(
      Effect.provide(Yunite.layer({ guildId, token, url: sandbox.apiUrl }), { local: true })
    )
  ).pipe(
    Effect.provide(YuniteSandbox.layer({ host: "127.0.0.1", port: 0, guildId, token, ...change }), { local: true })
  )

const seen = (yunite: Yunite["Service"], id: DiscordId) =>
  Effect.map(yunite.lookUp([id]), (answers) => Result.getOrThrow(answers.get(id)!))

describe("RW-14 control of a sandbox of Yunite", () => {
  it.live("does from outside what can be done inside", () =>
    withSandbox((sandbox, yunite) =>
      Effect.gen(function*() {
        const control = makeSandboxControl(`${sandbox.url}/`)
        const link = { epicId, epicName: "Jonesy", verifiedAtMillis: 5000 }
        yield* control.join(userId)
        yield* control.link(userId, link)
        assert.deepStrictEqual(yield* seen(yunite, userId), { _tag: "Linked", ...link, epicId: epicId as never })
        assert.deepStrictEqual(yield* control.status, {
          guildId,
          players: [{ userId, isMember: true, link }],
          questions: 1,
          faults: 0
        })
        yield* control.unlink(userId)
        assert.strictEqual((yield* seen(yunite, userId))._tag, "NotLinked")
        yield* control.leave(userId)
        yield* control.fail([{ kind: "status", status: 503 }, { kind: "contradict" }])
        assert.deepInclude(yield* control.status, { players: [], faults: 2 })
        assert.deepInclude(Result.merge((yield* yunite.lookUp([userId])).get(userId)!), { why: "contradicted" })
        assert.strictEqual((yield* seen(yunite, userId))._tag, "NotInGuild")
        assert.deepStrictEqual(yield* control.status, yield* sandbox.status)
      })
    ))

  it.live("dates a link that has no date", () =>
    withSandbox((sandbox, yunite) =>
      Effect.gen(function*() {
        yield* sandbox.join(userId)
        yield* makeSandboxControl(sandbox.url).link(userId, { epicId, epicName: "Jonesy" })
        const answer = yield* seen(yunite, userId)
        assert.isAbove(answer._tag === "Linked" ? answer.verifiedAtMillis : 0, 1_700_000_000_000)
      })
    ))

  it.live.each<readonly [what: string, path: string, body: string, status: number, code: string]>([
    ["no JSON", "/join", "{", 400, "not_json"],
    ["an id that is none", "/join", "{\"userId\":\"x\"}", 400, "fields"],
    ["no account", "/link", `{"userId":"${userId}"}`, 400, "fields"],
    ["an unknown fault", "/fail", "{\"faults\":[{\"kind\":\"dance\"}]}", 400, "fields"],
    ["no answers", "/fail", "{\"faults\":[{\"kind\":\"omit\",\"answers\":0}]}", 400, "fields"],
    ["an unknown deed", "/dance", "{}", 404, "not_found"]
  ])("names %s", ([, path, body, status, code]) =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* refusalAt(sandbox.url, path, body), { status, code })
      })
    ))
})

describe("RW-14 a sandbox of Yunite", () => {
  it.live("tells nothing of other guilds", () =>
    withSandbox((_sandbox, yunite) =>
      Effect.gen(function*() {
        assert.strictEqual((yield* Effect.flip(yunite.lookUp([userId])))._tag, "YuniteNoRight")
      }), { guildId: DiscordId.make("175928847299117998") }))
})

describe("RW-14 the players of the demonstration", () => {
  it.live("are linked, each as what they show", () =>
    withSandbox(
      (_sandbox, yunite) =>
        Effect.gen(function*() {
          for (const { discordId, epic, isMember } of demoPlayers) {
            const linked = epic === null ? "NotLinked" : "Linked"
            const answer = yield* seen(yunite, discordId)
            assert.strictEqual(answer._tag, isMember ? linked : "NotInGuild")
            if (answer._tag === "Linked") assert.strictEqual(answer.epicId, epic?.id)
          }
        }),
      { demo: true }
    ))
})
