import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import { loadSettings } from "../../src/config/loadSettings.ts"

const folder = mkdtempSync(join(tmpdir(), "purser-secrets-"))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe("PF-8 secrets from files", () => {
  it.effect("are read without the line end", () =>
    Effect.gen(function*() {
      const { internalKey } = yield* loadSettings({
        PURSER_INTERNAL_KEY_FILE: file("key", "a-key-of-sixteen-letters\n")
      })
      assert.strictEqual(internalKey === null ? null : Redacted.value(internalKey), "a-key-of-sixteen-letters")
    }))

  it.effect("name the variable when they can not be read", () =>
    Effect.gen(function*() {
      const { message } = yield* Effect.flip(loadSettings({ PURSER_INTERNAL_KEY_FILE: join(folder, "absent") }))
      assert.strictEqual(message, "PURSER_INTERNAL_KEY_FILE: the file cannot be read")
    }))

  it.effect("are refused when given twice", () =>
    Effect.gen(function*() {
      const { message } = yield* Effect.flip(loadSettings({
        PURSER_INTERNAL_KEY: "a-key-of-sixteen-letters",
        PURSER_INTERNAL_KEY_FILE: file("again", "a-key-of-sixteen-letters")
      }))
      assert.strictEqual(message, "PURSER_INTERNAL_KEY: given twice, also as PURSER_INTERNAL_KEY_FILE")
    }))

  it.effect("exist for secrets only", () =>
    Effect.gen(function*() {
      const { message } = yield* Effect.flip(loadSettings({ PURSER_HTTP_FILE: file("http", "127.0.0.1:1") }))
      assert.strictEqual(message, "PURSER_HTTP_FILE: no such setting")
    }))
})
