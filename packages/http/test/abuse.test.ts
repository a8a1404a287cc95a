import { assert, describe, it } from "@effect/vitest"
import { HttpServers } from "@purser/http"
import * as Effect from "effect/Effect"
import { jsonOf, post } from "./ask.ts"
import { confirmations, pay, ticket, world } from "./world.ts"

const from = (address: string) => ({ "x-forwarded-for": address })

const redeem = (value: unknown, address = "198.51.100.1") =>
  HttpServers.use((servers) => post(servers.public, "/api/v1/redeem", { value, headers: from(address) }))

const behindProxy = world({ trustedProxies: ["127.0.0.1"], limits: { misses: { free: 3, firstWaitMillis: 60_000 } } })

describe("TK-12 guessing", () => {
  it.live("makes who guesses wait, and nobody else", () =>
    Effect.gen(function*() {
      const held = yield* ticket("payer")
      yield* pay(held, { depth: confirmations })
      const guesses = [{ pid: "1".repeat(64) }, { pid: "x" }, { PID: "2".repeat(64) }, { pid: "3".repeat(64) }]
      const answers = yield* Effect.forEach(guesses, (guess) => redeem(guess))
      assert.deepStrictEqual(answers.map(({ status }) => status), [404, 400, 400, 404])
      const stopped = yield* redeem(held)
      assert.strictEqual(stopped.status, 429)
      assert.deepInclude(jsonOf(stopped), { code: "too_many_misses" })
      assert.strictEqual(stopped.headers["retry-after"], "60")
      assert.strictEqual((yield* redeem(held, "198.51.100.2")).status, 200)
    }).pipe(Effect.provide(behindProxy)))

  it.live("counts one subscriber of IPv6 once", () =>
    Effect.gen(function*() {
      for (let guess = 1; guess <= 4; guess++) {
        assert.strictEqual((yield* redeem({ pid: "1".repeat(64) }, `2001:db8:1:1::${guess}`)).status, 404)
      }
      assert.strictEqual((yield* redeem({ pid: "1".repeat(64) }, "2001:db8:1:1:ffff::1")).status, 429)
      assert.strictEqual((yield* redeem({ pid: "1".repeat(64) }, "2001:db8:1:2::1")).status, 404)
    }).pipe(Effect.provide(behindProxy)))

  it.live("does not punish who waits for a payment to settle", () =>
    Effect.gen(function*() {
      const [held, poor] = [yield* ticket("payer"), yield* ticket("poor")]
      yield* pay(held, { depth: 1 })
      yield* pay(poor, { depth: confirmations, amountMinor: 1n })
      for (let look = 0; look < 10; look++) {
        assert.strictEqual((yield* redeem(held)).status, 202)
        assert.strictEqual((yield* redeem(poor)).status, 402)
      }
    }).pipe(Effect.provide(behindProxy)))

  it.live("counts a claim by another secret", () =>
    Effect.gen(function*() {
      const held = yield* ticket("payer")
      yield* pay(held, { depth: confirmations })
      assert.strictEqual((yield* redeem(held, "198.51.100.9")).status, 200)
      const other = { ...held, pid: `${held.pid.slice(0, -2)}${held.pid.endsWith("00") ? "01" : "00"}` }
      const statuses = yield* Effect.forEach([1, 2, 3, 4, 5], () => redeem(other))
      assert.deepStrictEqual(statuses.map(({ status }) => status), [409, 409, 409, 409, 429])
    }).pipe(Effect.provide(behindProxy)))
})

describe("PF-5 quotas over HTTP", () => {
  const quota = { redeem: { requests: 2, windowSeconds: 60 } }

  it.live("ignores what callers say of their address", () =>
    Effect.gen(function*() {
      const statuses = yield* Effect.forEach(["1.1.1.1", "2.2.2.2", "3.3.3.3"], (address) => redeem({}, address))
      assert.deepStrictEqual(statuses.map(({ status }) => status), [400, 400, 429])
    }).pipe(Effect.provide(world({ limits: quota }))))

  it.live("keeps callers behind a trusted proxy apart", () =>
    Effect.gen(function*() {
      const addresses = ["1.1.1.1", "2.2.2.2", "3.3.3.3", "1.1.1.1"]
      const statuses = yield* Effect.forEach(addresses, (address) => redeem({}, address))
      assert.deepStrictEqual(statuses.map(({ status }) => status), [400, 400, 400, 400])
    }).pipe(Effect.provide(world({ limits: quota, trustedProxies: ["127.0.0.0/8"] }))))
})
