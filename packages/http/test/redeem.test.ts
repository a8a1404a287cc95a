import { assert, describe, it } from "@effect/vitest"
import { HttpServers, type Listener } from "@purser/http"
import * as Effect from "effect/Effect"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Answer, ask, comparable, jsonOf, post } from "./ask.ts"
import { confirmations, foreign, pay, priceMinor, ticket, world } from "./world.ts"

const path = "/api/v1/redeem"

const redeem = (value: unknown, headers = {}) =>
  HttpServers.use((servers) => post(servers.public, path, { value, headers }))

const shape = (answer: Answer): Record<string, unknown> => {
  const { correlation_id, ...rest } = jsonOf(answer)
  assert.strictEqual(correlation_id, answer.headers["x-correlation-id"])
  return rest
}

describe("TK-1 redeem", () => {
  it.live("gives a token once paid, and the same for ever", () =>
    Effect.gen(function*() {
      const held = yield* ticket("payer")
      yield* pay(held, { depth: confirmations })
      const first = yield* redeem(held)
      assert.strictEqual(first.status, 200)
      assert.deepInclude(jsonOf(first), { status: "success", balance: String(priceMinor) })
      assert.match(String(jsonOf(first).service_token), /^[0-9a-f]{64}$/u)
      for (const again of [yield* redeem(held), yield* redeem({ pid: held.pid })]) {
        assert.strictEqual(again.status, 200)
        assert.deepStrictEqual(jsonOf(again), { ...jsonOf(first), status: "already_claimed" })
      }
    }).pipe(Effect.provide(world())))

  it.live("takes digits of any case", () =>
    Effect.gen(function*() {
      const held = yield* ticket("payer")
      yield* pay(held, { depth: confirmations })
      const answer = yield* redeem({ pid: held.pid.toUpperCase(), payment_id: held.payment_id.toUpperCase() })
      assert.strictEqual(answer.status, 200)
    }).pipe(Effect.provide(world())))

  it.live("shows how far a payment is", () =>
    Effect.gen(function*() {
      const [pooled, mined] = [yield* ticket("pool"), yield* ticket("mined")]
      yield* pay(pooled, { depth: "pool" })
      yield* pay(mined, { depth: 3 })
      const answers = [yield* redeem(pooled), yield* redeem(mined)]
      assert.deepStrictEqual(answers.map(({ status }) => status), [202, 202])
      assert.deepStrictEqual(answers.map(jsonOf), [
        { state: "pool", confirmations: 0, required: confirmations },
        { state: "confirming", confirmations: 3, required: confirmations }
      ])
    }).pipe(Effect.provide(world())))

  it.live("says what is missing, exactly above 2^53", () =>
    Effect.gen(function*() {
      const held = yield* ticket("payer")
      yield* pay(held, { depth: confirmations, amountMinor: 9_007_199_254_740_993n })
      assert.deepInclude(jsonOf(yield* redeem(held)), { status: "success", balance: "9007199254740993" })
      const poor = yield* ticket("poor")
      yield* pay(poor, { depth: confirmations, amountMinor: 4n })
      const answer = yield* redeem(poor)
      assert.strictEqual(answer.status, 402)
      assert.deepInclude(shape(answer), { code: "ticket_underpaid", received: "4", required: String(priceMinor) })
    }).pipe(Effect.provide(world())))

  it.live("refuses another secret with the same id", () =>
    Effect.gen(function*() {
      const held = yield* ticket("payer")
      yield* pay(held, { depth: confirmations })
      yield* redeem(held)
      const answer = yield* redeem(foreign(held))
      assert.strictEqual(answer.status, 409)
      assert.deepInclude(shape(answer), { code: "ticket_claimed" })
    }).pipe(Effect.provide(world())))

  it.live("answers an id that nobody paid and a secret that is not its own alike", () =>
    Effect.gen(function*() {
      const [held, other] = [yield* ticket("payer"), yield* ticket("other")]
      yield* pay(held, { depth: confirmations })
      const answers = [
        yield* redeem(other),
        yield* redeem({ pid: other.pid }),
        yield* redeem({ pid: other.pid, payment_id: held.payment_id })
      ]
      assert.strictEqual(answers[0]?.status, 404)
      assert.deepStrictEqual(comparable(answers[1]!), comparable(answers[0]!))
      assert.deepStrictEqual(comparable(answers[2]!), comparable(answers[0]!))
    }).pipe(Effect.provide(world())))

  it.live("answers on a Unix socket as well", () => {
    const listener: Listener.Listener = { _tag: "unix", path: join(mkdtempSync(join(tmpdir(), "purser-")), "api.sock") }
    return Effect.gen(function*() {
      const held = yield* ticket("payer")
      yield* pay(held, { depth: confirmations })
      assert.strictEqual((yield* redeem(held)).status, 200)
    }).pipe(Effect.provide(world({ public: listener })))
  })
})

