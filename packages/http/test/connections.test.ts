import { assert, describe, it } from "@effect/vitest"
import { HttpServers } from "@purser/http"
import * as Effect from "effect/Effect"
import { ask, dial, drained, jsonOf } from "./ask.ts"
import { world } from "./world.ts"

/** Everything that the public door says to these bytes, until it closes. */
const say = (...parts: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const { public: listener } = yield* HttpServers
    const socket = yield* dial(listener)
    const all = drained(socket)
    for (const part of parts) socket.write(part)
    return yield* all
  })

const problem = (text: string) => {
  const [head = "", body = ""] = text.split("\r\n\r\n")
  return { head, body: JSON.parse(body) as Record<string, unknown> }
}

const assertProblem = (text: string, status: number, code: string): void => {
  const { body, head } = problem(text)
  assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `, "u"))
  assert.match(head, /content-type: application\/problem\+json/iu)
  assert.match(head, /connection: close/iu)
  assert.match(head, /x-content-type-options: nosniff/iu)
  assert.deepInclude(body, { code, status })
  assert.include(head.toLowerCase(), `x-correlation-id: ${String(body.correlation_id)}`)
}

const get = (path: string, more = "") => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`

const head = "POST /api/v1/redeem HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"

describe("PF-6 slow and broken callers", () => {
  it.live.each([["who says nothing", []], ["who stops in the head", ["GET /livez HTTP/1.1\r\nHo"]]] as const)(
    "closes on callers %s",
    ([, parts]) =>
      Effect.gen(function*() {
        assertProblem(yield* say(...parts), 408, "request_timeout")
      }).pipe(Effect.provide(world({ connections: { headersMillis: 300, requestMillis: 600_000 } })))
  )

  it.live.each(
    [
      ["who stops in the body", [`${head}Content-Length: 100\r\n\r\n{"pid":`]],
      ["who never ends a chunked body", [`${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"pid\r\n`]]
    ] as const
  )("closes on callers %s", ([, parts]) =>
    Effect.gen(function*() {
      assertProblem(yield* say(...parts), 408, "request_timeout")
    }).pipe(Effect.provide(world({ connections: { headersMillis: 500, requestMillis: 500 } }))))

  it.live.each(
    [
      ["a large head", `GET /livez HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(9_000)}\r\n\r\n`, 431, "headers_too_large"],
      ["what is not HTTP", "\u0016\u0003\u0001 hello\r\n\r\n", 400, "malformed_request"],
      ["two lengths", `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400, "malformed_request"],
      [
        "length and chunks",
        `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
        400,
        "malformed_request"
      ]
    ] as const
  )("refuses %s", ([, text, status, code]) =>
    Effect.gen(function*() {
      assertProblem(yield* say(text), status, code)
    }).pipe(Effect.provide(world())))

  it.live("refuses a request without a host", () =>
    Effect.gen(function*() {
      const { body } = problem(yield* say("GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n"))
      assert.deepInclude(body, { code: "malformed_request", status: 400 })
    }).pipe(Effect.provide(world())))

  it.live("takes a target with scheme and host for the path in it", () =>
    Effect.gen(function*() {
      const text = yield* say("GET http://x:80/livez?a=b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      assert.match(text, /^HTTP\/1\.1 200 /u)
    }).pipe(Effect.provide(world())))

  it.live("answers what comes in a row in that row", () =>
    Effect.gen(function*() {
      const text = yield* say(get("/livez") + get("/none") + get("/livez", "Connection: close\r\n"))
      assert.deepStrictEqual([...text.matchAll(/HTTP\/1\.1 (\d+)/gu)].map((match) => match[1]), ["200", "404", "200"])
    }).pipe(Effect.provide(world())))

  it.live("goes on with who asks first, unless the body is too large", () =>
    Effect.gen(function*() {
      const expecting = `${head}Expect: 100-continue\r\nConnection: close\r\n`
      const small = yield* say(`${expecting}Content-Length: 2\r\n\r\n{}`)
      assert.match(small, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 400 /u)
      const large = yield* say(`${expecting.replace("Connection: close\r\n", "")}Content-Length: 99999\r\n\r\n`)
      assertProblem(large, 413, "body_too_large")
    }).pipe(Effect.provide(world())))

  it.live("meets no other expectation", () =>
    Effect.gen(function*() {
      const { public: listener } = yield* HttpServers
      const answer = yield* ask(listener, { path: "/livez", headers: { expect: "miracles" } })
      assert.strictEqual(answer.status, 417)
      assert.deepInclude(jsonOf(answer), { code: "expectation_failed" })
    }).pipe(Effect.provide(world())))

  it.live("accepts no more connections than it may", () =>
    Effect.gen(function*() {
      const { public: listener } = yield* HttpServers
      const [first, second] = [yield* dial(listener), yield* dial(listener)]
      const third = yield* dial(listener)
      assert.strictEqual(yield* drained(third), "")
      first.destroy()
      second.destroy()
    }).pipe(Effect.provide(world({ connections: { connections: 2 } }))))

  it.live("survives who hangs up in the middle", () =>
    Effect.gen(function*() {
      const { public: listener } = yield* HttpServers
      for (const part of ["GET", head, `${head}Content-Length: 100\r\n\r\n{`]) {
        const socket = yield* dial(listener)
        socket.write(part)
        yield* Effect.sleep(20)
        socket.destroy()
      }
      assert.strictEqual((yield* ask(listener, { path: "/livez" })).status, 200)
    }).pipe(Effect.provide(world())))
})
