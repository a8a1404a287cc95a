/** Asks the rail of Banano, over the real client and a sandbox of a node. */
import { assert, describe, it } from "@effect/vitest"
import { BlockReference, OperatorBlock, PayoutId, PayoutRail, type SignedBlock } from "@purser/domain/payouts"
import { BananoNode, noBlock, sendBlock, signBlock, type Work } from "@purser/integrations/banano"
import { BananoSandbox } from "@purser/integrations/banano/sandbox"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { addressOf, fund, onSandbox, operator } from "./world.ts"

const payee = addressOf("ann")
const rawPerMinor = 10n ** 21n

const kept = (signed: SignedBlock): OperatorBlock =>
  new OperatorBlock({
    ...signed,
    payoutId: signed.kind === "send" ? PayoutId.make("payout") : null,
    state: "stored",
    storedAtMillis: 0
  })

/** Receives all that waits, confirmed. */
const receiveAll = Effect.gen(function*() {
  const rail = yield* PayoutRail
  const { confirm } = yield* BananoSandbox
  for (const incoming of yield* rail.receivable(10)) {
    const block = kept(yield* rail.signReceive(yield* rail.frontier, incoming))
    assert.strictEqual(yield* rail.publish(block), "Taken")
  }
  yield* confirm()
})

const sendOf = (amountMinor: bigint) =>
  PayoutRail.use((rail) =>
    Effect.flatMap(rail.frontier, (frontier) => Effect.map(rail.signSend(frontier, { payee, amountMinor }), kept))
  )

/** Somebody else with the same key sends from where the account stands. */
const intrude = Effect.fnUntraced(function*(amountRaw: bigint) {
  const node = yield* BananoNode
  const info = (yield* node.accountInfo(operator.address))!
  const block = signBlock(sendBlock(info, operator.address, amountRaw)!, operator, "0000000000000000" as Work)!
  yield* node.publish(block)
  return block
})

const story = <E>(effect: Effect.Effect<void, E, Layer.Success<typeof onSandbox>>) =>
  Effect.provide(effect, Layer.fresh(onSandbox))

