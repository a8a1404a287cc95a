/** Finds work with a node and without its help. */
import { assert, describe, it } from "@effect/vitest"
import { BananoNode, BananoWork, type BlockHash, isWorkEnough } from "@purser/integrations/banano"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Deed, say, serve } from "../../monero/rpc/UnrulyServer.ts"

const root = "718CC2121C3E641059BC1C2CFC45666C99E8AE922F7A807B7D07B62C995D79E2" as BlockHash
/** Worth fffffff93c41ec94. */
const known = "2b3d689bbcb21dca"
/** One nonce in 4,096. */
const easy = 0xfff0_0000_0000_0000n

const findWith = (deed: Deed) =>
  Effect.gen(function*() {
    const server = yield* serve(deed)
    const node = BananoNode.layer({ url: server.url, timeoutMillis: 20_000 })
    const work = yield* BananoWork.use(({ find }) => find(root, easy)).pipe(
      Effect.provide(BananoWork.layerNodeFirst.pipe(Layer.provide(node)), { local: true })
    )
    return { work, requests: server.requests() }
  })

describe("RW-12 work for a block", () => {
  it.live("is the node's where it has some", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* findWith(say(200, `{"work":"${known}"}`)), { work: known as never, requests: 1 })
    }))

  it.live.each<readonly [what: string, deed: Deed]>([
    ["makes none", say(200, "{\"error\":\"RPC control is disabled\"}")],
    ["gives too little", say(200, "{\"work\":\"0000000000000001\"}")],
    ["is in trouble", say(500, "")]
  ])("is found here where the node %s", ([, deed]) =>
    Effect.gen(function*() {
      const { requests, work } = yield* findWith(deed)
      assert.strictEqual(requests, 1)
      assert.isTrue(isWorkEnough(root, work, easy))
    }))

  it.live("is found without a node", () =>
    Effect.gen(function*() {
      const work = yield* BananoWork.use(({ find }) => find(root, easy)).pipe(
        Effect.provide(BananoWork.layerLocal, { local: true })
      )
      assert.isTrue(isWorkEnough(root, work, easy))
    }))
})
