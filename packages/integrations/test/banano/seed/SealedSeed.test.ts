/** Seals seeds, opens them again, and refuses whatever was touched. */
import { assert, describe, it } from "@effect/vitest"
import { openSeed, resealSeed, type SealingKey, sealSeed, SeedRefused, signerOf } from "@purser/integrations/banano"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

const digits = "0123456789abcdef".repeat(4)
const seed = Redacted.make(digits)
const key = (id: string, byte: number): SealingKey => ({ id, secret: Redacted.make(new Uint8Array(32).fill(byte)) })
const first = key("2026-11", 1)
const second = key("2026-12", 2)

const opened = (text: string, keys: ReadonlyArray<SealingKey>) => {
  const result = openSeed(text, keys)
  return Result.isSuccess(result) ? Redacted.value(result.success) : result.failure.reason
}

const part = (line: string, place: number) => line.split(":")[place]!

describe("RW-12 the seed at rest", () => {
  it.effect("comes back with its key, and shows its account alone", () =>
    Effect.gen(function*() {
      const text = yield* sealSeed(seed, first)
      assert.strictEqual(opened(`${text}\n`, [second, first]), digits)
      assert.include(text, Result.getOrThrow(signerOf(seed)).address)
      assert.notInclude(text, digits)
      assert.notInclude(text, Buffer.from(digits, "hex").toString("base64url"))
      assert.match(text, /^[\x21-\x7e]+$/u)
    }))

  it.effect("never looks the same twice", () =>
    Effect.gen(function*() {
      assert.notStrictEqual(yield* sealSeed(seed, first), yield* sealSeed(seed, first))
    }))

  it.effect("moves to the next key, and the last one opens it no more", () =>
    Effect.gen(function*() {
      const text = yield* resealSeed(yield* sealSeed(seed, first), [second, first])
      assert.strictEqual(opened(text, [second]), digits)
      assert.strictEqual(opened(text, [first]), "UnknownKey")
    }))

  it.effect("stays shut for another key of that name", () =>
    Effect.gen(function*() {
      assert.strictEqual(opened(yield* sealSeed(seed, first), [key(first.id, 9)]), "NotAuthentic")
    }))

  it.effect("is not carried over to another account or key name", () =>
    Effect.gen(function*() {
      const text = yield* sealSeed(seed, first)
      const foreign = yield* sealSeed(Redacted.make("f".repeat(64)), first)
      assert.strictEqual(opened(text.replace(part(text, 2), part(foreign, 2)), [first]), "NotAuthentic")
      assert.strictEqual(opened(text.replace(first.id, second.id), [key(second.id, 1)]), "NotAuthentic")
    }))

  it.effect("opens to nothing but the seed, whatever character is changed", () =>
    Effect.gen(function*() {
      const text = yield* sealSeed(seed, first)
      for (let at = 0; at < text.length; at += 1) {
        for (const letter of "Az0_:") {
          const answer = opened(text.slice(0, at) + letter + text.slice(at + 1), [first])
          // Base64 has a few bits at its end that say nothing.
          assert.include(["Malformed", "UnknownKey", "NotAuthentic", digits], answer)
        }
      }
    }))

  it.effect.each(["", "0".repeat(63), "g".repeat(64)])("refuses %j to be sealed", (text) =>
    Effect.gen(function*() {
      assert.instanceOf(yield* Effect.flip(sealSeed(Redacted.make(text), first)), SeedRefused)
    }))

  it.each(["", "banano-seed-v1", "banano-seed-v2:a:b:c:d:e", digits])("refuses %j to be opened", (text) => {
    assert.strictEqual(opened(text, [first]), "Malformed")
  })
})
