import { assert, describe, it } from "@effect/vitest"
import { AuditLog } from "@purser/domain/audit"
import { HttpServers } from "@purser/http"
import * as Effect from "effect/Effect"
import { ask, jsonOf, post } from "./ask.ts"
import { confirmations, pay, priceMinor, ticket, withKey, world } from "./world.ts"

const issued = Effect.gen(function*() {
  const { public: listener } = yield* HttpServers
  const held = yield* ticket("payer")
  yield* pay(held, { depth: confirmations })
  const answer = yield* post(listener, "/api/v1/redeem", { value: held })
  return String(jsonOf(answer).service_token)
})

const look = (token: string) => HttpServers.use((servers) => ask(servers.public, { path: `/api/v1/token/${token}` }))

const revoke = (token: string, value: unknown, headers = {}) =>
  HttpServers.use((servers) =>
    post(servers.internal, `/api/v1/token/${token}/revoke`, { value, headers: { ...withKey, ...headers } })
  )

const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u

describe("TK-2 tokens", () => {
  it.live("shows how a token stands", () =>
    Effect.gen(function*() {
      const token = yield* issued
      for (const text of [token, token.toUpperCase()]) {
        const answer = yield* look(text)
        assert.strictEqual(answer.status, 200)
        const { issued_at, ...rest } = jsonOf(answer)
        assert.match(String(issued_at), iso)
        assert.deepStrictEqual(rest, {
          status: "active",
          amount: String(priceMinor),
          revoked_at: null,
          abuse_score: 0
        })
      }
    }).pipe(Effect.provide(world())))

  it.live("knows no token that was not given out", () =>
    Effect.gen(function*() {
      const answer = yield* look("0".repeat(64))
      assert.strictEqual(answer.status, 404)
      assert.deepInclude(jsonOf(answer), { code: "token_not_found" })
    }).pipe(Effect.provide(world())))

  it.live.each(["0", "g".repeat(64), "%zz", "0".repeat(65), "..%2f.."])("refuses %s", (text) =>
    Effect.gen(function*() {
      const answer = yield* look(text)
      assert.strictEqual(answer.status, 400)
      assert.deepInclude(jsonOf(answer), {
        code: "invalid_request",
        errors: [{ in: "path", field: "token", message: "expected 64 hexadecimal digits" }]
      })
    }).pipe(Effect.provide(world())))

  it.live("revokes once; the first reason stays and is audited", () =>
    Effect.gen(function*() {
      const token = yield* issued
      const id = { "x-correlation-id": "revocation-1" }
      const first = yield* revoke(token, { reason: "resold", abuse_score: 7 }, id)
      const second = yield* revoke(token, { reason: "again", abuse_score: 9 })
      assert.strictEqual(first.status, 200)
      assert.deepInclude(jsonOf(first), { status: "revoked", abuse_score: 7 })
      assert.match(String(jsonOf(first).revoked_at), iso)
      assert.deepStrictEqual(jsonOf(second), jsonOf(first))
      assert.deepStrictEqual(jsonOf(yield* look(token)), jsonOf(first))
      const records = yield* AuditLog.use((audit) => audit.list({ limit: 10 }))
      assert.deepStrictEqual(records.map(({ entry }) => [entry.action, entry.correlationId, entry.details]), [
        ["token.revoke", "revocation-1", { abuse_score: "7", reason: "resold" }]
      ])
      assert.match(records[0]!.entry.actor, /^key:[0-9a-f]{16}$/u)
    }).pipe(Effect.provide(world())))

  it.live("revokes without a reason, and nothing that does not exist", () =>
    Effect.gen(function*() {
      assert.deepInclude(jsonOf(yield* revoke(yield* issued, {})), { status: "revoked", abuse_score: 0 })
      assert.strictEqual((yield* revoke("0".repeat(64), {})).status, 404)
    }).pipe(Effect.provide(world())))

  it.live.each(
    [
      ["a score out of range", { abuse_score: 40_000 }, "abuse_score"],
      ["a fraction", { abuse_score: 1.5 }, "abuse_score"],
      ["two lines", { reason: "a\nb" }, "reason"],
      ["half a character", { reason: "a\ud800" }, "reason"],
      ["an unknown key", { why: "x" }, "why"]
    ] as const
  )("refuses %s", ([, value, field]) =>
    Effect.gen(function*() {
      const answer = yield* revoke("0".repeat(64), value)
      assert.strictEqual(answer.status, 400)
      const { errors } = jsonOf(answer) as { readonly errors: ReadonlyArray<{ readonly field: string }> }
      assert.deepStrictEqual(errors.map((error) => error.field), [field])
    }).pipe(Effect.provide(world())))
})

const list = (query: string) =>
  HttpServers.use((servers) => ask(servers.internal, { path: `/api/v1/audit${query}`, headers: withKey }))

const subjects = (page: Record<string, unknown>) =>
  (page.entries as ReadonlyArray<{ readonly subject: string }>).map(({ subject }) => subject)

describe("PF-7 audit over HTTP", () => {
  const filled = Effect.gen(function*() {
    const audit = yield* AuditLog
    for (let index = 1; index <= 5; index++) {
      yield* audit.append({
        actor: index % 2 === 0 ? "operator" : "system:monitor",
        action: "test.deed",
        subject: `thing ${index}`,
        details: {},
        correlationId: null,
        atMillis: index * 1_000
      })
    }
  })

  it.live("pages from the newest, without shifting", () =>
    Effect.gen(function*() {
      yield* filled
      const first = jsonOf(yield* list("?limit=2"))
      assert.deepStrictEqual([subjects(first), first.next], [["thing 5", "thing 4"], "4"])
      yield* filled
      const second = jsonOf(yield* list(`?limit=2&before=${String(first.next)}`))
      assert.deepStrictEqual([subjects(second), second.next], [["thing 3", "thing 2"], "2"])
      const last = jsonOf(yield* list("?limit=2&before=2"))
      assert.deepStrictEqual([subjects(last), last.next], [["thing 1"], null])
    }).pipe(Effect.provide(world())))

  it.live("filters", () =>
    Effect.gen(function*() {
      yield* filled
      assert.deepStrictEqual(subjects(jsonOf(yield* list("?actor=operator"))), ["thing 4", "thing 2"])
      const between = "?from=1970-01-01T00:00:02Z&to=1970-01-01T00:00:03Z"
      assert.deepStrictEqual(subjects(jsonOf(yield* list(between))), ["thing 3", "thing 2"])
      assert.deepStrictEqual(subjects(jsonOf(yield* list("?subject=thing%203&action=test.deed"))), ["thing 3"])
      assert.deepStrictEqual(subjects(jsonOf(yield* list("?actor=nobody"))), [])
    }).pipe(Effect.provide(world())))

  it.live.each([
    ["?limit=0", "limit"],
    ["?limit=501", "limit"],
    ["?limit=x", "limit"],
    ["?limit=1&limit=2", "limit"],
    ["?before=0", "before"],
    ["?from=yesterday", "from"],
    ["?sort=asc", "sort"]
  ])("refuses %s", ([query, field]) =>
    Effect.gen(function*() {
      const answer = yield* list(query!)
      assert.strictEqual(answer.status, 400)
      const { errors } = jsonOf(answer) as { readonly errors: ReadonlyArray<Record<string, string>> }
      assert.deepStrictEqual(errors.map((error) => [error.in, error.field]), [["query", field]])
    }).pipe(Effect.provide(world())))
})
