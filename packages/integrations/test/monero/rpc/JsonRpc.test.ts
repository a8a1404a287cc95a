/** Calls servers that answer badly, late, too much or not at all. */
import { assert, describe, it } from "@effect/vitest"
import { MoneroDaemon, MoneroWallet, type RpcOptions } from "@purser/integrations/monero"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Tracer from "effect/Tracer"
import { createHash } from "node:crypto"
import { inspect } from "node:util"
import { digestResponse, parseDigest } from "../../../src/monero/rpc/digest.ts"
import { type Deed, result, say, serve } from "./UnrulyServer.ts"

const height = (options: RpcOptions) =>
  MoneroWallet.use((wallet) => wallet.height).pipe(Effect.provide(MoneroWallet.layer(options), { local: true }))

const answers = result("{\"height\":7}")

/** Half of what was promised, then nothing. */
const breakOff: Deed = (response) => {
  response.writeHead(200, { "content-length": "100" })
  response.write("{\"id\":\"0\",", () => response.destroy())
}

const hangUp: Deed = (response) => void response.destroy()

const failureOf = (...deeds: ReadonlyArray<Deed>) =>
  Effect.gen(function*() {
    const server = yield* serve(...deeds)
    const error = yield* Effect.flip(height({ url: server.url, mostBytes: 1000, timeoutMillis: 5000 }))
    return { error, requests: server.requests() }
  })

/** What the server does, and how that is told. */
type Case = readonly [what: string, deed: Deed, told: string]

describe("TK-5 answers that are none", () => {
  it.live.each<Case>([
    ["an HTTP 500", say(500, ""), "HTTP 500"],
    ["an HTTP 503", say(503, "busy"), "HTTP 503"],
    ["a reset", hangUp, "ECONNRESET"],
    ["a reset half-way", breakOff, "ECONNRESET"]
  ])("asks four times at %s", ([, deed, why]) =>
    Effect.gen(function*() {
      const { error, requests } = yield* failureOf(deed)
      assert.deepInclude(error, { _tag: "MoneroUnavailable", party: "wallet", why })
      assert.strictEqual(requests, 4)
    }))

  it.live.each<Case>([
    ["an HTTP 404", say(404, ""), "HTTP 404"],
    ["an HTTP 302", say(302, "", { location: "/elsewhere" }), "HTTP 302"],
    ["too large an answer", say(200, "x".repeat(1001)), "answer too large"]
  ])("asks once at %s", ([, deed, why]) =>
    Effect.gen(function*() {
      const { error, requests } = yield* failureOf(deed)
      assert.deepInclude(error, { _tag: "MoneroUnavailable", why })
      assert.strictEqual(requests, 1)
    }))

  it.live("says that nobody listens", () =>
    Effect.gen(function*() {
      const { url } = yield* Effect.scoped(serve(answers))
      assert.deepInclude(yield* Effect.flip(height({ url })), { _tag: "MoneroUnavailable", why: "ECONNREFUSED" })
    }))

  it.live("does not wait for ever, nor ask again what took too long", () =>
    Effect.gen(function*() {
      const server = yield* serve(() => {})
      const error = yield* Effect.flip(height({ url: server.url, timeoutMillis: 100 }))
      assert.deepInclude(error, { _tag: "MoneroUnavailable", why: "timed out" })
      assert.strictEqual(server.requests(), 1)
    }))

  it.live("does not wait for a body that drips", () =>
    Effect.gen(function*() {
      const server = yield* serve((response) => {
        const drip = setInterval(() => response.write(" "), 20)
        response.on("close", () => clearInterval(drip))
      })
      assert.deepInclude(yield* Effect.flip(height({ url: server.url, timeoutMillis: 200 })), { why: "timed out" })
    }))

  it.live("is content when a later answer is good", () =>
    Effect.gen(function*() {
      const server = yield* serve(hangUp, say(500, ""), breakOff, answers)
      assert.strictEqual(yield* height({ url: server.url }), 7)
      assert.strictEqual(server.requests(), 4)
    }))
})

