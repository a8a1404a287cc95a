/** States what wallet and daemon do, as our client sees it; holds for the real programs and for the sandbox. */
import { assert, type Vitest } from "@effect/vitest"
import { type Id8, MoneroAddress } from "@purser/domain/tickets"
import { MoneroDaemon, MoneroWallet, observe, observeAll, type TransferEntry } from "@purser/integrations/monero"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { makeJsonRpc } from "../../../src/monero/rpc/JsonRpc.ts"
import { login } from "./loginContract.ts"
import { Network } from "./Network.ts"

/** 0.02 XMR. */
const amountMinor = 20_000_000_000n
const noId = "0000000000000000"

/** Clients of the network's wallet and daemon. */
export const clients: Layer.Layer<MoneroDaemon | MoneroWallet, never, Network> = Layer.unwrap(
  Effect.map(Network, ({ daemon, wallet }) => Layer.merge(MoneroWallet.layer(wallet), MoneroDaemon.layer(daemon)))
)

type Requirements = Network | MoneroDaemon | MoneroWallet
type Told = Vitest.MethodsNonLive<Requirements>

const addressWith = (id8: string) =>
  Effect.map(
    Network,
    ({ primaryAddress }) => Result.getOrThrow(MoneroAddress.integrated(primaryAddress, id8 as Id8))
  )

const payId = (id8: string, unlockTime?: bigint) =>
  Effect.gen(function*() {
    const network = yield* Network
    return yield* network.pay([{ address: yield* addressWith(id8), amountMinor }], unlockTime)
  })

const mined = (blocks: number) =>
  Effect.gen(function*() {
    const network = yield* Network
    const wallet = yield* MoneroWallet
    yield* network.mine(blocks)
    yield* wallet.refresh
  })

/** Mines until a block holds the transaction: a daemon may have begun the next one without it. Answers its height. */
const settled = Effect.fnUntraced(function*(transactionId: string) {
  const wallet = yield* MoneroWallet
  for (let tries = 0; tries < 10; tries++) {
    yield* mined(1)
    const [entry] = yield* wallet.byTransaction(transactionId)
    if (entry?.type === "in") return entry.height
  }
  return assert.fail("no block takes the transaction")
})

/** What the wallet lists of one transaction. */
const listed = Effect.fnUntraced(function*(transactionId: string) {
  const wallet = yield* MoneroWallet
  const { inBlocks, inPool } = yield* wallet.incoming(0)
  const own = (entries: ReadonlyArray<TransferEntry>) => entries.filter(({ txid }) => txid === transactionId)
  return { inBlocks: own(inBlocks), inPool: own(inPool) }
})

/** A result as it is on the wire. */
const raw = (method: string, parameters: Readonly<Record<string, unknown>>) =>
  Effect.flatMap(
    Network,
    ({ wallet }) =>
      Effect.scoped(Effect.flatMap(makeJsonRpc("wallet", wallet), ({ call }) =>
        call({ method, parameters, result: Schema.Record(Schema.String, Schema.Any) })))
  )

/** Of an entry in the pool; one in a block has `confirmations` too. */
const entryFields = [
  "address",
  "amount",
  "amounts",
  "double_spend_seen",
  "fee",
  "height",
  "locked",
  "note",
  "payment_id",
  "subaddr_index",
  "subaddr_indices",
  "suggested_confirmations_threshold",
  "timestamp",
  "txid",
  "type",
  "unlock_time"
]

const brief = (entry: TransferEntry) => ({
  type: entry.type,
  id: entry.payment_id,
  amount: entry.amount,
  minor: entry.subaddr_index.minor
})

const byMinor = (left: TransferEntry, right: TransferEntry) => left.subaddr_index.minor - right.subaddr_index.minor

