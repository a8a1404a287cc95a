import { assert, describe, it } from "@effect/vitest"
import { Health, type HealthCheck, HttpServers } from "@purser/http"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { ask, jsonOf } from "./ask.ts"
import { doors, healthOf, house, withKey } from "./world.ts"

const hosted = (health: Layer.Layer<Health>, sandboxed: ReadonlyArray<string> = []) =>
  doors({ sandboxed }).pipe(Layer.provide(house()), Layer.provide(health))

const database: HealthCheck = { name: "database", state: "ok", detail: "3 ms" }
const wallet = (state: HealthCheck["state"]): HealthCheck => ({ name: "wallet", state, detail: "10 blocks behind" })

const paths = ["/healthz", "/readyz"]

describe("PF-2 health", () => {
  it.live.each(
    [
      ["ok", [database, wallet("ok")], 200],
      ["degraded", [database, wallet("degraded")], 200],
      ["down", [database, wallet("down")], 503]
    ] as const
  )("tells %s", ([state, checks, status]) =>
    Effect.gen(function*() {
      const servers = yield* HttpServers
      for (const path of paths) {
        const [outside, inside] = [yield* ask(servers.public, { path }), yield* ask(servers.internal, { path })]
        assert.deepStrictEqual([outside.status, inside.status], [status, status])
        const names = checks.map((check) => ({ name: check.name, state: check.state }))
        assert.deepInclude(jsonOf(outside), { state, sandbox: ["monero"], checks: names })
        assert.deepInclude(jsonOf(inside), { state, sandbox: ["monero"], checks: [...checks] })
        const type = status === 503 ? "application/problem+json" : "application/json"
        assert.strictEqual(outside.headers["content-type"], type)
        if (status === 503) assert.deepInclude(jsonOf(outside), { code: "not_ready", status: 503 })
      }
      assert.strictEqual((yield* ask(servers.public, { path: "/livez" })).status, 200)
    }).pipe(Effect.provide(hosted(healthOf(...checks), ["monero"]))))

  it.live("shares one look between probes that come together", () => {
    let looks = 0
    const counting = Layer.succeed(Health, {
      checks: Effect.andThen(Effect.sync(() => void (looks += 1)), Effect.delay(Effect.succeed([database]), 50))
    })
    return Effect.gen(function*() {
      const servers = yield* HttpServers
      const probes = Array.from(
        { length: 20 },
        (_, index) => ask(index % 2 === 0 ? servers.public : servers.internal, { path: paths[index % 2]! })
      )
      const answers = yield* Effect.all(probes, { concurrency: "unbounded" })
      assert.isTrue(answers.every(({ status }) => status === 200))
      assert.strictEqual(looks, 1)
    }).pipe(Effect.provide(hosted(counting)))
  })

  it.live("keeps working when a look fails badly", () =>
    Effect.gen(function*() {
      const servers = yield* HttpServers
      const answer = yield* ask(servers.public, { path: "/readyz" })
      assert.strictEqual(answer.status, 500)
      assert.notInclude(answer.text, "secret of the driver")
      assert.strictEqual((yield* ask(servers.public, { path: "/livez" })).status, 200)
    }).pipe(Effect.provide(hosted(Layer.succeed(Health, { checks: Effect.die(new Error("secret of the driver")) })))))
})

describe("PF-2 figures", () => {
  it.live("counts requests, refusals and redemptions", () =>
    Effect.gen(function*() {
      const servers = yield* HttpServers
      yield* ask(servers.public, { path: "/no-such-path" })
      yield* ask(servers.public, { path: `/api/v1/token/${"0".repeat(64)}` })
      yield* ask(servers.public, {
        method: "POST",
        path: "/api/v1/redeem",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ pid: "0".repeat(64) })
      })
      const answer = yield* ask(servers.internal, { path: "/metrics", headers: withKey })
      assert.strictEqual(answer.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8")
      const lines = answer.text.split("\n")
      for (
        const start of [
          "purser_http_requests_total{door=\"public\",method=\"GET\",route=\"/api/v1/token/:token\",status=\"4xx\"} ",
          "purser_http_requests_total{door=\"public\",method=\"any\",route=\"unmatched\",status=\"4xx\"} ",
          "purser_http_request_seconds_count{door=\"public\",method=\"POST\",route=\"/api/v1/redeem\"} ",
          "purser_http_refusals_total{door=\"public\",code=\"not_found\"} ",
          "purser_redemptions_total{outcome=\"ticket_not_found\"} ",
          "process_resident_memory_bytes ",
          "process_uptime_seconds "
        ]
      ) assert.isDefined(lines.find((line) => line.startsWith(start)), start)
      assert.include(lines, "purser_http_requests_in_flight{door=\"public\"} 0")
      assert.include(lines, "purser_http_requests_in_flight{door=\"internal\"} 1")
      assert.notInclude(answer.text, "0".repeat(64))
    }).pipe(Effect.provide(hosted(healthOf(database)))))
})
