/** Tells how the signer shows in the health of a process. */
import { assert, describe, it } from "@effect/vitest"
import { SignerHealth, type SignerReport } from "@purser/jobs"
import * as Effect from "effect/Effect"
import { signerChecks } from "../../src/health/signerCheck.ts"

const shown = (report: SignerReport) =>
  Effect.andThen(SignerHealth.use((health) => health.report(report)), signerChecks).pipe(
    Effect.provide(SignerHealth.layer())
  )

describe("RW-9 RW-19 the health of the signer", () => {
  it.effect("is not told where there is none", () =>
    Effect.map(signerChecks, (checks) => assert.deepStrictEqual(checks, [])))

  it.effect("is in order while it works", () =>
    Effect.map(
      shown({ _tag: "Working" }),
      (checks) => assert.deepStrictEqual(checks, [{ name: "payouts", state: "ok" }])
    ))

  it.effect("names the block that an operator must look at", () =>
    Effect.map(shown({ _tag: "Stopped", why: "ForeignBlock", detail: "AB12" }), ([check]) => {
      assert.strictEqual(check?.state, "degraded")
      assert.include(check?.detail ?? "", "ForeignBlock AB12")
    }))

  it.effect("says why payouts wait", () =>
    Effect.map(
      shown({ _tag: "Refused", why: "BelowFloor" }),
      ([check]) => assert.include(check?.detail ?? "", "BelowFloor")
    ))
})