describe("RW-8 RW-12 the rail of Banano", () => {
  it.live("opens the account with what it receives, and counts whole units before and after", () =>
    story(Effect.gen(function*() {
      const rail = yield* PayoutRail
      const { fund } = yield* BananoSandbox
      assert.deepStrictEqual(yield* rail.frontier, {
        newest: BlockReference.make(noBlock),
        height: 0,
        balanceRaw: 0n,
        balanceMinor: 0n,
        representative: operator.address
      })
      for (const part of [6n, 5n]) yield* fund({ address: operator.address, amountRaw: part * rawPerMinor / 10n })
      const [larger, smaller] = yield* rail.receivable(10)
      assert.strictEqual(larger!.amountRaw, 6n * rawPerMinor / 10n)
      const first = yield* rail.signReceive(yield* rail.frontier, larger!)
      assert.deepInclude(first, { kind: "receive", height: 1, amountMinor: 0n, source: larger!.source })
      assert.strictEqual(String(first.previous), noBlock)
      assert.strictEqual(yield* rail.publish(kept(first)), "Taken")
      const second = yield* rail.signReceive(yield* rail.frontier, smaller!)
      assert.deepInclude(second, { kind: "receive", height: 2, amountMinor: 1n, previous: first.hash })
      assert.strictEqual(yield* rail.publish(kept(second)), "Taken")
      assert.deepInclude(yield* rail.frontier, { newest: second.hash, height: 2, balanceMinor: 1n })
    })))

  it.live("sends an amount to the last digit, and says what became of it", () =>
    story(Effect.gen(function*() {
      const rail = yield* PayoutRail
      const { confirm } = yield* BananoSandbox
      yield* fund(1_000n)
      yield* receiveAll
      const block = yield* sendOf(210n)
      assert.deepInclude(block, { kind: "send", height: 2, amountMinor: 210n, source: null })
      assert.strictEqual(block.balanceRaw, String(790n * rawPerMinor))
      assert.strictEqual(yield* rail.look(block), "Missing")
      assert.strictEqual(yield* rail.publish(block), "Taken")
      assert.strictEqual(yield* rail.look(block), "Seen")
      assert.strictEqual(yield* rail.publish(block), "Known")
      yield* confirm()
      assert.strictEqual(yield* rail.look(block), "Confirmed")
      assert.deepStrictEqual(
        yield* BananoNode.use((node) => node.accountBalance(payee)),
        { balanceRaw: 0n, receivableRaw: 210n * rawPerMinor }
      )
    })))

  it.live("refuses a payee with a typo, and more than there is", () =>
    story(Effect.gen(function*() {
      const rail = yield* PayoutRail
      yield* fund(1_000n)
      yield* receiveAll
      const frontier = yield* rail.frontier
      const typo = `${payee.slice(0, -1)}${payee.endsWith("1") ? "3" : "1"}`
      const malformed = yield* Effect.flip(rail.signSend(frontier, { payee: typo, amountMinor: 1n }))
      assert.deepInclude(malformed, { _tag: "RailRefused", why: "PayeeMalformed" })
      const tooLarge = yield* Effect.flip(rail.signSend(frontier, { payee, amountMinor: 1_001n }))
      assert.deepInclude(tooLarge, { _tag: "RailRefused", why: "AmountTooLarge" })
    })))

  it.live("takes a rival for one only when that very block is confirmed", () =>
    story(Effect.gen(function*() {
      const rail = yield* PayoutRail
      const { confirm } = yield* BananoSandbox
      yield* fund(1_000n)
      yield* receiveAll
      const block = yield* sendOf(210n)
      yield* intrude(1n)
      assert.strictEqual(yield* rail.publish(block), "Displaced")
      assert.strictEqual(yield* rail.look(block), "Missing")
      yield* confirm()
      assert.strictEqual(yield* rail.look(block), "RivalConfirmed")
      // Others above the rival change nothing.
      yield* intrude(1n)
      assert.strictEqual(yield* rail.look(block), "RivalConfirmed")
    })))

  it.live("finds a rival of the very first block", () =>
    story(Effect.gen(function*() {
      const rail = yield* PayoutRail
      const { confirm } = yield* BananoSandbox
      yield* fund(1_000n)
      yield* fund(1n)
      const [larger, smaller] = yield* rail.receivable(10)
      const ours = kept(yield* rail.signReceive(yield* rail.frontier, larger!))
      const rival = kept(yield* rail.signReceive(yield* rail.frontier, smaller!))
      yield* rail.publish(rival)
      assert.strictEqual(yield* rail.publish(ours), "Displaced")
      assert.strictEqual(yield* rail.look(ours), "Missing")
      yield* confirm()
      assert.strictEqual(yield* rail.look(ours), "RivalConfirmed")
    })))

  it.live("concludes nothing from a node that was wiped", () =>
    story(Effect.gen(function*() {
      const rail = yield* PayoutRail
      const { wipe } = yield* BananoSandbox
      yield* fund(1_000n)
      yield* receiveAll
      const block = yield* sendOf(210n)
      yield* rail.publish(block)
      yield* wipe
      assert.strictEqual(yield* rail.look(block), "Missing")
      assert.strictEqual(yield* rail.publish(block), "Early")
    })))

  it.live("publishes no bytes that it did not sign, and believes nobody who says that its signature is bad", () =>
    story(Effect.gen(function*() {
      const rail = yield* PayoutRail
      const { fail, status } = yield* BananoSandbox
      yield* fund(1_000n)
      yield* receiveAll
      const block = yield* sendOf(210n)
      const forged = block.body.replace(`"balanceRaw":"${block.balanceRaw}"`, `"balanceRaw":"0"`)
      assert.notStrictEqual(forged, block.body)
      // Each of them is told in the log.
      for (const body of [forged, "{}", (yield* sendOf(211n)).body]) {
        assert.strictEqual(yield* rail.publish(new OperatorBlock({ ...block, body })), "Unclear")
      }
      assert.strictEqual((yield* status).blocks, 1)
      yield* fail({ kind: "refusal", isDone: false, action: "process", answers: 1, text: "Bad signature" })
      assert.strictEqual(yield* rail.publish(block), "Unclear")
      yield* fail({ kind: "refusal", isDone: false, action: "process", answers: 1, text: "Negative spend" })
      assert.strictEqual(yield* rail.publish(block), "Invalid")
      assert.strictEqual(yield* rail.publish(block), "Taken")
    })))

  it.live("does not answer for a node that does not", () =>
    story(Effect.gen(function*() {
      const rail = yield* PayoutRail
      const { fail } = yield* BananoSandbox
      yield* fail({ kind: "error500", isDone: false, answers: 100 })
      assert.strictEqual((yield* Effect.flip(rail.frontier))._tag, "RailUnavailable")
      assert.strictEqual((yield* Effect.flip(rail.receivable(1)))._tag, "RailUnavailable")
    })))
})
