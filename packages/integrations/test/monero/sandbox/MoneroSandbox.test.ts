/** Starts sandboxes, and refuses to; lets them mine by themselves, and go wrong as they are told. */
import { assert, describe, it } from "@effect/vitest"
import { MoneroDaemon, MoneroWallet } from "@purser/integrations/monero"
import type { Fault, RunningSandbox } from "@purser/integrations/monero/sandbox"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { ask, post, withSandbox } from "./running.ts"

const status = ({ status }: RunningSandbox) => status
const most = 18_446_744_073_709_551_615n

const withWallet = <A, E>(
  { walletUrl }: RunningSandbox,
  use: (wallet: MoneroWallet["Service"]) => Effect.Effect<A, E>
) =>
  MoneroWallet.use(use).pipe(
    Effect.provide(MoneroWallet.layer({ url: walletUrl, timeoutMillis: 200 }), { local: true })
  )

describe("TK-15 a sandbox", () => {
  it.live.each([{ host: "127.0.0.1" }, { host: "::1" }, { host: "localhost" }, { host: "127.1.2.3" }])(
    "listens on $host",
    ({ host }) =>
      withSandbox((sandbox) =>
        Effect.gen(function*() {
          assert.match(sandbox.url, /^http:\/\/(?:127\.[\d.]+|\[::1\]):\d+$/u)
          assert.strictEqual(sandbox.walletUrl, `${sandbox.url}/wallet`)
          assert.strictEqual(sandbox.daemonUrl, `${sandbox.url}/daemon`)
          assert.strictEqual((yield* ask(`${sandbox.url}/sandbox`)).status, 200)
        }), { host })
  )

  it.live.each([{ host: "0.0.0.0" }, { host: "::" }, { host: "10.0.0.1" }, { host: "example.org" }, { host: "" }])(
    "refuses to listen on \"$host\"",
    ({ host }) =>
      Effect.gen(function*() {
        const refused = yield* Effect.flip(withSandbox(status, { host }))
        assert.deepInclude(refused, { _tag: "SandboxRefused", reason: "HostNotLoopback" })
      })
  )

  it.live("refuses a port that is taken", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        const port = Number(new URL(sandbox.url).port)
        const refused = yield* Effect.flip(withSandbox(status, { port }))
        assert.deepInclude(refused, { reason: "Listen", detail: `127.0.0.1:${port}: EADDRINUSE` })
      })
    ))

  it.live.each([{ login: { user: "monitor" } }, { login: { password: Redacted.make("secret") } }])(
    "refuses half a login",
    ({ login }) =>
      Effect.gen(function*() {
        const refused = yield* Effect.flip(withSandbox(status, login))
        assert.deepInclude(refused, { reason: "LoginIncomplete" })
        assert.notInclude(refused.message, "secret")
      })
  )

  it.effect("mines a block by itself now and then", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.pay({ address: sandbox.primaryAddress, amountMinor: 1n })
        yield* TestClock.adjust(1999)
        assert.deepInclude(yield* sandbox.status, { height: 1, poolSize: 1 })
        yield* TestClock.adjust(1)
        while ((yield* sandbox.status).height < 2) yield* Effect.yieldNow
        assert.deepInclude(yield* sandbox.status, { height: 2, poolSize: 0 })
      }), { blockIntervalMillis: 2000 }))

  it.live("tells amounts above 2^53 to the last digit", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.pay({ address: sandbox.primaryAddress, amountMinor: most, unlockTime: most })
        yield* sandbox.mine(1)
        yield* withWallet(sandbox, (wallet) =>
          Effect.gen(function*() {
            yield* wallet.refresh
            const { inBlocks: [entry] } = yield* wallet.incoming(0)
            assert.deepInclude(entry, { amount: most, unlock_time: most })
            assert.strictEqual(yield* wallet.balanceMinor, most)
          }))
      })
    ))

  it.live("goes on while its daemon is down, unseen", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.stopDaemon
        yield* sandbox.pay({ address: sandbox.primaryAddress, amountMinor: 1n })
        yield* sandbox.mine(2)
        assert.deepInclude(yield* sandbox.status, { height: 3, walletHeight: 1, daemon: "down" })
        yield* sandbox.startDaemon
        yield* withWallet(sandbox, ({ refresh }) => refresh)
        assert.deepInclude(yield* sandbox.status, { height: 3, walletHeight: 3, daemon: "up" })
      })
    ))
})

