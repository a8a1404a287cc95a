import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { type Screen, withProgress } from "../src/terminal/progress.ts"
import { barText, spanText } from "../src/terminal/progressBar.ts"

const subject = { label: "verifying", unit: "transfers" }

describe("LG-14 the text of a progress bar", () => {
  it.each([
    [{ done: 0, total: 200, elapsedMillis: 0 }, "verifying  ░░░░░░░░░░░░░░░░░░░░░░░░  0 %  0 of 200 transfers"],
    [
      { done: 5_000, total: 20_000, elapsedMillis: 2_000 },
      "verifying  ██████░░░░░░░░░░░░░░░░░░  25 %  5,000 of 20,000 transfers  2,500/s  6 s left"
    ],
    [
      { done: 200, total: 200, elapsedMillis: 2_000 },
      "verifying  ████████████████████████  100 %  200 of 200 transfers  100/s"
    ],
    [{ done: 0, total: 0, elapsedMillis: 0 }, "verifying  ████████████████████████  100 %  0 of 0 transfers"],
    [{ done: 7, total: 5, elapsedMillis: 0 }, "verifying  ████████████████████████  100 %  7 of 5 transfers"],
    [{ done: 3, total: undefined, elapsedMillis: 3_000 }, "verifying  3 transfers  1/s  3 s"]
  ])("shows %j", (standing, text) => {
    assert.strictEqual(barText(standing, subject, 200), text)
  })

  it("fits its terminal", () => {
    assert.strictEqual(barText({ done: 1, total: 2, elapsedMillis: 0 }, subject, 12), "verifying  █")
  })

  it.each([[0, "0 s"], [7_001, "8 s"], [123_000, "2 min 03 s"], [3_900_000, "1 h 05 min"]])(
    "words %d ms",
    (millis, text) => {
      assert.strictEqual(spanText(millis), text)
    }
  )
})

const screenOf = (isTTY: boolean): Screen & { readonly drawn: Array<string> } => {
  const drawn: Array<string> = []
  return { isTTY, columns: 100, drawn, write: (text) => drawn.push(text) }
}

const working = (screen: Screen, json = false) =>
  withProgress({ ...subject, json }, (work) =>
    Effect.gen(function*() {
      work.total = 10
      yield* Effect.sleep(1_000)
      work.done = 5
      yield* Effect.sleep(1_000)
      return "done"
    }), screen)

describe("LG-14 a progress bar", () => {
  it.effect("is drawn over itself, and taken away in the end", () =>
    Effect.gen(function*() {
      const screen = screenOf(true)
      const fiber = yield* Effect.forkChild(working(screen))
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual(yield* Fiber.join(fiber), "done")
      assert.include(screen.drawn[0], "0 of 10 transfers")
      assert.include(screen.drawn.at(-2), "5 of 10 transfers")
      assert.strictEqual(screen.drawn.at(-1), "\r\u001b[K")
      assert.isTrue(
        screen.drawn.every((text) => text.startsWith("\r") && text.endsWith("\u001b[K") && !text.includes("\n"))
      )
    }))

  it.effect("is taken away when the work fails", () =>
    Effect.gen(function*() {
      const screen = screenOf(true)
      const failing = withProgress({ ...subject, json: false }, () =>
        Effect.andThen(Effect.sleep(1_000), Effect.fail("no")), screen)
      const fiber = yield* Effect.forkChild(failing)
      yield* TestClock.adjust("1 second")
      assert.isTrue(Exit.isFailure(yield* Fiber.await(fiber)))
      assert.strictEqual(screen.drawn.at(-1), "\r\u001b[K")
    }))

  it.effect("is not drawn where nobody looks", () =>
    Effect.gen(function*() {
      for (const [isTTY, json] of [[false, false], [true, true]] as const) {
        const screen = screenOf(isTTY)
        const fiber = yield* Effect.forkChild(working(screen, json))
        yield* TestClock.adjust("2 seconds")
        assert.strictEqual(yield* Fiber.join(fiber), "done")
        assert.deepStrictEqual(screen.drawn, [])
      }
    }))
})
