/** Asks a sandbox of fortnite-api.com with the real client, and drives it from outside. */
import { assert, describe, it } from "@effect/vitest"
import { EpicId } from "@purser/domain/rewards"
import { demoPlayers } from "@purser/integrations/discord/sandbox"
import { FortniteStats, type PlayerStats, providerWindows, type StatsOptions } from "@purser/integrations/fortnite"
import {
  FortniteSandbox,
  makeSandboxControl,
  type RunningSandbox,
  type SandboxAccount,
  type SandboxFault,
  type SandboxOptions
} from "@purser/integrations/fortnite/sandbox"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { refusalAt } from "../../loopback/refusalAt.ts"

const epicId = EpicId.make("0123456789abcdef".repeat(2))
const key = Redacted.make("s3cret")
const account = { epicId, name: "Jonesy", kills: 7, matches: 3, minutesPlayed: 40, lastModifiedMillis: 5000 }
const known: PlayerStats = { _tag: "Known", kills: 7, matches: 3, minutesPlayed: 40, lastModifiedMillis: 5000 }

interface Changes {
  readonly sandbox?: Partial<SandboxOptions>
  readonly client?: Partial<StatsOptions>
}

const withSandbox = <A, E, R>(
  use: (sandbox: RunningSandbox, stats: FortniteStats["Service"]) => Effect.Effect<A, E, R>,
  { client, sandbox: change }: Changes = {}
) =>
  FortniteSandbox.use((sandbox) =>
    FortniteStats.use((stats) => use(sandbox, stats)).pipe(
      Effect.provide(FortniteStats.layer({ url: sandbox.apiUrl, key, ...client }), { local: true })
    )
  ).pipe(Effect.provide(FortniteSandbox.layer({ host: "127.0.0.1", port: 0, key, ...change }), { local: true }))

describe("RW-13 accounts of a sandbox of stats", () => {
  it.live.each<readonly [change: Partial<SandboxAccount>, expected: PlayerStats]>([
    [{}, known],
    [{ lastModifiedMillis: null }, { ...known, lastModifiedMillis: null }],
    [{ isPrivate: true }, { _tag: "Private" }],
    [{ nullFrom: "stats" }, { _tag: "Unknown", why: "NoStats" }],
    [{ nullFrom: "all" }, { _tag: "Unknown", why: "NoStats" }],
    [{ nullFrom: "overall" }, { _tag: "Unknown", why: "NoStats" }],
    [{ nullFrom: "kills" }, { _tag: "Unknown", why: "NoStats" }]
  ])("are read as they are made: %o", ([change, expected]) =>
    withSandbox((sandbox, stats) =>
      Effect.gen(function*() {
        yield* sandbox.setPlayer({ ...account, ...change })
        assert.deepStrictEqual(yield* stats.lifetime(epicId), expected)
      })
    ))

  it.live("are unknown until they are made, and when they are gone", () =>
    withSandbox((sandbox, stats) =>
      Effect.gen(function*() {
        const unknown: PlayerStats = { _tag: "Unknown", why: "NotFound" }
        assert.deepStrictEqual(yield* stats.lifetime(epicId), unknown)
        yield* sandbox.setPlayer(account)
        yield* sandbox.removePlayer(epicId)
        assert.deepStrictEqual(yield* stats.lifetime(epicId), unknown)
      })
    ))

  it.live("belong to their ids in either case", () =>
    withSandbox((sandbox, stats) =>
      Effect.gen(function*() {
        const shouted = epicId.toUpperCase()
        yield* sandbox.setPlayer({ ...account, epicId: shouted })
        assert.deepStrictEqual(yield* stats.lifetime(EpicId.make(shouted)), known)
      })
    ))

  it.live("are those of the demonstration, each as what it shows", () =>
    withSandbox(
      (_sandbox, stats) =>
        Effect.gen(function*() {
          for (const { epic } of demoPlayers) {
            if (epic === null) continue
            const { _tag } = yield* stats.lifetime(EpicId.make(epic.id))
            assert.strictEqual(_tag, epic.areStatsPublic ? "Known" : "Private")
          }
        }),
      { sandbox: { demo: true } }
    ))
})