describe("TK-5 TK-8 answers that cannot be read", () => {
  it.live.each<Case>([
    ["half of an answer", say(200, "{\"id\":\"0\",\"resu"), "not JSON"],
    ["a web page", say(200, "<html></html>"), "not JSON"],
    ["nothing", say(200, ""), "not JSON"],
    ["endless nesting", say(200, `${"[".repeat(499)}${"]".repeat(499)}`), ""],
    ["another envelope", say(200, "{\"id\":\"0\"}"), ""],
    ["a text for a number", result("{\"height\":\"secret\"}"), "at [\"height\"]"],
    ["a fraction", result("{\"height\":1.5}"), "at [\"height\"]"],
    ["a negative height", result("{\"height\":-1}"), "at [\"height\"]"],
    ["a height above 2^53", result("{\"height\":9007199254740993}"), "at [\"height\"]"],
    ["no field", result("{}"), "at [\"height\"]"]
  ])("names the field of %s", ([, deed, where]) =>
    Effect.gen(function*() {
      const { error, requests } = yield* failureOf(deed)
      assert.deepInclude(error, { _tag: "MoneroMalformed", method: "get_height" })
      assert.include(error.message, where)
      assert.notInclude(error.message, "secret")
      assert.strictEqual(requests, 1)
    }))

  it.live("passes a refusal on, in one short line", () =>
    Effect.gen(function*() {
      const { error, requests } = yield* failureOf(
        say(200, `{"error":{"code":-13,"message":"No\\nwallet ${"x".repeat(300)}"},"id":"0","jsonrpc":"2.0"}`)
      )
      assert.deepInclude(error, { _tag: "MoneroRefused", code: -13, method: "get_height" })
      assert.match(error.message, /^wallet: get_height refused \(-13\): No wallet x{190}$/u)
      assert.strictEqual(requests, 1)
    }))

  it.live("takes every digit of an amount", () =>
    Effect.gen(function*() {
      const server = yield* serve(result("{\"balance\":18446744073709551615,\"unlocked_balance\":0}"))
      const balance = yield* MoneroWallet.use((wallet) => wallet.balanceMinor).pipe(
        Effect.provide(MoneroWallet.layer({ url: server.url }))
      )
      assert.strictEqual(balance, 18_446_744_073_709_551_615n)
    }))

  it.live("takes a busy daemon for one that is away", () =>
    Effect.gen(function*() {
      const server = yield* serve(result("{\"height\":0,\"target_height\":0,\"status\":\"BUSY\"}"))
      const error = yield* Effect.flip(
        MoneroDaemon.use(({ info }) => info).pipe(Effect.provide(MoneroDaemon.layer({ url: server.url })))
      )
      assert.deepInclude(error, { _tag: "MoneroUnavailable", party: "daemon", why: "busy" })
    }))

  it.live("asks for no transaction whose name cannot be one", () =>
    Effect.gen(function*() {
      const server = yield* serve(say(200, "{\"error\":{\"code\":-8,\"message\":\"\"},\"id\":\"0\"}"))
      const exit = yield* Effect.exit(
        MoneroWallet.use((wallet) => wallet.byTransaction("AB".repeat(32))).pipe(
          Effect.provide(MoneroWallet.layer({ url: server.url }))
        )
      )
      assert.isTrue(Exit.hasDies(exit))
      assert.strictEqual(server.requests(), 0)
    }))
})

describe("TK-5 connections", () => {
  it.live("keeps few, and uses them again", () =>
    Effect.gen(function*() {
      const server = yield* serve((response, request) => void setTimeout(() => answers(response, request), 5))
      const asked = MoneroWallet.use((wallet) =>
        Effect.all(Array.from({ length: 30 }, () => wallet.height), { concurrency: "unbounded" })
      ).pipe(Effect.provide(MoneroWallet.layer({ url: server.url, concurrency: 3 })))
      assert.strictEqual((yield* asked).length, 30)
      assert.deepStrictEqual([server.most(), server.connections()], [3, 3])
    }))

  it.live("opens another when one died while it was idle", () =>
    Effect.gen(function*() {
      const server = yield* serve(answers)
      yield* MoneroWallet.use((wallet) =>
        Effect.gen(function*() {
          yield* wallet.height
          yield* Effect.promise(server.cut)
          assert.strictEqual(yield* wallet.height, 7)
          assert.strictEqual(server.connections(), 2)
        })
      ).pipe(Effect.provide(MoneroWallet.layer({ url: server.url })))
    }))

  it.live("gives a connection back when the caller goes away", () =>
    Effect.gen(function*() {
      const server = yield* serve(() => {}, answers)
      yield* MoneroWallet.use((wallet) =>
        Effect.gen(function*() {
          yield* Effect.timeoutOrElse(wallet.height, { duration: 50, orElse: () => Effect.void })
          assert.strictEqual(yield* wallet.height, 7)
        })
      ).pipe(Effect.provide(MoneroWallet.layer({ url: server.url, concurrency: 1 })))
    }))

  it.live.each(["", "/", "/wallet", "/wallet/"])(
    "finds the method below %j, and sends no user of an address",
    (path) =>
      Effect.gen(function*() {
        let seen: ReadonlyArray<string | undefined> = []
        const server = yield* serve((response, request) => {
          seen = [request.url, request.headers.authorization, request.headers["content-type"]]
          answers(response, request)
        })
        const url = server.url.replace("http://", "http://user:secret@")
        yield* height({ url: `${url}${path}` })
        assert.deepStrictEqual(seen, [`${path.replace(/\/$/u, "")}/json_rpc`, undefined, "application/json"])
      })
  )
})

