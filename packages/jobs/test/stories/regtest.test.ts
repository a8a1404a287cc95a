/** Tells the ticket stories on a real monerod and real wallets, and what only those do. */
import { assert, describe, it, layer, type Vitest } from "@effect/vitest"
import { MoneroRail } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { inject } from "vitest"
import { missing, monero } from "../../../../scripts/testing/requirement.ts"
import { Chain } from "../chain/Chain.ts"
import { chainRegtest, Regtest } from "../chain/chainRegtest.ts"
import { places } from "./stores.ts"
import { type StoryRequirements, tellStories } from "./ticketStories.ts"
import {
  confirmations,
  lookOnce,
  openOffice,
  payTicket,
  priceMinor,
  redeem,
  redeemed,
  scryptNode,
  ticket,
  useCases
} from "./world.ts"

const world = () =>
  useCases.pipe(
    Layer.provideMerge(Layer.mergeAll(chainRegtest(inject("regtestPort")), places.postgres(), scryptNode))
  )

/** Where a wallet is not told of a shorter chain, and where it forgets how much a payment was. */
const tellOddities = (it: Vitest.MethodsNonLive<StoryRequirements | Regtest>): void => {
  it.effect("TK-5 credits nothing while the wallet is ahead of its daemon", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const term = yield* openOffice
      const held = yield* ticket("wallet ahead")
      yield* payTicket(held)
      yield* chain.mine(confirmations)
      yield* MoneroRail.use((rail) => rail.refresh)
      yield* Regtest.use(({ pop }) => pop(3))
      assert.deepInclude(yield* lookOnce(term), { creditingPaused: true, transfers: 1 })
      assert.deepInclude(yield* redeem(held), { _tag: "Waiting", state: "confirming" })
      yield* chain.mine(4)
      assert.strictEqual((yield* lookOnce(term)).changes.credited, 1)
      assert.strictEqual((yield* redeemed(held)).status, "success")
    }))

  it.effect("TK-7 remembers the amount that the wallet forgets", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const regtest = yield* Regtest
      const term = yield* openOffice
      const held = yield* ticket("amount forgotten")
      const transactionId = yield* payTicket(held)
      yield* chain.mine(3)
      yield* lookOnce(term)
      yield* regtest.pop(3)
      assert.deepInclude(yield* lookOnce(term), { creditingPaused: true, transfers: 0 })
      yield* regtest.mineEmpty(1)
      yield* lookOnce(term)
      const [shown] = yield* MoneroRail.use((rail) => rail.byTransaction(transactionId))
      assert.deepInclude(shown, { height: null, amountMinor: 0n })
      assert.deepInclude(yield* redeem(held), { _tag: "Waiting", state: "pool" })
      yield* chain.mine(confirmations)
      yield* lookOnce(term)
      assert.strictEqual((yield* redeemed(held)).balanceMinor, priceMinor)
    }))
}

const absent = missing(monero)

describe("TK-5 TK-6 TK-7 TK-9 TK-15 tickets on a real monerod", () => {
  if (absent === undefined) {
    layer(world(), { excludeTestServices: true, timeout: 300_000 })((it) => {
      tellStories(it, { payerIsRich: false })
      tellOddities(it)
    })
  } else it("is told", (context) => context.skip(absent))
})