const arriving = (it: Told): void => {
  it.effect("shows a payment in the pool, then in its block", () =>
    Effect.gen(function*() {
      const wallet = yield* MoneroWallet
      const daemon = yield* MoneroDaemon
      yield* mined(1)
      const start = yield* wallet.height
      const before = yield* wallet.balanceMinor
      assert.deepStrictEqual(yield* daemon.info, { height: start, targetHeight: start })

      const id = yield* payId("a000000000000001")
      const waiting = yield* listed(id)
      assert.deepStrictEqual(waiting.inBlocks, [])
      assert.deepInclude(waiting.inPool[0], { height: 0, type: "pool", amount: amountMinor, unlock_time: 0n })
      assert.deepStrictEqual(yield* wallet.byTransaction(id), waiting.inPool)
      assert.strictEqual(yield* wallet.balanceMinor, before)

      const height = yield* settled(id)
      const done = yield* listed(id)
      assert.deepStrictEqual(done.inPool, [])
      assert.deepInclude(done.inBlocks[0], { height, type: "in", payment_id: "a000000000000001" })
      assert.deepStrictEqual(yield* wallet.byTransaction(id), done.inBlocks)
      assert.isAtLeast(height, start)
      assert.strictEqual(yield* wallet.height, height + 1)
      assert.strictEqual(yield* wallet.balanceMinor, before + amountMinor)
    }))

  it.effect("lists a mined payment as waiting until it is refreshed", () =>
    Effect.gen(function*() {
      const network = yield* Network
      const wallet = yield* MoneroWallet
      const height = yield* wallet.height
      const id = yield* payId("a000000000000002")
      yield* listed(id)
      yield* network.mine(5)
      const { inBlocks, inPool } = yield* listed(id)
      assert.deepStrictEqual([inBlocks.length, inPool.length], [0, 1])
      assert.strictEqual(yield* wallet.height, height)
      yield* wallet.refresh
      assert.strictEqual((yield* listed(id)).inBlocks.length, 1)
    }))

  it.effect("reads above a height, not at it, and all of the pool", () =>
    Effect.gen(function*() {
      const wallet = yield* MoneroWallet
      const id = yield* payId("a000000000000003")
      const height = yield* settled(id)
      yield* mined(1)
      assert.deepStrictEqual((yield* wallet.incoming(height)).inBlocks, [])
      assert.deepStrictEqual((yield* wallet.incoming(height - 1)).inBlocks.map(({ txid }) => txid), [id])
      const waiting = yield* payId("a000000000000003")
      assert.deepStrictEqual((yield* wallet.incoming(1_000_000)).inPool.map(({ txid }) => txid), [waiting])
      assert.deepStrictEqual((yield* wallet.incoming(0, height - 1)).inBlocks.filter(({ txid }) => txid === id), [])
      const upTo = yield* wallet.incoming(height - 1, height)
      assert.deepStrictEqual([upTo.inBlocks.map(({ txid }) => txid), upTo.inPool], [[id], []])
      yield* settled(waiting)
    }))

  it.effect("writes entries field by field", () =>
    Effect.gen(function*() {
      const id = yield* payId("a000000000000004")
      const fields = Effect.gen(function*() {
        const { transfer } = yield* raw("get_transfer_by_txid", { txid: id })
        return Object.keys(transfer ?? {}).toSorted()
      })
      assert.deepStrictEqual(yield* fields, entryFields)
      yield* settled(id)
      assert.deepStrictEqual(yield* fields, [...entryFields, "confirmations"].toSorted())
    }))

  it.effect("answers its addresses", () =>
    Effect.gen(function*() {
      const network = yield* Network
      assert.strictEqual(yield* MoneroWallet.use(({ primaryAddress }) => primaryAddress), network.primaryAddress)
    }))
}

