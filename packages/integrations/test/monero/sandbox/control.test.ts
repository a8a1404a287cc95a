/** Drives a sandbox from outside, well and badly. */
import { assert, describe, it } from "@effect/vitest"
import { type Id8, MoneroAddress } from "@purser/domain/tickets"
import { makeSandboxControl, type RunningSandbox } from "@purser/integrations/monero/sandbox"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { type Deed, result, say, serve } from "../rpc/UnrulyServer.ts"
import { ask, post, withSandbox } from "./running.ts"

const most = 18_446_744_073_709_551_615n

const integrated = ({ primaryAddress }: RunningSandbox) =>
  Result.getOrThrow(MoneroAddress.integrated(primaryAddress, "0123456789abcdef" as Id8))

/** `$address` stands for the sandbox's. */
const bad: ReadonlyArray<readonly [what: string, path: string, body: string, status: number, code: string]> = [
  ["no JSON", "/pay", "{", 400, "not_json"],
  ["an empty body", "/mine", "", 400, "not_json"],
  ["another form", "/pay", "[]", 400, "fields"],
  ["no amount", "/pay", "{\"address\":\"$address\"}", 400, "fields"],
  ["an amount that is a number", "/pay", "{\"address\":\"$address\",\"amountMinor\":5}", 400, "fields"],
  ["an amount in hexadecimal", "/pay", "{\"address\":\"$address\",\"amountMinor\":\"0x10\"}", 400, "fields"],
  ["a negative amount", "/pay", "{\"address\":\"$address\",\"amountMinor\":\"-1\"}", 400, "fields"],
  ["no money", "/pay", "{\"address\":\"$address\",\"amountMinor\":\"0\"}", 400, "amount"],
  ["2^64 piconero", "/pay", `{"address":"$address","amountMinor":"${most + 1n}"}`, 400, "amount"],
  ["an unknown field", "/pay", "{\"address\":\"$address\",\"amountMinor\":\"1\",\"fee\":1}", 400, "fields"],
  ["no address", "/pay", "{\"address\":\"x\",\"amountMinor\":\"1\"}", 400, "address_malformed"],
  ["no blocks", "/mine", "{\"blocks\":0}", 400, "blocks"],
  ["half a block", "/mine", "{\"blocks\":0.5}", 400, "fields"],
  ["a reward of nothing", "/mine", "{\"blocks\":1,\"rewardMinor\":\"0\"}", 400, "amount"],
  ["too deep a reorganisation", "/reorganise", "{\"depth\":1,\"fate\":\"lost\"}", 400, "depth"],
  ["another fate", "/reorganise", "{\"depth\":1,\"fate\":\"gone\"}", 400, "fields"],
  ["an unknown transaction", "/resend", "{\"transactionId\":\"x\"}", 400, "unknown_transaction"],
  ["an unknown double spend", "/double-spend", "{\"transactionId\":\"x\"}", 400, "unknown_transaction"],
  ["a daemon aside", "/daemon", "{\"state\":\"sideways\"}", 400, "fields"],
  ["an unknown deed", "/explode", "{}", 404, "not_found"],
  ["too much", "/pay", `"${"x".repeat(70_000)}"`, 413, "too_large"]
]

describe("TK-15 bad requests to a sandbox", () => {
  it.live.each(bad)("names %s", ([, path, body, expected, code]) =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        const before = yield* sandbox.status
        const { status, text } = yield* post(
          `${sandbox.url}/sandbox${path}`,
          body.replace("$address", sandbox.primaryAddress)
        )
        assert.strictEqual(status, expected)
        const { error } = JSON.parse(text) as { readonly error: { readonly code: string; readonly detail: string } }
        assert.strictEqual(error.code, code)
        assert.isAbove(error.detail.length, 0)
        assert.deepStrictEqual(yield* sandbox.status, before)
      })
    ))

  it.live("takes no form of a web page, and no other method", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        const asForm = yield* post(`${sandbox.url}/sandbox/mine`, "{\"blocks\":1}", "text/plain")
        assert.deepInclude(asForm, { status: 400 })
        assert.include(asForm.text, "content_type")
        assert.strictEqual((yield* ask(`${sandbox.url}/sandbox/mine`)).status, 404)
        assert.strictEqual((yield* post(`${sandbox.url}/sandbox`, "{}")).status, 404)
        assert.strictEqual((yield* sandbox.status).height, 1)
      })
    ))
})

describe("TK-15 control of a sandbox", () => {
  it.live("does from outside what can be done inside", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        const control = makeSandboxControl(`${sandbox.url}/`)
        const address = integrated(sandbox)
        assert.deepStrictEqual(yield* control.status, yield* sandbox.status)

        const further = [{ address: sandbox.primaryAddress, amountMinor: 2n }]
        const { transactionId } = yield* control.pay({ address, amountMinor: most - 2n, further, unlockTime: most })
        assert.match(transactionId, /^[0-9a-f]{64}$/u)
        assert.deepInclude(yield* control.status, { height: 1, poolSize: 1 })
        yield* control.mine(3)
        assert.deepInclude(yield* control.status, { height: 4, poolSize: 0 })
        yield* control.reorganise({ depth: 3, fate: "lost" })
        yield* control.resend(transactionId)
        assert.deepInclude(yield* control.status, { height: 5, poolSize: 1 })
        yield* control.doubleSpend(transactionId)
        yield* control.mine(1, 7n)
        assert.deepInclude(yield* control.status, { height: 7, poolSize: 0, daemon: "up" })
        yield* control.stopDaemon
        assert.deepInclude(yield* control.status, { daemon: "down" })
        yield* control.startDaemon
        assert.deepStrictEqual(yield* control.status, yield* sandbox.status)
      })
    ))

  it.live("passes refusals on by their code", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        const control = makeSandboxControl(sandbox.url)
        const mainnet =
          "49mmJ3sD7qXBzxBNtxhAGgRXd2HUAmwUDdMUe1GM7bHeewKBpFepmfWfXQrhU2M5UETEYTp8gLVFNL5Mj5PbiJnCVn63wBw"
        const refused = yield* Effect.flip(control.pay({ address: mainnet, amountMinor: 1n }))
        assert.deepInclude(refused, { _tag: "SandboxRefusedRequest", code: "address_network" })
        const negative = yield* Effect.flip(control.pay({ address: sandbox.primaryAddress, amountMinor: -1n }))
        assert.deepInclude(negative, { _tag: "SandboxRefusedRequest", code: "fields" })
        assert.deepInclude(yield* Effect.flip(control.mine(0)), { code: "blocks" })
      })
    ))

  it.live("says that no sandbox is there", () =>
    Effect.gen(function*() {
      const url = yield* withSandbox((sandbox) => Effect.succeed(sandbox.url))
      const away = yield* Effect.flip(makeSandboxControl(url).status)
      assert.deepInclude(away, { _tag: "SandboxUnreachable", url, why: "ECONNREFUSED" })
      const status = JSON.stringify(yield* withSandbox((sandbox) => sandbox.status))
      const others: ReadonlyArray<ReadonlyArray<Deed>> = [
        [say(200, "<html></html>")],
        [result("{}")],
        [say(500, "{}")],
        [say(302, "", { location: "/elsewhere" }), say(200, status)]
      ]
      for (const other of others) {
        const server = yield* serve(...other)
        assert.strictEqual((yield* Effect.flip(makeSandboxControl(server.url).status))._tag, "SandboxUnreachable")
      }
    }))
})
