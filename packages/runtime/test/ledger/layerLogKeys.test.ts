import { assert, describe, it } from "@effect/vitest"
import { LogKeys } from "@purser/domain/ledger"
import { printVerifierKey } from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import { decode } from "../../src/config/Settings.ts"
import type { Environment } from "../../src/config/Variable.ts"
import { layerLogKeys, logKeys } from "../../src/ledger/layerLogKeys.ts"

const dataDir = mkdtempSync(join(tmpdir(), "purser-log-keys-"))
afterAll(() => rmSync(dataDir, { recursive: true }))

const seed = (byte: string) => byte.repeat(32)
const chosen = (environment: Environment) => Result.getOrThrow(decode({ PURSER_DATA_DIR: dataDir, ...environment }))
const wallet: Environment = {
  PURSER_MONERO_WALLET_RPC_URL: "http://127.0.0.1:18083",
  PURSER_MONERO_DAEMON_URL: "http://127.0.0.1:18081/",
  PURSER_MONERO_START_HEIGHT: "100",
  PURSER_TOKEN_KEYS: `one:${seed("0f")}`
}

describe("LG-9 keys of the log", () => {
  it.effect("sign in the order given, all under the name of the log", () =>
    Effect.gen(function*() {
      const environment = {
        ...wallet,
        PURSER_LOG_KEYS: `new:${seed("02")},old:${seed("01")}`,
        PURSER_LOG_ORIGIN: "purser.example/books/main"
      }
      const { keys, origin } = yield* Effect.provide(LogKeys, layerLogKeys(chosen(environment)))
      assert.strictEqual(origin, "purser.example/books/main")
      assert.strictEqual(
        printVerifierKey(keys[1]!.verifier),
        "purser.example/books/main+ce6e42fa+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
      )
      assert.deepStrictEqual((yield* logKeys(chosen(environment))).map(({ id }) => id), ["new", "old"])
    }))

  it.effect("are made once in a sandbox, for their owner only", () =>
    Effect.gen(function*() {
      const [first] = yield* logKeys(chosen({}))
      const [again] = yield* logKeys(chosen({ PURSER_LOG_ORIGIN: "example.com/books" }))
      assert.strictEqual(first?.key.verifier.name, "sandbox.invalid/books")
      assert.strictEqual(again?.key.verifier.name, "example.com/books")
      assert.deepStrictEqual(first?.key.verifier.publicKey, again?.key.verifier.publicKey)
      assert.strictEqual(statSync(join(dataDir, "log.key")).mode & 0o777, 0o600)
      assert.match(readFileSync(join(dataDir, "log.key"), "utf8"), /^[0-9a-f]{64}\n$/u)
    }))

  it.effect("are not made up beside a wallet", () =>
    Effect.gen(function*() {
      const { _tag, message } = yield* Effect.flip(logKeys(chosen(wallet)))
      assert.strictEqual(_tag, "LogKeysMissing")
      assert.include(message, "PURSER_LOG_KEYS")
    }))
})