const shapes = (it: Told): void => {
  it.effect("adds outputs to the primary address", () =>
    Effect.gen(function*() {
      const network = yield* Network
      const address = yield* addressWith("b000000000000001")
      const id = yield* network.pay([
        { address, amountMinor },
        { address: network.primaryAddress, amountMinor: amountMinor + 1n }
      ])
      const shown = { id: "b000000000000001", amount: 2n * amountMinor + 1n, minor: 0 }
      assert.deepStrictEqual((yield* listed(id)).inPool.map(brief), [{ type: "pool", ...shown }])
      yield* settled(id)
      assert.deepStrictEqual((yield* listed(id)).inBlocks.map(brief), [{ type: "in", ...shown }])
    }))

  it.effect("keeps subaddresses apart", () =>
    Effect.gen(function*() {
      const network = yield* Network
      const [first = "", second = ""] = network.subaddresses
      const id = yield* network.pay([
        { address: first, amountMinor },
        { address: second, amountMinor: amountMinor + 2n }
      ])
      yield* settled(id)
      const shown = yield* MoneroWallet.use((wallet) => wallet.byTransaction(id))
      assert.deepStrictEqual(shown.toSorted(byMinor).map(brief), [
        { type: "in", id: noId, amount: amountMinor, minor: 1 },
        { type: "in", id: noId, amount: amountMinor + 2n, minor: 2 }
      ])
      assert.strictEqual(new Set(shown.map((entry) => observe(new Set())(entry).key)).size, 2)
    }))

  it.effect("shows two payments to one id", () =>
    Effect.gen(function*() {
      const ids = [yield* payId("b000000000000003"), yield* payId("b000000000000003")]
      for (const id of ids) yield* settled(id)
      const { inBlocks } = yield* MoneroWallet.use((wallet) => wallet.incoming(0))
      const shown = inBlocks.filter(({ payment_id: id }) => id === "b000000000000003").map(({ txid }) => txid)
      assert.sameMembers(shown, ids)
    }))

  it.effect("shows a time lock", () =>
    Effect.gen(function*() {
      const id = yield* payId("b000000000000004", 1_000_000n)
      yield* settled(id)
      assert.strictEqual((yield* listed(id)).inBlocks[0]?.unlock_time, 1_000_000n)
    }))

  it.effect("shows an id of zeros as none", () =>
    Effect.gen(function*() {
      const network = yield* Network
      const ids = [yield* payId(noId), yield* network.pay([{ address: network.primaryAddress, amountMinor }])]
      for (const id of ids) {
        yield* settled(id)
        const [entry] = (yield* listed(id)).inBlocks
        assert.deepInclude(entry, { payment_id: noId })
        assert.strictEqual(observe(new Set())(entry!).target, null)
      }
    }))

  it.effect("shows the reward of a block apart from payments", () =>
    Effect.gen(function*() {
      const network = yield* Network
      const wallet = yield* MoneroWallet
      const height = yield* wallet.height
      yield* network.mineReward
      yield* wallet.refresh
      const { inBlocks: [reward] } = yield* wallet.incoming(height - 1)
      assert.deepInclude(reward, { type: "block", height, payment_id: noId, unlock_time: BigInt(height + 60) })
      assert.deepInclude(observe(new Set())(reward!), { target: null, unlockTime: 0n })
    }))
}

/** A payment that the wallet never looked at before it was in a block. */
const payUnseen = Effect.fnUntraced(function*(id8: string) {
  const id = yield* payId(id8)
  yield* mined(5)
  return id
})

/** Replaces the payment's block; it waits for another one. */
const backToPool = Effect.fnUntraced(function*(transactionId: string) {
  const network = yield* Network
  const wallet = yield* MoneroWallet
  const [entry] = yield* wallet.byTransaction(transactionId)
  if (entry?.type !== "in") return assert.fail("no block holds the transaction")
  yield* network.reorganise((yield* wallet.height) - entry.height, "pool")
})