describe("TK-15 faults of a sandbox", () => {
  it.live.each<{ readonly fault: Fault; readonly error: object }>([
    { fault: "error500", error: { _tag: "MoneroUnavailable", why: "HTTP 500" } },
    { fault: "silence", error: { _tag: "MoneroUnavailable", why: "timed out" } },
    { fault: "reset", error: { _tag: "MoneroUnavailable", why: "ECONNRESET" } },
    { fault: "truncated", error: { _tag: "MoneroMalformed", where: "not JSON" } }
  ])(
    "answer with $fault",
    ({ error, fault }) =>
      withSandbox((sandbox) =>
        withWallet(sandbox, ({ height }) =>
          Effect.gen(function*() {
            yield* sandbox.failNext(99, fault)
            assert.deepInclude(yield* Effect.flip(height), error)
            yield* sandbox.failNext(0, fault)
            assert.strictEqual(yield* height, 1)
          }))
      )
  )

  it.live("end after as many answers as they were told", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.failNext(2, "error500")
        const body = "{\"id\":\"0\",\"method\":\"get_height\"}"
        const statuses = yield* Effect.forEach([1, 2, 3], () => post(`${sandbox.walletUrl}/json_rpc`, body))
        assert.deepStrictEqual(statuses.map(({ status }) => status), [500, 500, 200])
      })
    ))

  it.live("strike the daemon too, and never the controls", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.failNext(4, "error500")
        assert.strictEqual((yield* ask(`${sandbox.url}/sandbox`)).status, 200)
        const info = MoneroDaemon.use(({ info }) => info).pipe(
          Effect.provide(MoneroDaemon.layer({ url: sandbox.daemonUrl }), { local: true })
        )
        assert.strictEqual((yield* Effect.flip(info))._tag, "MoneroUnavailable")
        assert.deepStrictEqual(yield* info, { height: 1, targetHeight: 1 })
      })
    ))
})

describe("TK-15 the wire of a sandbox", () => {
  const unknown = "00".repeat(32)

  it.live.each([
    ["half a request", "{\"method\":", "\"code\":-32600"],
    ["no method", "{}", "\"code\":-32600"],
    ["an unknown method", "{\"method\":\"transfer\"}", "\"code\":-32601"],
    ["a wrong parameter", "{\"method\":\"get_transfers\",\"params\":{\"in\":\"yes\"}}", "\"code\":-32602"],
    ["a wrong name", "{\"method\":\"get_transfer_by_txid\",\"params\":{\"txid\":\"zz\"}}", "\"code\":-8"],
    ["an unknown name", `{"method":"get_transfer_by_txid","params":{"txid":"${unknown}"}}`, "\"code\":-8"],
    [
      "no payments",
      "{\"id\":7,\"method\":\"get_transfers\",\"params\":{\"in\":true}}",
      "{\"id\":7,\"jsonrpc\":\"2.0\",\"result\":{}}"
    ]
  ])("answers to %s", ([, body, expected]) =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        const { status, text } = yield* post(`${sandbox.walletUrl}/json_rpc`, body!)
        assert.strictEqual(status, 200)
        assert.include(text, expected!)
      })
    ))

  it.live("leaves out what was not asked for", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.pay({ address: sandbox.primaryAddress, amountMinor: 1n })
        yield* sandbox.mine(1)
        yield* sandbox.pay({ address: sandbox.primaryAddress, amountMinor: 2n })
        yield* withWallet(sandbox, ({ refresh }) => refresh)
        const listed = Effect.fnUntraced(function*(parameters: object) {
          const body = JSON.stringify({ id: "0", method: "get_transfers", params: parameters })
          const { text } = yield* post(`${sandbox.walletUrl}/json_rpc`, body)
          return Object.keys((JSON.parse(text) as { readonly result: object }).result)
        })
        assert.deepStrictEqual(yield* listed({}), [])
        assert.deepStrictEqual(yield* listed({ in: true }), ["in"])
        assert.deepStrictEqual(yield* listed({ pool: true }), ["pool"])
        assert.deepStrictEqual(yield* listed({ in: true, min_height: 1 }), ["in"])
        assert.deepStrictEqual(yield* listed({ in: true, min_height: 1, filter_by_height: true }), [])
        assert.deepStrictEqual(yield* listed({ in: true, max_height: 1, filter_by_height: true }), ["in"])
        assert.deepStrictEqual(yield* listed({ in: true, max_height: 0, filter_by_height: true }), [])
      })
    ))

  it.live("has nothing elsewhere", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        for (const path of ["/", "/wallet", "/json_rpc", "/sandboxes", "/wallet/json_rpc/x"]) {
          assert.strictEqual((yield* ask(`${sandbox.url}${path}`)).status, 404)
        }
      })
    ))
})
