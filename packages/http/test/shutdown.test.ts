import { assert, describe, it } from "@effect/vitest"
import { HttpServers } from "@purser/http"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { connect } from "node:net"
import { dial, drained, jsonOf, post } from "./ask.ts"
import { meddled, noMeddling } from "./meddling.ts"
import { confirmations, pay, ticket } from "./world.ts"

/** An installation whose redemptions wait until they are told to go on. */
const held = Effect.fnUntraced(function*(gracefulMillis: number) {
  const [begun, go] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
  const before = Effect.andThen(Deferred.succeed(begun, undefined), Deferred.await(go))
  const scope = yield* Scope.make()
  const context = yield* Layer.buildWithScope(meddled({ ...noMeddling(), before }, { gracefulMillis }), scope)
  const paid = yield* Effect.provideContext(ticket("payer"), context)
  yield* Effect.provideContext(pay(paid, { depth: confirmations }), context)
  const { public: listener } = Context.get(context, HttpServers)
  const redeeming = yield* Effect.forkChild(post(listener, "/api/v1/redeem", { value: paid }), {
    startImmediately: true
  })
  yield* Deferred.await(begun)
  return { go, listener, redeeming, close: Scope.close(scope, Exit.void) }
})

describe("PF-6 ending", () => {
  it.live("finishes what it accepted and takes nothing new", () =>
    Effect.gen(function*() {
      const { close, go, listener, redeeming } = yield* held(30_000)
      const idle = yield* dial(listener)
      const kept = drained(idle)
      const closing = yield* Effect.forkChild(close, { startImmediately: true })
      yield* Effect.sleep(50)
      const refused = yield* Effect.callback<string>((resume) => {
        if (listener._tag !== "tcp") return
        const socket = connect(listener.port, listener.host)
        socket.once("error", (cause) => resume(Effect.succeed("code" in cause ? String(cause.code) : "")))
        socket.once("connect", () => resume(Effect.succeed("connected")))
      })
      assert.strictEqual(refused, "ECONNREFUSED")
      idle.write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
      const late = yield* kept
      assert.match(late, /^HTTP\/1\.1 503 /u)
      assert.match(late, /connection: close/iu)
      assert.include(late, "\"code\":\"shutting_down\"")
      yield* Deferred.succeed(go, undefined)
      const answer = yield* Fiber.join(redeeming)
      assert.strictEqual(answer.status, 200)
      assert.strictEqual(answer.headers.connection, "close")
      yield* Fiber.join(closing)
    }))

  it.live("breaks off what takes longer than it may, and says so", () =>
    Effect.gen(function*() {
      const { close, redeeming } = yield* held(200)
      yield* close
      const answer = yield* Fiber.join(redeeming)
      assert.strictEqual(answer.status, 503)
      assert.deepInclude(jsonOf(answer), { code: "shutting_down" })
      assert.strictEqual(answer.headers["retry-after"], "1")
    }))
})
