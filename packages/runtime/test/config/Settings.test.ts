import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { decode } from "../../src/config/Settings.ts"
import type { Environment } from "../../src/config/Variable.ts"
import { sections, variables } from "../../src/config/variables.ts"

const key = "0f".repeat(32)
const wallet: Environment = {
  PURSER_MONERO_WALLET_RPC_URL: "http://127.0.0.1:18083",
  PURSER_MONERO_DAEMON_URL: "http://127.0.0.1:18081/",
  PURSER_MONERO_START_HEIGHT: "100",
  PURSER_TOKEN_KEYS: `one:${key}`
}

const settingsOf = (environment: Environment) => Result.getOrThrow(decode(environment))
const problemsOf = (environment: Environment) =>
  Result.match(decode(environment), {
    onFailure: ({ refusals }) => refusals.map(({ name, problem }) => `${name}: ${problem}`),
    onSuccess: () => []
  })

describe("PF-1 PF-11 settings", () => {
  it("run a sandbox on SQLite with nothing set", () => {
    const settings = settingsOf({})
    assert.deepStrictEqual(settings.http, { _tag: "tcp", host: "127.0.0.1", port: 8080 })
    assert.deepStrictEqual(settings.internalHttp, { _tag: "tcp", host: "127.0.0.1", port: 8081 })
    assert.deepStrictEqual(settings.database, { dialect: "sqlite", path: ".purser/purser.sqlite" })
    assert.strictEqual(settings.monero.mode, "sandbox")
    assert.strictEqual(settings.confirmations, 10)
    assert.strictEqual(settings.requiredMinor, 10_000_000_000n)
    assert.strictEqual(settings.pollIntervalMillis, 5000)
    assert.isNull(settings.tokenKeys)
  })

  it("take a wallet over RPC", () => {
    const { monero, startHeight, tokenKeys } = settingsOf({
      ...wallet,
      PURSER_MONERO_RPC_USER: "u",
      PURSER_MONERO_RPC_PASSWORD: "p"
    })
    assert.strictEqual(startHeight, 100)
    assert.strictEqual(tokenKeys?.[0]?.id, "one")
    assert.isTrue(
      monero.mode === "rpc" && monero.daemonUrl === "http://127.0.0.1:18081" &&
        monero.password !== null && Redacted.value(monero.password) === "p"
    )
  })

  it("take sockets, PostgreSQL, tiers and times", () => {
    const settings = settingsOf({
      PURSER_HTTP: "unix:/run/purser/public.sock",
      PURSER_DATABASE_URL: "postgres://u:secret@127.0.0.1/purser",
      PURSER_MONERO_CONFIRMATION_TIERS: "50=30, 1.5=15",
      PURSER_MONERO_POLL_INTERVAL: "250 millis",
      PURSER_WORKER_ADDRESS: "127.0.0.1:34431"
    })
    assert.deepStrictEqual(settings.http, { _tag: "unix", path: "/run/purser/public.sock" })
    assert.strictEqual(settings.database.dialect, "postgres")
    assert.deepStrictEqual(settings.confirmationTiers, [
      { fromMinor: 1_500_000_000_000n, confirmations: 15 },
      { fromMinor: 50_000_000_000_000n, confirmations: 30 }
    ])
    assert.strictEqual(settings.pollIntervalMillis, 250)
  })

  it("treat empty as unset", () => {
    assert.strictEqual(settingsOf({ PURSER_MONERO_CONFIRMATIONS: " " }).confirmations, 10)
  })

  it.each<readonly [string, Environment, ReadonlyArray<string>]>([
    ["a misspelt name", { PURSER_HTPP: "127.0.0.1:1" }, ["PURSER_HTPP: no such setting"]],
    ["a listener", { PURSER_HTTP: "8080" }, ["PURSER_HTTP: expected host:port or unix:/path"]],
    ["a port", { PURSER_HTTP: "127.0.0.1:65536" }, ["PURSER_HTTP: expected host:port or unix:/path"]],
    ["a database", { PURSER_DATABASE_URL: "mysql://x" }, ["PURSER_DATABASE_URL: expected sqlite:PATH or postgres://…"]],
    ["confirmations", { PURSER_MONERO_CONFIRMATIONS: "0" }, [
      "PURSER_MONERO_CONFIRMATIONS: expected a whole number from 1 to 720"
    ]],
    ["a fraction too fine", { PURSER_MONERO_MIN_AMOUNT: "0.0000000000001" }, [
      "PURSER_MONERO_MIN_AMOUNT: expected an amount of XMR such as 0.01"
    ]],
    ["an amount of nothing", { PURSER_MONERO_MIN_AMOUNT: "0" }, [
      "PURSER_MONERO_MIN_AMOUNT: expected an amount above zero"
    ]],
    ["a time without unit", { PURSER_MONERO_POLL_INTERVAL: "5" }, [
      "PURSER_MONERO_POLL_INTERVAL: expected a duration such as `5 seconds`"
    ]],
    ["a short key", { PURSER_TOKEN_KEYS: "one:0f" }, [
      "PURSER_TOKEN_KEYS: expected id:hex with 64 hexadecimal digits, separated by commas"
    ]],
    ["two keys of one id", { PURSER_TOKEN_KEYS: `one:${key},one:${key}` }, [
      "PURSER_TOKEN_KEYS: every key needs an id of its own"
    ]],
    ["keys of a log without a name", { PURSER_LOG_KEYS: `one:${key}` }, [
      "PURSER_LOG_ORIGIN: required with PURSER_LOG_KEYS"
    ]],
    ["a name of a log with a plus", { PURSER_LOG_ORIGIN: "a+b" }, [
      "PURSER_LOG_ORIGIN: expected a name such as example.com/books"
    ]],
    ["a short seed", { PURSER_LOG_KEYS: "one:0f", PURSER_LOG_ORIGIN: "example.com/books" }, [
      "PURSER_LOG_KEYS: expected id:hex with 64 hexadecimal digits, separated by commas"
    ]],
    ["an internal key with spaces", { PURSER_INTERNAL_KEY: "two words" }, [
      "PURSER_INTERNAL_KEY: expected 1 to 512 printable characters without spaces"
    ]],
    ["one address for both listeners", { PURSER_HTTP: "127.0.0.1:9000", PURSER_INTERNAL_HTTP: "127.0.0.1:9000" }, [
      "PURSER_INTERNAL_HTTP: must differ from PURSER_HTTP"
    ]],
    ["workers on a file", { PURSER_WORKER_ADDRESS: "127.0.0.1:34431" }, [
      "PURSER_WORKER_ADDRESS: expected host:port, and only beside a PostgreSQL database"
    ]],
    ["a wallet and nothing else", { PURSER_MONERO_WALLET_RPC_URL: "http://127.0.0.1:18083" }, [
      "PURSER_MONERO_DAEMON_URL: required with PURSER_MONERO_WALLET_RPC_URL",
      "PURSER_MONERO_START_HEIGHT: required with PURSER_MONERO_WALLET_RPC_URL",
      "PURSER_TOKEN_KEYS: required with PURSER_MONERO_WALLET_RPC_URL"
    ]],
    ["a user without password", { ...wallet, PURSER_MONERO_RPC_USER: "u" }, [
      "PURSER_MONERO_RPC_USER: user and password belong together"
    ]],
    ["a login in an address", { ...wallet, PURSER_MONERO_DAEMON_URL: "http://u:hush@127.0.0.1:18081" }, [
      "PURSER_MONERO_DAEMON_URL: user and password do not belong into the address"
    ]],
    ["a transaction", { PURSER_MONERO_OWN_TRANSACTIONS: "ab" }, [
      "PURSER_MONERO_OWN_TRANSACTIONS: expected ids of 64 hexadecimal digits, separated by commas"
    ]],
    ["several at once", { PURSER_HTTP: "x", PURSER_LOG_LEVEL: "Loud" }, [
      "PURSER_HTTP: expected host:port or unix:/path",
      "PURSER_LOG_LEVEL: expected one of Trace, Debug, Info, Warn, Error, Fatal, None"
    ]]
  ])("refuse %s by name", (_, environment, problems) => {
    assert.deepStrictEqual(problemsOf(environment), problems)
  })

  it("never repeat a secret", () => {
    const secret = "not-a-key-but-secret"
    const { message } = Result.getOrThrow(
      Result.flip(decode({ PURSER_TOKEN_KEYS: secret, PURSER_INTERNAL_KEY: "shh, secret" }))
    )
    assert.notInclude(message, secret)
    assert.notInclude(message, "shh")
    assert.notInclude(JSON.stringify(settingsOf({ PURSER_DATABASE_URL: "postgres://u:hush@h/d" }).database), "hush")
  })

  it("are each in one section, with an example that can be read", () => {
    const all = Object.values(sections).flatMap((section) => Object.values(section))
    assert.strictEqual(all.length, Object.keys(variables).length)
    assert.strictEqual(new Set(all.map(({ name }) => name)).size, all.length)
    for (const { example, name, parse, secret } of all) {
      if (!secret && !example.includes(" hexadecimal digits")) {
        assert.isTrue(Result.isSuccess(parse(example) as Result.Result<unknown, string>), name)
      }
    }
  })
})