describe("RW-13 control of a sandbox of stats", () => {
  it.effect("does from outside what can be done inside", () =>
    withSandbox((sandbox, stats) =>
      Effect.gen(function*() {
        const control = makeSandboxControl(`${sandbox.url}/`)
        yield* TestClock.adjust(60_000)
        yield* control.setPlayer({ epicId, name: "Jonesy" })
        yield* control.setPlayer({ epicId, kills: 7 })
        yield* control.play({ epicId, kills: 5 })
        yield* control.play({ epicId, kills: 1, matches: 2, minutesPlayed: 9 })
        assert.deepStrictEqual(yield* stats.lifetime(epicId), {
          _tag: "Known",
          kills: 13,
          matches: 3,
          minutesPlayed: 24,
          lastModifiedMillis: 60_000
        })
        yield* control.fail([{ kind: "truncated" }])
        assert.deepInclude(yield* control.status, { questions: 1, faults: 1 })
        assert.deepInclude(yield* Effect.flip(stats.lifetime(epicId)), { _tag: "StatsMalformed" })
        assert.deepStrictEqual(yield* control.status, yield* sandbox.status)
        yield* control.removePlayer(epicId)
        assert.deepInclude(yield* control.status, { players: [] })
      })
    ))

  it.live.each<readonly [what: string, path: string, body: string, status: number, code: string]>([
    ["an id that is none", "/set-player", "{\"epicId\":\"x\"}", 400, "fields"],
    ["kills below zero", "/set-player", `{"epicId":"${epicId}","kills":-1}`, 400, "fields"],
    ["an account that is not there", "/play", `{"epicId":"${epicId}","kills":1}`, 400, "unknown"],
    ["an unknown fault", "/fail", "{\"faults\":[{\"kind\":\"dance\"}]}", 400, "fields"],
    ["an unknown deed", "/dance", "{}", 404, "not_found"]
  ])("names %s", ([, path, body, status, code]) =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* refusalAt(sandbox.url, path, body), { status, code })
      })
    ))
})

describe("RW-13 a sandbox of stats that refuses", () => {
  it.live("takes no other key", () =>
    withSandbox((sandbox, stats) =>
      Effect.gen(function*() {
        yield* sandbox.setPlayer(account)
        assert.deepInclude(yield* Effect.flip(stats.lifetime(epicId)), { _tag: "BadKey" })
      }), { client: { key: Redacted.make("another") } }))

  it.live.each<readonly [fault: SandboxFault, error: object]>([
    [{ kind: "status", answers: 4 }, { _tag: "StatsStatus", status: 500 }],
    [{ kind: "reset", answers: 4 }, { _tag: "StatsUnreachable" }],
    [{ kind: "silence", answers: 4 }, { _tag: "StatsUnreachable", why: "timed out" }]
  ])("fails the client: %o", ([fault, error]) =>
    withSandbox((sandbox, stats) =>
      Effect.gen(function*() {
        yield* sandbox.setPlayer(account)
        yield* sandbox.fail([fault])
        assert.deepInclude(yield* Effect.flip(stats.lifetime(epicId)), error)
      }), { client: { timeoutMillis: fault.kind === "silence" ? 300 : 20_000 } }))

  it.effect("is asked by the client no more often than it allows", () =>
    withSandbox((sandbox, stats) =>
      Effect.gen(function*() {
        yield* sandbox.setPlayer(account)
        for (let asked = 0; asked < 3; asked++) yield* stats.lifetime(epicId)
        const fourth = yield* Effect.forkChild(stats.lifetime(epicId))
        yield* TestClock.adjust(1000)
        assert.deepStrictEqual(yield* Fiber.join(fourth), known)
      }), { sandbox: { windows: providerWindows } }))

  it.effect("names the time from which it may be asked again", () =>
    withSandbox((sandbox, stats) =>
      Effect.gen(function*() {
        yield* sandbox.setPlayer(account)
        yield* stats.lifetime(epicId)
        assert.deepInclude(yield* Effect.flip(stats.lifetime(epicId)), { _tag: "StatsLimited", untilMillis: 90_000 })
        yield* TestClock.adjust(90_000)
        assert.deepStrictEqual(yield* stats.lifetime(epicId), known)
      }), { sandbox: { windows: [{ most: 1, millis: 90_000 }] } }))
})
