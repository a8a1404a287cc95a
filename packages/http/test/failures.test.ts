import { assert, describe, it } from "@effect/vitest"
import { HttpServers } from "@purser/http"
import * as Effect from "effect/Effect"
import * as ErrorReporter from "effect/ErrorReporter"
import * as Layer from "effect/Layer"
import { ask, jsonOf, post } from "./ask.ts"
import { failing, meddled, noMeddling } from "./meddling.ts"
import { ticket } from "./world.ts"

const redeem = Effect.gen(function*() {
  const { public: listener } = yield* HttpServers
  return yield* post(listener, "/api/v1/redeem", { value: yield* ticket("payer") })
})

describe("PF-3 failures", () => {
  it.live.each(
    [
      ["Unavailable", 503, "storage_unavailable", "1"],
      ["Contended", 503, "storage_unavailable", "1"],
      ["InDoubt", 503, "outcome_unknown", "2"],
      ["Broken", 500, "internal_error", undefined]
    ] as const
  )("answers storage that is %s", ([failure, status, code, retryAfter]) =>
    Effect.gen(function*() {
      const answer = yield* redeem
      assert.strictEqual(answer.status, status)
      assert.deepInclude(jsonOf(answer), { code, status })
      assert.strictEqual(answer.headers["retry-after"], retryAfter)
      assert.notInclude(answer.text, "a detail of the driver")
    }).pipe(Effect.provide(meddled({ ...noMeddling(), before: failing(failure) }))))

  it.live("tells nothing of a defect but the name of the request, and reports it", () => {
    const reported: Array<string> = []
    const reporter = ErrorReporter.make(({ error }) => void reported.push(error.message))
    const meddling = { ...noMeddling(), before: Effect.die(new Error("a secret of ours")) }
    return Effect.gen(function*() {
      const answer = yield* redeem
      assert.strictEqual(answer.status, 500)
      assert.notInclude(answer.text, "secret of ours")
      assert.deepInclude(jsonOf(answer), {
        code: "internal_error",
        correlation_id: answer.headers["x-correlation-id"]
      })
      assert.deepStrictEqual(reported, ["a secret of ours"])
      const { public: listener } = yield* HttpServers
      assert.strictEqual((yield* ask(listener, { path: "/livez" })).status, 200)
    }).pipe(Effect.provide(meddled(meddling).pipe(Layer.provide(ErrorReporter.layer([reporter])))))
  })
})
