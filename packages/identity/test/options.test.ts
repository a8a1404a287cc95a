/** Starts identity with what can not be right. */
import { assert, describe, layer } from "@effect/vitest"
import { Identity, IdentityError } from "@purser/domain/identity"
import { IdentityBetterAuth, type IdentityOptions } from "@purser/identity"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Options, sealingKey, stages } from "./support/stage.ts"

const start = (options: IdentityOptions) =>
  Effect.provide(Identity.use((identity) => identity.beginLogin({})), IdentityBetterAuth.layer(options), {
    local: true
  })

const short = { id: "k1", secret: Redacted.make(new Uint8Array(16)) }

const wrong: ReadonlyArray<readonly [name: string, change: (options: IdentityOptions) => Partial<IdentityOptions>]> = [
  ["publicUrl", () => ({ publicUrl: "http://purser.example" })],
  ["publicUrl", () => ({ publicUrl: "https://purser.example/path" })],
  ["publicUrl", () => ({ publicUrl: "purser.example" })],
  ["callbackPath", () => ({ callbackPath: "https://evil.example/" })],
  ["cookieSecret", () => ({ cookieSecret: Redacted.make("too short") })],
  ["secondFactorKeys", () => ({ secondFactorKeys: [short] })],
  ["secondFactorKeys", () => ({ secondFactorKeys: [{ ...sealingKey("k1"), id: "a:b" }] })],
  ["discord.clientId", ({ discord }) => ({ discord: { ...discord, clientId: "" } })],
  ["discord.clientSecret", ({ discord }) => ({ discord: { ...discord, clientSecret: Redacted.make("") } })],
  ["discord.authorizeUrl", ({ discord }) => ({ discord: { ...discord, authorizeUrl: "http://discord.example/" } })],
  ["discord.tokenUrl", ({ discord }) => ({ discord: { ...discord, tokenUrl: "http://discord.example/token" } })]
]

describe("RW-1 options", () => {
  layer(stages()["on SQLite"], { excludeTestServices: true })((it) => {
    for (const [name, change] of wrong) {
      it.effect(`refuses to start and names ${name}`, () =>
        Effect.gen(function*() {
          const options = yield* Options
          const error = yield* Effect.flip(start({ ...options, ...change(options) }))
          assert.instanceOf(error, IdentityError)
          assert.deepInclude({ ...error }, { failure: "Misconfigured", detail: name })
        }))
    }

    it.effect("starts with what is right, at a path of one's own", () =>
      Effect.gen(function*() {
        const options = yield* Options
        const { location } = yield* start({ ...options, publicUrl: "https://purser.example/", callbackPath: "/back" })
        assert.strictEqual(new URL(location).searchParams.get("redirect_uri"), "https://purser.example/back")
      }))

    it.effect("says that a file is not there, and makes none", () =>
      Effect.gen(function*() {
        const options = yield* Options
        const error = yield* Effect.flip(
          start({ ...options, database: { dialect: "sqlite", path: "/nowhere/purser.db" } })
        )
        assert.instanceOf(error, IdentityError)
      }))

    it.effect("says that a server is away, without its password", () =>
      Effect.gen(function*() {
        const options = yield* Options
        const url = Redacted.make("postgres://purser:hidden@127.0.0.1:1/purser")
        const layer = IdentityBetterAuth.layer({ ...options, database: { dialect: "postgres", url } })
        const asked = Identity.use((identity) => identity.sessionsOf("user" as never))
        const error = yield* Effect.flip(Effect.provide(asked, layer, { local: true }))
        assert.deepInclude({ ...error }, { failure: "Unavailable", detail: "ECONNREFUSED" })
        assert.notInclude(JSON.stringify(error) + String(error), "hidden")
      }))
  })
})