const reorganising = (it: Told): void => {
  it.effect("forgets a payment whose block was replaced", () =>
    Effect.gen(function*() {
      const network = yield* Network
      const wallet = yield* MoneroWallet
      const id = yield* payId("c000000000000001")
      const paid = yield* settled(id)
      yield* mined(2)
      const height = yield* wallet.height
      yield* network.reorganise(height - paid, "lost")
      assert.strictEqual((yield* wallet.byTransaction(id)).length, 1)
      yield* wallet.refresh
      assert.strictEqual(yield* wallet.height, height + 1)
      assert.deepStrictEqual(yield* wallet.byTransaction(id), [])
      assert.deepStrictEqual(yield* listed(id), { inBlocks: [], inPool: [] })
    }))

  it.effect("forgets the amount of a payment that it sees go back to the pool", () =>
    Effect.gen(function*() {
      const wallet = yield* MoneroWallet
      const id = yield* payUnseen("c000000000000002")
      yield* backToPool(id)
      const stale = yield* listed(id)
      assert.deepStrictEqual([stale.inBlocks[0]?.amount, stale.inPool[0]?.amount], [amountMinor, 0n])
      assert.strictEqual(observeAll(stale, new Set()).length, 1)
      yield* wallet.refresh
      assert.deepStrictEqual((yield* wallet.byTransaction(id)).map(brief), [
        { type: "pool", id: "c000000000000002", amount: 0n, minor: 0 }
      ])
      yield* settled(id)
      assert.strictEqual((yield* listed(id)).inBlocks[0]?.amount, amountMinor)
    }))

  it.effect("knows the amount of a payment that went back while it did not look", () =>
    Effect.gen(function*() {
      const id = yield* payUnseen("c000000000000003")
      yield* backToPool(id)
      yield* MoneroWallet.use((wallet) => wallet.refresh)
      assert.strictEqual((yield* listed(id)).inPool[0]?.amount, amountMinor)
      yield* settled(id)
    }))

  it.effect("overlooks a payment that goes back to a pool that it was seen in", () =>
    Effect.gen(function*() {
      const wallet = yield* MoneroWallet
      const id = yield* payId("c000000000000004")
      assert.strictEqual((yield* listed(id)).inPool.length, 1)
      yield* settled(id)
      yield* backToPool(id)
      yield* wallet.refresh
      assert.deepStrictEqual(yield* wallet.byTransaction(id), [])
      assert.deepStrictEqual(yield* listed(id), { inBlocks: [], inPool: [] })
      yield* settled(id)
      assert.strictEqual((yield* listed(id)).inBlocks[0]?.amount, amountMinor)
    }))
}

const failing = (it: Told): void => {
  it.effect("says that the daemon is away, and never that a payment is", () =>
    Effect.gen(function*() {
      const network = yield* Network
      const wallet = yield* MoneroWallet
      const daemon = yield* MoneroDaemon
      const id = yield* payId("d000000000000001")
      yield* settled(id)
      const height = yield* wallet.height
      yield* network.stopDaemon
      assert.deepInclude(yield* Effect.flip(wallet.refresh), { _tag: "MoneroRefused", code: -38 })
      assert.deepInclude(yield* Effect.flip(wallet.incoming(0)), { _tag: "MoneroRefused", code: 0 })
      for (const asked of [id, "00".repeat(32)]) {
        assert.deepInclude(yield* Effect.flip(wallet.byTransaction(asked)), { _tag: "MoneroRefused", code: 0 })
      }
      assert.strictEqual(yield* wallet.height, height)
      assert.isAbove(Number(yield* wallet.balanceMinor), 0)
      assert.strictEqual((yield* Effect.flip(daemon.info))._tag, "MoneroUnavailable")
      yield* network.startDaemon
      yield* wallet.refresh
      assert.strictEqual((yield* daemon.info).height, height)
      assert.strictEqual((yield* wallet.byTransaction(id)).length, 1)
    }))

  it.effect("knows no transaction that was never sent", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* MoneroWallet.use((wallet) => wallet.byTransaction("00".repeat(32))), [])
    }))
}

/** The whole contract, on one network, one part after the other. */
export const holdContract = (it: Told): void => {
  arriving(it)
  shapes(it)
  reorganising(it)
  failing(it)
  login(it)
}
