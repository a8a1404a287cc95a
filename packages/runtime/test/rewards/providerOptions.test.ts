import { assert, describe, it } from "@effect/vitest"
import { EpicId } from "@purser/domain/rewards"
import { FortniteStats } from "@purser/integrations/fortnite"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { loadSettings } from "../../src/config/loadSettings.ts"
import type { Environment } from "../../src/config/Variable.ts"
import {
  discordOptions,
  discordTokenUrl,
  nodeOptions,
  statsOptions,
  yuniteOptions
} from "../../src/rewards/providerOptions.ts"
import { configFolders } from "../config/configFolder.ts"
import { dryRun, live } from "./environments.ts"

const makeFolder = configFolders()
const epicId = EpicId.make("0123456789abcdef".repeat(2))

const outside = (environment: Environment, integrations = "") =>
  Effect.gen(function*() {
    const folder = makeFolder({ "integrations.yaml": integrations })
    const { rewards } = yield* loadSettings({ ...environment, PURSER_CONFIG_FOLDER: folder })
    return rewards.mode === "dry_run" || rewards.mode === "live" ? rewards : yield* Effect.die("expected providers")
  })

/** Answers every question with no stats, and remembers when it came and with which headers. */
const listening = Effect.acquireRelease(
  Effect.promise(() =>
    new Promise<{ readonly server: Server; readonly headers: Array<string | undefined> }>((resolve) => {
      const headers: Array<string | undefined> = []
      const server = createServer((request, response) => {
        headers.push(request.headers["x-key"]?.toString())
        response.end(JSON.stringify({ status: 200, data: { account: { id: epicId, name: "x" }, stats: null } }))
      }).listen(0, "127.0.0.1", () => resolve({ server, headers }))
    })
  ),
  ({ server }) => Effect.sync(() => server.close())
)

const heard = Effect.promise(() => new Promise((resolve) => setTimeout(resolve, 50)))

describe("RW-18 limits of providers", () => {
  it.effect("are those of the file, for a client that runs", () =>
    Effect.gen(function*() {
      const { headers, server } = yield* listening
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const limits = "  header: X-Key\n  scheme: Token\n  per_second: 1\n  per_minute: 2\n"
      const { providers } = yield* outside(dryRun, `fortnite:\n  url: ${url}\n${limits}`)
      yield* Effect.gen(function*() {
        const stats = yield* FortniteStats
        const questions = yield* Effect.forkChild(
          Effect.all([1, 2, 3].map(() => stats.lifetime(epicId)), { concurrency: 3 })
        )
        for (const [millis, asked] of [[999, 1], [1, 2], [58_999, 2], [1, 3]] as const) {
          yield* heard
          yield* TestClock.adjust(millis)
          yield* heard
          assert.strictEqual(headers.length, asked)
        }
        yield* Fiber.join(questions)
      }).pipe(Effect.provide(FortniteStats.layer(statsOptions(providers.fortnite)), { local: true }))
      assert.strictEqual(headers[0], "Token fortnite-words")
    }))

  it.effect("follow each reading of the settings", () =>
    Effect.gen(function*() {
      const first = yield* outside(dryRun, "fortnite:\n  per_minute: 60\n")
      const second = yield* outside({ ...dryRun, PURSER_FORTNITE_PER_MINUTE: "30" }, "fortnite:\n  per_minute: 60\n")
      const perMinute = [first, second].map(({ providers }) => statsOptions(providers.fortnite).windows?.[1]?.most)
      assert.deepStrictEqual(perMinute, [60, 30])
    }))
})

describe("RW-18 clients of providers", () => {
  it.effect("are reached where the settings say", () =>
    Effect.gen(function*() {
      const { node, providers } = yield* outside({ ...live, PURSER_BANANO_NODE_KEY: "node-words" })
      const discord = discordOptions(providers.discord)
      assert.strictEqual(discord.apiUrl, "https://discord.com/api/v10")
      assert.strictEqual(discord.application?.id, live.PURSER_DISCORD_CLIENT_ID)
      assert.strictEqual(discordTokenUrl(providers.discord), "https://discord.com/api/v10/oauth2/token")
      assert.strictEqual(yuniteOptions(providers.yunite).guildId, live.PURSER_DISCORD_GUILD_ID)
      assert.isFalse("scheme" in statsOptions(providers.fortnite))
      const { apiKey } = node === null ? assert.fail("expected a node") : nodeOptions(node)
      assert.strictEqual(apiKey === undefined ? null : Redacted.value(apiKey.value), "node-words")
    }))

  it.effect("are asked about the guild at Yunite that the settings name", () =>
    Effect.gen(function*() {
      const { node, providers } = yield* outside(dryRun, "yunite:\n  guild_id: 323456789012345678\n")
      assert.strictEqual(yuniteOptions(providers.yunite).guildId, "323456789012345678")
      assert.isNull(node)
      assert.isFalse("apiKey" in nodeOptions({ url: "https://node.purser.gg", apiKey: null }))
    }))
})
