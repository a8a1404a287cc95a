/** States how a wallet lets its callers in; holds for the real program and for the sandbox. */
import { assert, type Vitest } from "@effect/vitest"
import { MoneroWallet } from "@purser/integrations/monero"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Agent } from "node:http"
import { exchange } from "../../../src/http/exchange.ts"
import { authorization, readChallenge } from "../../../src/monero/rpc/digest.ts"
import { Network } from "./Network.ts"

interface Proof {
  readonly nonce: string
  readonly count: number
  readonly user?: string
  readonly password?: string
}

/** Asks for the height on one connection, with a proof made by hand. */
const knock = Effect.fnUntraced(function*(agent: Agent, proof?: Proof) {
  const { wallet } = yield* Network
  const headers: Readonly<Record<string, string>> = proof === undefined ? {} : {
    authorization: authorization({
      user: wallet.user ?? "",
      password: Redacted.value(wallet.password!),
      method: "POST",
      path: new URL(`${wallet.url}/json_rpc`).pathname,
      ...proof
    }, { realm: "monero-rpc", nonce: proof.nonce, isStale: false })
  }
  const question = {
    url: new URL(`${wallet.url}/json_rpc`),
    body: "{\"id\":\"0\",\"method\":\"get_height\"}",
    headers
  }
  const reply = yield* exchange({ agent, timeoutMillis: 30_000, mostBytes: 10_000 }, question)
  const challenge = readChallenge(reply.headers["www-authenticate"])
  return { status: reply.status, isStale: challenge?.isStale, nonce: challenge?.nonce ?? "" }
})

/** A connection that ends with the scope. */
const connection = Effect.acquireRelease(
  Effect.sync(() => new Agent({ keepAlive: true, maxSockets: 1 })),
  (agent) => Effect.sync(() => agent.destroy())
)

/** The wallet's height, by a client of its own. */
const heightWith = (change: Partial<Network["Service"]["wallet"]>) =>
  Effect.gen(function*() {
    const { wallet } = yield* Network
    return yield* MoneroWallet.use(({ height }) => height).pipe(
      Effect.provide(MoneroWallet.layer({ ...wallet, ...change }), { local: true })
    )
  })

/** Who is let in, and how often one proof serves. */
export const login = (it: Vitest.MethodsNonLive<Network | MoneroWallet>): void => {
  it.effect("lets in who proves the password, on many connections", () =>
    Effect.gen(function*() {
      const wallet = yield* MoneroWallet
      const height = yield* wallet.height
      const many = yield* Effect.all(Array.from({ length: 40 }, () => wallet.height), { concurrency: "unbounded" })
      assert.deepStrictEqual(new Set(many), new Set([height]))
      assert.strictEqual(yield* heightWith({ concurrency: 20 }), height)
    }))

  it.effect("takes a nonce on its connection only, with its uses counted", () =>
    Effect.gen(function*() {
      const agent = yield* connection
      const first = yield* knock(agent)
      assert.deepInclude(first, { status: 401, isStale: false })
      for (const count of [1, 2, 3]) {
        assert.deepInclude(yield* knock(agent, { nonce: first.nonce, count }), { status: 200 })
      }
      const again = yield* knock(agent, { nonce: first.nonce, count: 3 })
      assert.deepInclude(again, { status: 401, isStale: true })
      assert.deepInclude(yield* knock(agent, { nonce: again.nonce, count: 1 }), { status: 200 })
      const ahead = yield* knock(agent, { nonce: again.nonce, count: 3 })
      assert.deepInclude(ahead, { status: 401, isStale: true })
      const other = yield* connection
      for (const { nonce } of [ahead, yield* knock(agent)]) {
        assert.deepInclude(yield* knock(other, { nonce, count: 1 }), { status: 401, isStale: true })
      }
    }))

  it.effect.each<{ readonly what: string; readonly wrong: Partial<Proof> }>([
    { what: "user", wrong: { user: "somebody" } },
    { what: "password", wrong: { password: "somewhat" } }
  ])("takes no proof of another $what", ({ wrong }) =>
    Effect.gen(function*() {
      const agent = yield* connection
      const { nonce } = yield* knock(agent)
      assert.deepInclude(yield* knock(agent, { nonce, count: 1, ...wrong }), { status: 401, isStale: false })
    }))

  it.effect("refuses a wrong password, and no password", () =>
    Effect.gen(function*() {
      const { wallet: { url } } = yield* Network
      const wrong = yield* Effect.flip(heightWith({ password: Redacted.make("wrong secret") }))
      assert.deepInclude(wrong, { _tag: "MoneroUnauthorized", party: "wallet" })
      assert.notInclude(JSON.stringify(wrong) + wrong.message, "secret")
      const open = MoneroWallet.use(({ height }) => height).pipe(
        Effect.provide(MoneroWallet.layer({ url }), { local: true })
      )
      assert.strictEqual((yield* Effect.flip(open))._tag, "MoneroUnauthorized")
    }))
}
