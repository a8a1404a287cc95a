/** Asks servers that behave badly, and counts what the client does about it. */
import { assert, describe, it } from "@effect/vitest"
import {
  BananoNode,
  type BlockHash,
  type NodeOptions,
  type Signature,
  type SignedBlock
} from "@purser/integrations/banano"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { reasonOf } from "../../../src/banano/node/BananoError.ts"
import { type Deed, say, serve } from "../../monero/rpc/UnrulyServer.ts"
import { accountAt, noWork } from "../sandbox/running.ts"

const { address } = accountAt(0)
const hash = "AB".repeat(32) as BlockHash

const block: SignedBlock = {
  account: address,
  previous: hash,
  representative: address,
  balanceRaw: 2n ** 128n - 1n,
  link: hash,
  hash,
  signature: "CD".repeat(64) as Signature,
  work: noWork
}

const ask = <A, E>(
  deeds: ReadonlyArray<Deed>,
  use: (node: BananoNode["Service"]) => Effect.Effect<A, E>,
  options: Partial<NodeOptions> = {}
) =>
  Effect.gen(function*() {
    const server = yield* serve(...deeds)
    const node = BananoNode.layer({ url: `${server.url}/api`, timeoutMillis: 20_000, ...options })
    const answer = yield* Effect.result(BananoNode.use(use).pipe(Effect.provide(node, { local: true })))
    return { server, answer }
  })

const info = (change: object) =>
  say(200, JSON.stringify({ frontier: hash, balance: "1", representative: address, block_count: "1", ...change }))

const slow: Deed = (response, request) => void setTimeout(() => info({})(response, request), 20)

const reset: Deed = (response) => void response.destroy()

describe("RW-12 answers of a node that cannot be read", () => {
  it.live.each<readonly [what: string, deed: Deed, where: string]>([
    ["a page", say(200, "<html>"), "not JSON"],
    ["nothing", say(200, ""), "not JSON"],
    ["a balance that is a number", info({ balance: 1 }), "balance"],
    ["a balance with a point", info({ balance: "1.5" }), "balance"],
    ["a negative balance", info({ balance: "-1" }), "balance"],
    ["more money than there is", info({ balance: String(2n ** 128n) }), "balance"],
    ["a frontier that is none", info({ frontier: "x" }), "frontier"],
    ["a representative with a typo", info({ representative: `${address.slice(0, -1)}z` }), "representative"]
  ])("are refused by name: %s", ([, deed, where]) =>
    Effect.gen(function*() {
      const { answer, server } = yield* ask([deed], (node) => Effect.flip(node.accountInfo(address)))
      assert.deepInclude(answer, { _tag: "Success" })
      const error =
        (answer as unknown as { readonly success: { readonly _tag: string; readonly where: string } }).success
      assert.strictEqual(error._tag, "BananoMalformed")
      assert.include(error.where, where)
      assert.strictEqual(server.requests(), 1)
    }))

  it.live("are cut off when they are too large", () =>
    Effect.gen(function*() {
      const deed = say(200, `{"frontier":"${"x".repeat(5000)}"}`)
      const { answer } = yield* ask([deed], (node) => Effect.flip(node.accountInfo(address)), { mostBytes: 1000 })
      assert.deepInclude(answer, { _tag: "Success" })
      assert.include(JSON.stringify(answer), "answer too large")
    }))
})

