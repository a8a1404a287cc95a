/** Exchanges questions and answers with servers that say more than a body. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Agent, type IncomingMessage } from "node:http"
import { exchange, type Question } from "../../src/http/exchange.ts"
import { type Deed, say, serve } from "../monero/rpc/UnrulyServer.ts"

const ask = (deed: Deed, question: Omit<Question, "url">) =>
  Effect.gen(function*() {
    const server = yield* serve(deed)
    const agent = yield* Effect.acquireRelease(
      Effect.sync(() => new Agent()),
      (open) => Effect.sync(() => open.destroy())
    )
    const line = { agent, timeoutMillis: 20_000, mostBytes: 1000 }
    return yield* exchange(line, { url: new URL(`${server.url}/there?x=1`), ...question })
  })

describe("RW-13 RW-14 an exchange", () => {
  it.live.each<readonly [question: Omit<Question, "url">, method: string, type: string | undefined]>([
    [{ headers: {} }, "GET", undefined],
    [{ headers: {}, body: "{}" }, "POST", "application/json"],
    [{ headers: { "content-type": "text/plain" }, body: "{}" }, "POST", "text/plain"]
  ])("sends %o by %s", ([question, method, type]) =>
    Effect.gen(function*() {
      let seen: IncomingMessage | undefined
      yield* ask((response, request) => {
        seen = request
        response.end()
      }, question)
      assert.strictEqual(seen?.method, method)
      assert.strictEqual(seen?.url, "/there?x=1")
      assert.strictEqual(seen?.headers["content-type"], type)
    }))

  it.live("hears every header, and goes nowhere else", () =>
    Effect.gen(function*() {
      const reply = yield* ask((response, request) => {
        response.appendHeader("x-twice", "1").appendHeader("X-Twice", "2")
        say(302, "gone", { location: "/elsewhere" })(response, request)
      }, { headers: {} })
      assert.deepInclude(reply, { status: 302, body: "gone" })
      assert.deepStrictEqual(reply.headers["location"], ["/elsewhere"])
      assert.deepStrictEqual(reply.headers["x-twice"], ["1", "2"])
    }))

  it.live("fails for good where a header cannot be sent, and does not tell it", () =>
    Effect.gen(function*() {
      const failure = yield* Effect.flip(ask(say(200, ""), { headers: { "x-key": "s3cret\n" } }))
      assert.deepInclude(failure, { _tag: "NoReply", why: "ERR_INVALID_CHAR", isPassing: false })
      assert.notInclude(JSON.stringify(failure), "s3cret")
    }))
})
