import { assert, describe, it } from "@effect/vitest"
import { HttpServers } from "@purser/http"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"
import { ask, post } from "./ask.ts"
import { confirmations, pay, ticket, withKey, world } from "./world.ts"

const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
const traceId = "0af7651916cd43dd8448eb211c80319c"

const collecting = () => {
  const spans: Array<Tracer.NativeSpan> = []
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      spans.push(span)
      return span
    }
  })
  return { spans, layer: Layer.succeed(Tracer.Tracer, tracer) }
}

const servers = (spans: ReadonlyArray<Tracer.NativeSpan>) => spans.filter(({ kind }) => kind === "server")

describe("PF-8 spans of requests", () => {
  it.live("names the route, and never what was in it", () => {
    const { layer, spans } = collecting()
    return Effect.gen(function*() {
      const { public: listener } = yield* HttpServers
      const held = yield* ticket("payer")
      yield* pay(held, { depth: confirmations })
      const id = { "x-correlation-id": "caller-chosen-7" }
      yield* post(listener, "/api/v1/redeem", { value: held, headers: id })
      yield* ask(listener, { path: `/api/v1/token/${"0".repeat(64)}` })
      const [redeem, look] = servers(spans)
      assert.deepStrictEqual(servers(spans).map(({ name }) => name), [
        "POST /api/v1/redeem",
        "GET /api/v1/token/:token"
      ])
      assert.deepStrictEqual(Object.fromEntries(redeem!.attributes), {
        "http.request.method": "POST",
        "http.route": "/api/v1/redeem",
        "http.response.status_code": 200,
        correlation_id: "caller-chosen-7"
      })
      assert.strictEqual(look!.attributes.get("http.response.status_code"), 404)
      assert.strictEqual(redeem!.status._tag, "Ended")
      const useCase = spans.find(({ name }) => name === "Tickets.redeem")
      assert.strictEqual(useCase?.traceId, redeem!.traceId)
      assert.notInclude(JSON.stringify(spans.map(({ attributes, name }) => [name, [...attributes]])), held.pid)
    }).pipe(Effect.provide(world().pipe(Layer.provideMerge(layer))))
  })

  it.live("has a span for what is refused before it is looked at", () => {
    const { layer, spans } = collecting()
    return Effect.gen(function*() {
      const { internal } = yield* HttpServers
      yield* ask(internal, { path: "/metrics" })
      assert.deepStrictEqual(
        servers(spans).map(({ attributes, name }) => [name, attributes.get("http.response.status_code")]),
        [["GET /metrics", 401]]
      )
    }).pipe(Effect.provide(world().pipe(Layer.provideMerge(layer))))
  })

  it.live("continues the trace of an operator, not of a stranger", () => {
    const { layer, spans } = collecting()
    return Effect.gen(function*() {
      const { internal, public: listener } = yield* HttpServers
      yield* ask(internal, { path: "/livez", headers: { ...withKey, traceparent } })
      yield* ask(listener, { path: "/livez", headers: { traceparent } })
      const [inside, outside] = servers(spans)
      assert.strictEqual(inside!.traceId, traceId)
      assert.notStrictEqual(outside!.traceId, traceId)
      assert.isTrue(Option.isNone(outside!.parent))
    }).pipe(Effect.provide(world().pipe(Layer.provideMerge(layer))))
  })

  it.live("continues the trace of a trusted proxy", () => {
    const { layer, spans } = collecting()
    return Effect.gen(function*() {
      const { public: listener } = yield* HttpServers
      yield* ask(listener, { path: "/livez", headers: { traceparent } })
      yield* ask(listener, { path: "/livez", headers: { traceparent: "00-nonsense-01" } })
      assert.deepStrictEqual(servers(spans).map((span) => span.traceId === traceId), [true, false])
    }).pipe(Effect.provide(world({ trustedProxies: ["127.0.0.1"] }).pipe(Layer.provideMerge(layer))))
  })
})
