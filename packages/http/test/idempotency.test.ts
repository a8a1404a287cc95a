import { assert, describe, it } from "@effect/vitest"
import { AuditLog } from "@purser/domain/audit"
import { HttpServers } from "@purser/http"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { ask, jsonOf, post } from "./ask.ts"
import { failing, meddled, noMeddling } from "./meddling.ts"
import { confirmations, pay, ticket, withKey } from "./world.ts"

const redeem = (value: unknown, headers: Readonly<Record<string, string>> = {}) =>
  HttpServers.use((servers) => post(servers.public, "/api/v1/redeem", { value, headers }))

const issued = Effect.gen(function*() {
  const held = yield* ticket("payer")
  yield* pay(held, { depth: confirmations })
  return String(jsonOf(yield* redeem(held)).service_token)
})

const revoke = (token: string, value: unknown, key: string) =>
  HttpServers.use((servers) =>
    post(servers.internal, `/api/v1/token/${token}/revoke`, { value, headers: { ...withKey, "idempotency-key": key } })
  )

const statusOf = (token: string) =>
  HttpServers.use((servers) =>
    Effect.map(ask(servers.public, { path: `/api/v1/token/${token}` }), (answer) => jsonOf(answer).status)
  )

const deeds = AuditLog.use((audit) => Effect.map(audit.list({ limit: 10 }), (records) => records.length))

describe("PF-4 idempotency keys of operators", () => {
  it.live("repeats the stored answer without doing it again", () => {
    const meddling = noMeddling()
    return Effect.gen(function*() {
      const token = yield* issued
      const first = yield* revoke(token, { reason: "resold" }, "k1")
      meddling.before = failing("Broken")
      const second = yield* revoke(token, { reason: "resold" }, "k1")
      assert.deepStrictEqual([first.status, second.status], [200, 200])
      assert.strictEqual(second.text, first.text)
      assert.strictEqual(yield* deeds, 1)
    }).pipe(Effect.provide(meddled(meddling)))
  })

  it.live("refuses the key for another request", () =>
    Effect.gen(function*() {
      const token = yield* issued
      yield* revoke(token, { reason: "resold" }, "k1")
      const others = [yield* revoke(token, { reason: "other" }, "k1"), yield* revoke("0".repeat(64), {}, "k1")]
      for (const answer of others) {
        assert.strictEqual(answer.status, 422)
        assert.deepInclude(jsonOf(answer), { code: "idempotency_key_reused" })
        assert.notInclude(answer.text, "k1")
      }
    }).pipe(Effect.provide(meddled(noMeddling()))))

  it.live("undoes the effect when its answer can not be stored", () => {
    const meddling = noMeddling()
    return Effect.gen(function*() {
      const token = yield* issued
      meddling.beforeComplete = failing("Unavailable")
      const first = yield* revoke(token, {}, "k1")
      assert.strictEqual(first.status, 503)
      assert.deepStrictEqual([yield* statusOf(token), yield* deeds], ["active", 0])
      meddling.beforeComplete = Effect.void
      assert.strictEqual((yield* revoke(token, {}, "k1")).status, 200)
      assert.deepStrictEqual([yield* statusOf(token), yield* deeds], ["revoked", 1])
    }).pipe(Effect.provide(meddled(meddling)))
  })

  it.live("frees the key after a refusal and after storage that did nothing", () => {
    const meddling = noMeddling()
    return Effect.gen(function*() {
      const token = yield* issued
      assert.strictEqual((yield* revoke("0".repeat(64), {}, "k1")).status, 404)
      meddling.before = failing("Unavailable")
      assert.strictEqual((yield* revoke(token, {}, "k1")).status, 503)
      meddling.before = Effect.void
      assert.strictEqual((yield* revoke(token, {}, "k1")).status, 200)
    }).pipe(Effect.provide(meddled(meddling)))
  })

  it.live("keeps the key while it is in doubt what happened", () => {
    const meddling = noMeddling()
    return Effect.gen(function*() {
      const token = yield* issued
      meddling.before = failing("InDoubt")
      const first = yield* revoke(token, {}, "k1")
      assert.strictEqual(first.status, 503)
      assert.deepInclude(jsonOf(first), { code: "outcome_unknown" })
      meddling.before = Effect.void
      assert.strictEqual((yield* revoke(token, {}, "k1")).status, 409)
    }).pipe(Effect.provide(meddled(meddling)))
  })
})

const from = (address: string) => ({ "idempotency-key": "1", "x-forwarded-for": address })

describe("PF-4 idempotency keys of payers", () => {
  it.live("repeats the token without ever storing it", () => {
    const meddling = noMeddling()
    return Effect.gen(function*() {
      const held = yield* ticket("payer")
      yield* pay(held, { depth: confirmations })
      const key = { "idempotency-key": "checkout-1" }
      const [first, second] = [yield* redeem(held, key), yield* redeem(held, key)]
      assert.deepStrictEqual([first.status, second.status], [200, 200])
      assert.strictEqual(jsonOf(second).service_token, jsonOf(first).service_token)
      assert.deepStrictEqual(meddling.stored, [{ status: 200, body: null }])
      assert.strictEqual((yield* redeem({ pid: held.pid }, key)).status, 422)
    }).pipe(Effect.provide(meddled(meddling)))
  })

  it.live("asks to wait while the first is under way", () => {
    const meddling = noMeddling()
    return Effect.gen(function*() {
      const held = yield* ticket("payer")
      yield* pay(held, { depth: confirmations })
      const key = { "idempotency-key": "checkout-1" }
      const [begun, go] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      meddling.before = Effect.andThen(Deferred.succeed(begun, undefined), Deferred.await(go))
      const first = yield* Effect.forkChild(redeem(held, key), { startImmediately: true })
      yield* Deferred.await(begun)
      const second = yield* redeem(held, key)
      assert.strictEqual(second.status, 409)
      assert.deepInclude(jsonOf(second), { code: "request_in_flight" })
      assert.strictEqual(second.headers["retry-after"], "1")
      yield* Deferred.succeed(go, undefined)
      assert.strictEqual((yield* Fiber.join(first)).status, 200)
      assert.strictEqual((yield* redeem(held, key)).status, 200)
    }).pipe(Effect.provide(meddled(meddling)))
  })

  it.live("lets a payer wait with one key", () => {
    const meddling = noMeddling()
    return Effect.gen(function*() {
      const held = yield* ticket("payer")
      const key = { "idempotency-key": "checkout-1" }
      assert.strictEqual((yield* redeem(held, key)).status, 404)
      yield* pay(held, { depth: "pool", amountMinor: 1n })
      assert.strictEqual((yield* redeem(held, key)).status, 402)
      yield* pay(held, { depth: confirmations })
      assert.strictEqual((yield* redeem(held, key)).status, 200)
    }).pipe(Effect.provide(meddled(meddling)))
  })

  it.live("keeps the keys of payers apart", () =>
    Effect.gen(function*() {
      const [held, other] = [yield* ticket("payer"), yield* ticket("other")]
      yield* pay(held, { depth: confirmations })
      yield* pay(other, { depth: confirmations })
      assert.strictEqual((yield* redeem(held, from("198.51.100.1"))).status, 200)
      assert.strictEqual((yield* redeem(other, from("198.51.100.2"))).status, 200)
      assert.strictEqual((yield* redeem(other, from("198.51.100.1"))).status, 422)
    }).pipe(Effect.provide(meddled(noMeddling(), { trustedProxies: ["127.0.0.1"] }))))
})
