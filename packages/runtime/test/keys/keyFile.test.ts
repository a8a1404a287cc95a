import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import { keyFile } from "../../src/keys/keyFile.ts"

const folders: Array<string> = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))
const folder = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), "purser-keys-")))
  return folders.at(-1)!
}

describe("TK-4 key files", () => {
  it.effect("are made once, for their owner only", () =>
    Effect.gen(function*() {
      const dataDir = join(folder(), "deeper")
      const first = yield* keyFile(dataDir, "token.key")
      const second = yield* keyFile(dataDir, "token.key")
      assert.match(Redacted.value(first), /^[0-9a-f]{64}$/u)
      assert.strictEqual(Redacted.value(first), Redacted.value(second))
      assert.strictEqual(statSync(join(dataDir, "token.key")).mode & 0o777, 0o600)
      assert.deepStrictEqual(readdirSync(dataDir), ["token.key"])
    }))

  it.effect("are one key for makers that race", () =>
    Effect.gen(function*() {
      const dataDir = folder()
      const keys = yield* Effect.all(Array.from({ length: 20 }, () => keyFile(dataDir, "k")), {
        concurrency: "unbounded"
      })
      assert.strictEqual(new Set(keys.map(Redacted.value)).size, 1)
    }))

  it.effect("are refused when others can read them", () =>
    Effect.gen(function*() {
      const dataDir = folder()
      yield* keyFile(dataDir, "k")
      chmodSync(join(dataDir, "k"), 0o644)
      const { message } = yield* Effect.flip(keyFile(dataDir, "k"))
      assert.include(message, "others can read it")
    }))

  it.effect("are refused when they hold something else", () =>
    Effect.gen(function*() {
      const dataDir = folder()
      writeFileSync(join(dataDir, "k"), "half", { mode: 0o600 })
      const { message } = yield* Effect.flip(keyFile(dataDir, "k"))
      assert.include(message, "expected 64 hexadecimal digits")
    }))
})