describe("RW-12 questions to a node", () => {
  it.live("are asked again while the node is in trouble, three times at most", () =>
    Effect.gen(function*() {
      const { answer, server } = yield* ask([reset, say(503, ""), info({})], (node) => node.accountInfo(address))
      assert.strictEqual(server.requests(), 3)
      assert.strictEqual(answer._tag, "Success")
      const hopeless = yield* ask([say(500, "")], (node) => node.accountInfo(address))
      assert.strictEqual(hopeless.server.requests(), 4)
      assert.include(JSON.stringify(hopeless.answer), "\"status\":500")
    }))

  it.live.each([400, 401, 403, 404, 429])(
    "are asked once where HTTP %i is the answer",
    (status) =>
      Effect.gen(function*() {
        const { answer, server } = yield* ask([say(status, "{}")], (node) => node.accountInfo(address))
        assert.strictEqual(server.requests(), 1)
        assert.include(JSON.stringify(answer), `"status":${status}`)
      })
  )

  it.live("keep to a few connections, which stay open", () =>
    Effect.gen(function*() {
      const { server } = yield* ask(
        [slow],
        (node) => Effect.all(Array.from({ length: 9 }, () => node.accountInfo(address)), { concurrency: 9 }),
        { concurrency: 3 }
      )
      assert.strictEqual(server.most(), 3)
      assert.strictEqual(server.connections(), 3)
      assert.strictEqual(server.requests(), 9)
    }))

  it.live("carry the key where it belongs, and in no error", () =>
    Effect.gen(function*() {
      let seen: unknown
      let path: unknown
      const deed: Deed = (response, request) => {
        seen = request.headers["x-key"]
        path = request.url
        say(403, "no")(response, request)
      }
      const apiKey = { header: "x-key", value: Redacted.make("s3cret") }
      const { answer } = yield* ask([deed], (node) => node.accountInfo(address), { apiKey })
      assert.strictEqual(seen, "s3cret")
      assert.strictEqual(path, "/api")
      assert.notInclude(JSON.stringify(answer), "s3cret")
    }))
})

describe("RW-8 a publication", () => {
  it.live.each<readonly [what: string, deed: Deed]>([
    ["a reset", reset],
    ["HTTP 503", say(503, "")],
    ["HTTP 400", say(400, "{\"error\":\"invalid request\"}")],
    ["HTTP 500 that says that the block is old", say(500, "{\"error\":\"Old block\"}")],
    ["no JSON", say(200, "OK")],
    ["no hash", say(200, "{}")],
    ["another hash", say(200, `{"hash":"${"0".repeat(64)}"}`)],
    ["an error without a name", say(200, "{\"error\":\"Database is sad\"}")]
  ])("is sent once and unclear after %s", ([, deed]) =>
    Effect.gen(function*() {
      const { answer, server } = yield* ask([deed], (node) => node.publish(block))
      assert.strictEqual(server.requests(), 1)
      assert.include(JSON.stringify(answer), "\"Unclear\"")
    }))

  it.live("is unclear when nobody listens", () =>
    Effect.gen(function*() {
      const { url } = yield* Effect.scoped(serve(say(200, "")))
      const outcome = yield* BananoNode.use((node) => node.publish(block)).pipe(
        Effect.provide(BananoNode.layer({ url }), { local: true })
      )
      assert.deepInclude(outcome._tag === "Unclear" ? outcome.error : {}, { why: "ECONNREFUSED" })
    }))
})

describe("RW-12 errors of a node", () => {
  it.each([
    ["Old block", "OldBlock"],
    ["old block ", "OldBlock"],
    ["Fork", "Fork"],
    ["Gap previous block", "GapPrevious"],
    ["Gap source block", "GapSource"],
    ["Bad signature", "BadSignature"],
    ["Negative spend", "NegativeSpend"],
    ["Balance and amount delta do not match", "BalanceMismatch"],
    ["Unreceivable", "Unreceivable"],
    ["Block work is less than threshold", "WorkTooLow"],
    ["Block work is insufficient", "WorkTooLow"],
    ["Insufficient balance", "InsufficientBalance"],
    ["Account not found", "AccountNotFound"],
    ["Invalid block balance for given subtype", "SubtypeBalance"],
    ["RPC control is disabled", "ControlDisabled"],
    ["Old blockade", "Other"],
    ["constructor", "Other"],
    ["", "Other"]
  ])("mean by \"%s\" %s", (text, reason) => {
    assert.strictEqual(reasonOf(text), reason)
  })
})