/** Asks for a login, and says of every proof whether it is the right one. */
const doorkeeper = (stale: ReadonlyArray<boolean>) => {
  let challenges = 0
  const proofs: Array<string> = []
  const deed: Deed = (response, request) => {
    const given = parseDigest(request.headers.authorization ?? "")
    const { cnonce = "", nc = "", nonce = "" } = given
    const expected = digestResponse(
      { user: "monitor", password: "secret", method: "POST", path: "/json_rpc" },
      { realm: "r", nonce },
      { cnonce, nc }
    )
    if (given.response !== undefined) proofs.push(`${nonce} ${Number.parseInt(nc, 16)}`)
    if (given.response === expected && nonce === `n${challenges}` && !stale[challenges]) {
      return answers(response, request)
    }
    const isStale = given.response === expected
    challenges++
    say(401, "", { "www-authenticate": `Digest realm="r",nonce="n${challenges}",stale=${isStale}` })(response, request)
  }
  return { deed, proofs }
}

const login = (password: string) => ({ user: "monitor", password: Redacted.make(password) })

describe("TK-5 logins", () => {
  it.live("sends a proof only when it is asked for one", () =>
    Effect.gen(function*() {
      const { deed, proofs } = doorkeeper([])
      const server = yield* serve(deed)
      yield* MoneroWallet.use((wallet) => Effect.andThen(wallet.height, wallet.height)).pipe(
        Effect.provide(MoneroWallet.layer({ url: server.url, ...login("secret"), concurrency: 1 }))
      )
      assert.deepStrictEqual(proofs, ["n1 1", "n1 2"])
      assert.strictEqual(server.requests(), 3)
    }))

  it.live("proves itself anew when the nonce grew stale", () =>
    Effect.gen(function*() {
      const { deed, proofs } = doorkeeper([false, true, true])
      const server = yield* serve(deed)
      assert.strictEqual(yield* height({ url: server.url, ...login("secret") }), 7)
      assert.deepStrictEqual(proofs, ["n1 1", "n2 1", "n3 1"])
    }))

  it.live("gives up when every nonce is stale", () =>
    Effect.gen(function*() {
      const { deed, proofs } = doorkeeper(Array.from({ length: 99 }, () => true))
      const server = yield* serve(deed)
      const error = yield* Effect.flip(height({ url: server.url, ...login("secret") }))
      assert.strictEqual(error._tag, "MoneroUnauthorized")
      assert.strictEqual(proofs.length, 3)
    }))

  it.live("refuses a wrong password at once, and keeps it to itself", () =>
    Effect.gen(function*() {
      const { deed } = doorkeeper([])
      const server = yield* serve(deed)
      const spans: Array<Tracer.Span> = []
      const tracer = Tracer.make({
        span: (options) => {
          const span = new Tracer.NativeSpan(options)
          spans.push(span)
          return span
        }
      })
      const exit = yield* Effect.exit(height({ url: server.url, ...login("wrong-secret") })).pipe(
        Effect.withTracer(tracer)
      )
      assert.strictEqual(server.requests(), 2)
      assert.deepStrictEqual(spans.map(({ name }) => name), ["monero.wallet.get_height"])
      const hash = createHash("md5").update("monitor:r:wrong-secret").digest("hex")
      const told = inspect([exit, spans.map(({ attributes, status }) => [attributes, status])], {
        depth: 9,
        showHidden: true
      })
      assert.include(told, "MoneroUnauthorized")
      for (const secret of ["wrong-secret", hash]) assert.notInclude(told, secret)
    }))

  it.live.each<readonly [string, object, string]>([
    ["no password to a login", {}, "Digest realm=\"r\",nonce=\"n\""],
    ["no answer to another kind of login", login("secret"), "Basic realm=\"r\""]
  ])("has %s", ([, options, challenge]) =>
    Effect.gen(function*() {
      const server = yield* serve(say(401, "", { "www-authenticate": challenge }))
      assert.strictEqual((yield* Effect.flip(height({ url: server.url, ...options })))._tag, "MoneroUnauthorized")
      assert.strictEqual(server.requests(), 1)
    }))
})