const digits = "a".repeat(64)

const bad: ReadonlyArray<
  readonly [string, unknown, ReadonlyArray<{ readonly field: string; readonly message: RegExp }>]
> = [
  ["not hex", { pid: "z".repeat(64) }, [{ field: "pid", message: /64 hexadecimal digits/u }]],
  ["63 digits", { pid: "a".repeat(63) }, [{ field: "pid", message: /64 hexadecimal digits/u }]],
  ["65 digits", { pid: "a".repeat(65) }, [{ field: "pid", message: /64 hexadecimal digits/u }]],
  ["blanks around", { pid: ` ${digits}` }, [{ field: "pid", message: /64 hexadecimal digits/u }]],
  ["a number", { pid: 5 }, [{ field: "pid", message: /expected/u }]],
  ["nothing", {}, [{ field: "pid", message: /required/u }]],
  ["upper-case keys", { PID: digits }, [
    { field: "PID", message: /not known/u },
    { field: "pid", message: /required/u }
  ]],
  ["a key too many", { pid: digits, amount: "1" }, [{ field: "amount", message: /not known/u }]],
  ["a zero id", { pid: digits, payment_id: "0".repeat(16) }, [{ field: "payment_id", message: /not all zero/u }]],
  ["a short id", { pid: digits, payment_id: "1" }, [{ field: "payment_id", message: /16 hexadecimal digits/u }]],
  ["a null id", { pid: digits, payment_id: null }, [{ field: "payment_id", message: /expected/u }]],
  ["a list", [digits], [{ field: "", message: /expected/u }]],
  ["a text", digits, [{ field: "", message: /expected/u }]],
  ["null", null, [{ field: "", message: /expected/u }]]
]

describe("TK-1 PF-3 bad input", () => {
  it.live.each(bad)("names the fields of %s", ([, value, expected]) =>
    Effect.gen(function*() {
      const answer = yield* redeem(value)
      assert.strictEqual(answer.status, 400)
      assert.strictEqual(answer.headers["content-type"], "application/problem+json")
      const { code, errors } = jsonOf(answer) as {
        readonly code: string
        readonly errors: ReadonlyArray<{ readonly in: string; readonly field: string; readonly message: string }>
      }
      assert.strictEqual(code, "invalid_request")
      assert.deepStrictEqual(errors.map(({ field }) => field).toSorted(), expected.map(({ field }) => field).toSorted())
      for (const { field, message } of expected) {
        assert.match(errors.find((error) => error.field === field)?.message.toLowerCase() ?? "", message)
      }
      assert.isTrue(errors.every((error) => error.in === "body"))
      assert.notInclude(answer.text, digits)
    }).pipe(Effect.provide(world())))

  it.live.each(
    [
      ["an empty body", "", 400, "malformed_json"],
      ["half an object", "{\"pid\":", 400, "malformed_json"],
      ["bytes that are no UTF-8", Buffer.from([0x22, 0xff, 0x22]), 400, "malformed_json"],
      ["2 MiB", Buffer.alloc(2 * 1_024 * 1_024, 0x20), 413, "body_too_large"],
      ["one byte too many", Buffer.alloc(16 * 1_024 + 1, 0x20), 413, "body_too_large"]
    ] as const
  )("refuses %s", ([, body, status, code]) =>
    Effect.gen(function*() {
      const { public: listener } = yield* HttpServers
      const headers = { "content-type": "application/json" }
      const answer = yield* ask(listener, { method: "POST", path, headers, body })
      assert.strictEqual(answer.status, status)
      assert.deepInclude(shape(answer), { code, status })
      const chunked = { ...headers, "transfer-encoding": "chunked" }
      assert.strictEqual((yield* ask(listener, { method: "POST", path, headers: chunked, body })).status, status)
    }).pipe(Effect.provide(world())))

  it.live.each(
    [
      ["no type", {}, 415],
      ["a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
      ["JSON in Latin-1", { "content-type": "application/json; charset=iso-8859-1" }, 415],
      ["a JSON dialect", { "content-type": "application/problem+json" }, 415],
      ["a compressed body", { "content-type": "application/json", "content-encoding": "gzip" }, 415],
      ["JSON in UTF-8", { "content-type": "Application/JSON; Charset=\"UTF-8\"" }, 404]
    ] as const
  )("answers %s by its type", ([, headers, status]) =>
    Effect.gen(function*() {
      const { public: listener } = yield* HttpServers
      const body = JSON.stringify({ pid: digits })
      assert.strictEqual((yield* ask(listener, { method: "POST", path, headers, body })).status, status)
    }).pipe(Effect.provide(world())))
})
