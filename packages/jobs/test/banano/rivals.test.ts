/** Lets blocks of others, and the loss of a whole node, come between a payout and its confirmation, with the real client. */
import { assert, describe, it } from "@effect/vitest"
import { LedgerStore, PostTransfer } from "@purser/domain/ledger"
import { BlockReference, BlockStore, PayoutSigner } from "@purser/domain/payouts"
import {
  BananoNode,
  rawOfMinor,
  receiveBlock,
  sendBlock,
  signBlock,
  unopened,
  type Work
} from "@purser/integrations/banano"
import { BananoSandbox } from "@purser/integrations/banano/sandbox"
import { PayBananoPayouts } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import {
  addressOf,
  assertBooks,
  audit,
  Chain,
  drive,
  fund,
  makeOwing,
  onSandbox,
  openOffice,
  operator,
  paidMinor,
  payoutNamed,
  places,
  signing
} from "./world.ts"

const worldOf = (owing: ReturnType<typeof makeOwing>, place: keyof typeof places) =>
  signing(owing).pipe(Layer.provideMerge(Layer.merge(onSandbox, places[place]())))

const debt = (name: string, amountMinor = 100n) => ({ name, player: name, amountMinor })

/** Somebody else with the same key sends from where the account stands on the chain. */
const intrude = Effect.fnUntraced(function*(amountMinor: bigint) {
  const node = yield* BananoNode
  const info = (yield* node.accountInfo(operator.address))!
  const to = addressOf("somebody else")
  const block = signBlock(sendBlock(info, to, rawOfMinor(amountMinor))!, operator, "0000000000000000" as Work)!
  assert.deepStrictEqual(yield* node.publish(block), { _tag: "Taken" })
  return block.hash
})

/** The operator opens the account with another wallet. */
const receiveByHand = Effect.gen(function*() {
  const node = yield* BananoNode
  const [waiting] = yield* node.receivable(operator.address)
  const opened = receiveBlock(unopened(operator.address, operator.address), waiting!)
  yield* node.publish(signBlock(opened, operator, "0000000000000000" as Work)!)
})

const bookByHand = (hash: string, amountMinor: bigint) =>
  LedgerStore.use((ledger) =>
    ledger.post([[PostTransfer.from({
      id: "00000000-0000-4000-8000-000000000001",
      debit: "rewards:funding",
      credit: "banano:wallet",
      asset: "BAN",
      amountMinor,
      reason: "operator.withdrew",
      reference: hash
    })]])
  )

describe.each(["sqlite", "postgres"] as const)("RW-8 RW-10 a rival on the chain, the books on %s", (place) => {
  it.live("frees the debt once it is confirmed, and not before; the debt is then paid once", () => {
    const owing = makeOwing()
    return Effect.gen(function*() {
      const { fail } = yield* BananoSandbox
      const { confirm } = yield* Chain
      const term = yield* openOffice
      const look = Effect.andThen(Effect.sleep(5), PayBananoPayouts.tick(term))
      yield* fund(1_000n)
      yield* drive(term, [])
      const { id } = yield* owing.owe(debt("ann"))
      yield* fail({ kind: "drop", isDone: false, action: "process", answers: 1 })
      assert.strictEqual((yield* look).step._tag, "Signed")
      const hash = yield* intrude(30n)
      for (let round = 0; round < 3; round += 1) assert.strictEqual((yield* look).step._tag, "ForeignBlock")
      assert.strictEqual((yield* payoutNamed("ann")).status, "unknown")
      assert.strictEqual(yield* owing.takeUp(id), "BlockMayLand")
      yield* confirm
      assert.deepInclude(yield* look, { failed: 1 })
      assert.deepInclude(yield* payoutNamed("ann"), { status: "failed", failureReason: "rival_confirmed" })
      yield* owing.takeUp(id)
      // Nothing is signed above what somebody else did, until the books say what it was.
      assert.deepStrictEqual((yield* look).step, { _tag: "ForeignBlock", hash: BlockReference.make(hash) })
      assert.deepStrictEqual(
        (yield* PayoutSigner.use(({ reconcile }) => reconcile)).map(({ what }) => what),
        ["account:banano:wallet", `block:${hash}`]
      )
      yield* bookByHand(hash, 30n)
      yield* drive(term, ["ann"])
      assert.strictEqual(yield* paidMinor("ann"), 100n)
      assert.deepStrictEqual(yield* PayoutSigner.use(({ reconcile }) => reconcile), [])
      yield* assertBooks
    }).pipe(Effect.provide(worldOf(owing, place)))
  })
})

describe("RW-8 a node that loses everything", () => {
  it.live("is given the same blocks again, and no other", () => {
    const owing = makeOwing()
    return Effect.gen(function*() {
      const { status, wipe } = yield* BananoSandbox
      const term = yield* openOffice
      const look = Effect.andThen(Effect.sleep(5), PayBananoPayouts.tick(term))
      yield* fund(1_000n)
      yield* owing.owe(debt("ann"))
      yield* owing.owe(debt("bob"))
      for (const step of ["Received", "Signed", "Signed"]) assert.strictEqual((yield* look).step._tag, step)
      const newest = yield* BlockStore.use((blocks) => blocks.newest(operator.address))
      yield* wipe
      yield* owing.owe(debt("eve"))
      for (let round = 0; round < 5; round += 1) {
        const { step } = yield* look
        assert.strictEqual(step._tag, "UnderWay")
      }
      assert.strictEqual((yield* payoutNamed("eve")).status, "queued")
      assert.strictEqual((yield* status).blocks, 0)
      assert.deepStrictEqual(yield* BlockStore.use((blocks) => blocks.newest(operator.address)), newest)
      // The money that was sent to the account arrives there again.
      yield* fund(1_000n)
      yield* drive(term, ["ann", "bob", "eve"])
      for (const player of ["ann", "bob", "eve"]) assert.strictEqual(yield* paidMinor(player), 100n)
      yield* audit(["ann", "bob", "eve"])
    }).pipe(Effect.provide(worldOf(owing, "sqlite")))
  })
})

describe("RW-11 a dry run on a node", () => {
  it.live("asks it where the account stands, and gives it nothing", () => {
    const owing = makeOwing({ dryRun: true })
    return Effect.gen(function*() {
      const { fail, status } = yield* BananoSandbox
      const term = yield* openOffice
      yield* fund(1_000n)
      yield* owing.owe(debt("ann"))
      // Nobody pays out of an account that is not open, in a dry run neither.
      assert.strictEqual((yield* PayBananoPayouts.tick(term)).step._tag, "Refused")
      yield* receiveByHand
      // A fault that waits for a publication shows that there is none.
      yield* fail({ kind: "refusal", isDone: false, action: "process", answers: 1 })
      assert.strictEqual((yield* PayBananoPayouts.tick(term)).step._tag, "Simulated")
      assert.strictEqual((yield* payoutNamed("ann")).status, "simulated")
      assert.deepInclude(yield* status, { blocks: 1, faults: 1 })
      assert.isUndefined(yield* BlockStore.use((blocks) => blocks.newest(operator.address)))
    }).pipe(Effect.provide(worldOf(owing, "sqlite")))
  })
})
