/** Tells what happens to tickets, from the payment to the token and back, on any chain and any stores. */
import { assert, type Vitest } from "@effect/vitest"
import { ServiceToken, Tickets } from "@purser/domain/tickets"
import { MonitorMonero, type Term } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { Chain } from "../chain/Chain.ts"
import {
  assertSound,
  balanceOf,
  confirmations,
  lookOnce,
  openOffice,
  payTicket,
  priceMinor,
  redeem,
  redeemed,
  statusOf,
  ticket
} from "./world.ts"

/** What stories are told with. */
export type StoryRequirements =
  | Effect.Services<ReturnType<typeof lookOnce>>
  | Effect.Services<ReturnType<typeof redeem>>
  | Effect.Services<typeof openOffice>
  | Effect.Services<ReturnType<typeof ticket>>

/** What a chain can be made to do beyond the ordinary. */
export interface Abilities {
  /** The payer has more than 9007 XMR, from where on a floating-point number is not exact. */
  readonly payerIsRich: boolean
}

/** Blocks that bring the stories before out of reach of this one's reorganisations, which go 2 below its payment. */
const apart = Chain.use((chain) => chain.mine(3))

/** A payment that was redeemed ten blocks deep. */
const bought = Effect.fnUntraced(function*(name: string) {
  const chain = yield* Chain
  const term = yield* openOffice
  yield* apart
  const held = yield* ticket(name)
  const transactionId = yield* payTicket(held)
  yield* chain.mine(confirmations)
  yield* lookOnce(term)
  const { token } = yield* redeemed(held)
  yield* assertSound
  return { chain, term, held, transactionId, token }
})

const arriving = (it: Vitest.MethodsNonLive<StoryRequirements>): void => {
  it.effect("TK-1 TK-5 TK-9 sells a ticket", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const term = yield* openOffice
      const held = yield* ticket("sold")
      assert.strictEqual((yield* Effect.flip(redeem(held)))._tag, "TicketNotFound")
      yield* payTicket(held)
      yield* lookOnce(term)
      assert.deepInclude(yield* redeem(held), { _tag: "Waiting", state: "pool", confirmations: 0, required: 10 })
      yield* chain.mine(1)
      yield* lookOnce(term)
      assert.deepInclude(yield* redeem(held), { state: "confirming", confirmations: 1, required: 10 })
      yield* chain.mine(8)
      yield* lookOnce(term)
      assert.deepInclude(yield* redeem(held), { state: "confirming", confirmations: 9 })
      const unclaimedMinor = yield* balanceOf("tickets:unclaimed")
      const claimedMinor = yield* balanceOf("tickets:claimed")
      yield* chain.mine(1)
      yield* lookOnce(term)
      assert.strictEqual(yield* balanceOf("tickets:unclaimed"), unclaimedMinor + priceMinor)
      const first = yield* redeemed(held)
      const second = yield* redeemed(held)
      assert.deepInclude(first, { status: "success", balanceMinor: priceMinor })
      assert.deepInclude(second, { status: "already_claimed", balanceMinor: priceMinor })
      assert.strictEqual(ServiceToken.toHex(second.token), ServiceToken.toHex(first.token))
      assert.strictEqual(yield* balanceOf("tickets:claimed"), claimedMinor + priceMinor)
      assert.strictEqual((yield* statusOf(first.token)).status, "active")
      yield* assertSound
    }))

  it.effect("TK-2 revokes a token for good", () =>
    Effect.gen(function*() {
      const { held, token } = yield* bought("revoked")
      const tickets = yield* Tickets
      const request = { token, reason: "abuse", abuseScore: 3, actor: "operator", correlationId: null }
      assert.strictEqual((yield* tickets.revoke(request)).status, "revoked")
      assert.deepInclude(yield* tickets.revoke({ ...request, abuseScore: 9 }), { status: "revoked", abuseScore: 3 })
      assert.strictEqual((yield* redeemed(held)).status, "already_claimed")
      assert.strictEqual((yield* statusOf(token)).status, "revoked")
      yield* assertSound
    }))

  it.effect("TK-5 resumes where it stopped", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const held = yield* ticket("resumed")
      yield* lookOnce(yield* openOffice)
      yield* payTicket(held)
      yield* chain.mine(15)
      const report = yield* lookOnce(yield* openOffice)
      assert.strictEqual(report.changes.credited, 1)
      assert.strictEqual((yield* redeemed(held)).status, "success")
    }))

  it.effect("TK-5 changes nothing by looking again", () =>
    Effect.gen(function*() {
      const { chain, term } = yield* bought("looked twice")
      yield* chain.mine(1)
      yield* lookOnce(term)
      assert.strictEqual((yield* lookOnce(term)).transfers, 0)
    }))
}

const adding = (it: Vitest.MethodsNonLive<StoryRequirements>): void => {
  it.effect("TK-6 adds a top-up to a short payment", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const term = yield* openOffice
      const held = yield* ticket("topped up")
      yield* payTicket(held, priceMinor / 4n)
      yield* chain.mine(confirmations)
      yield* lookOnce(term)
      assert.deepInclude(yield* Effect.flip(redeem(held)), {
        _tag: "TicketUnderpaid",
        receivedMinor: priceMinor / 4n,
        requiredMinor: priceMinor
      })
      yield* payTicket(held, priceMinor * 3n / 4n)
      yield* lookOnce(term)
      assert.deepInclude(yield* redeem(held), { _tag: "Waiting", state: "pool" })
      yield* chain.mine(confirmations)
      yield* lookOnce(term)
      assert.deepInclude(yield* redeemed(held), { status: "success", balanceMinor: priceMinor })
      yield* assertSound
    }))

  it.effect("TK-6 adds what is paid twice", () =>
    Effect.gen(function*() {
      const { chain, held, term, token } = yield* bought("paid twice")
      const claimedMinor = yield* balanceOf("tickets:claimed")
      yield* payTicket(held, priceMinor * 2n)
      yield* chain.mine(confirmations)
      yield* lookOnce(term)
      assert.strictEqual((yield* redeemed(held)).balanceMinor, priceMinor * 3n)
      assert.deepInclude(yield* statusOf(token), { status: "active", amountMinor: priceMinor * 3n })
      assert.strictEqual(yield* balanceOf("tickets:claimed"), claimedMinor + priceMinor * 2n)
    }))

  it.effect("TK-6 adds the outputs of one transaction", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const term = yield* openOffice
      const held = yield* ticket("several outputs")
      const half = { id8: held.id8, amountMinor: priceMinor / 2n }
      yield* chain.pay({ outputs: [half, half] })
      yield* chain.mine(confirmations)
      yield* lookOnce(term)
      assert.strictEqual((yield* redeemed(held)).balanceMinor, priceMinor)
    }))
}

const withholding = (it: Vitest.MethodsNonLive<StoryRequirements>, { payerIsRich }: Abilities): void => {
  it.effect("TK-6 withholds what is time-locked", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const term = yield* openOffice
      const held = yield* ticket("locked")
      const withheldMinor = yield* balanceOf("monero:withheld")
      yield* payTicket(held, priceMinor, { unlockTime: 1_000_000n })
      yield* chain.mine(confirmations)
      yield* lookOnce(term)
      assert.strictEqual(yield* balanceOf("monero:withheld"), withheldMinor + priceMinor)
      assert.deepInclude(yield* Effect.flip(redeem(held)), { _tag: "TicketUnderpaid", receivedMinor: 0n })
    }))

  it.effect("TK-6 withholds what has no id", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const term = yield* openOffice
      const withheldMinor = yield* balanceOf("monero:withheld")
      yield* chain.pay({ outputs: [{ id8: null, amountMinor: priceMinor }] })
      yield* chain.mine(confirmations)
      const { changes } = yield* lookOnce(term)
      assert.strictEqual(changes.withheld, 1)
      assert.strictEqual(yield* balanceOf("monero:withheld"), withheldMinor + priceMinor)
    }))

  it.effect("TK-6 withholds what subaddresses receive", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const term = yield* openOffice
      const withheldMinor = yield* balanceOf("monero:withheld")
      yield* chain.pay({
        outputs: [
          { id8: null, amountMinor: priceMinor, subaddress: 1 },
          { id8: null, amountMinor: priceMinor * 2n, subaddress: 2 }
        ]
      })
      yield* chain.mine(confirmations)
      const { changes } = yield* lookOnce(term)
      assert.strictEqual(changes.withheld, 2)
      assert.strictEqual(yield* balanceOf("monero:withheld"), withheldMinor + priceMinor * 3n)
    }))

  it.effect("TK-6 withholds the operator's own change", () =>
    Effect.gen(function*() {
      const { chain, term } = yield* bought("spent again")
      const unclaimedMinor = yield* balanceOf("tickets:unclaimed")
      const withheldMinor = yield* balanceOf("monero:withheld")
      yield* chain.spendOwn
      yield* chain.mine(confirmations)
      const { changes } = yield* lookOnce(term)
      assert.deepInclude(changes, { credited: 0, withheld: 1 })
      assert.isAbove(Number((yield* balanceOf("monero:withheld")) - withheldMinor), 0)
      assert.strictEqual(yield* balanceOf("tickets:unclaimed"), unclaimedMinor)
    }))

  if (!payerIsRich) return

  it.effect("TK-8 keeps amounts above 2^53 exact", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const term = yield* openOffice
      const held = yield* ticket("huge")
      const amountMinor = 9_007_199_254_740_993n
      yield* payTicket(held, amountMinor)
      yield* chain.mine(confirmations)
      yield* lookOnce(term)
      assert.strictEqual((yield* redeemed(held)).balanceMinor, amountMinor)
    }))
}

const reorganising = (it: Vitest.MethodsNonLive<StoryRequirements>): void => {
  it.effect("TK-7 takes back what three blocks held", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const term = yield* openOffice
      yield* apart
      const held = yield* ticket("three deep")
      const transactionId = yield* payTicket(held)
      yield* chain.mine(3)
      yield* lookOnce(term)
      const receivedMinor = yield* balanceOf("monero:received")
      yield* chain.reorganise(3, "lost")
      assert.strictEqual((yield* lookOnce(term)).changes.orphaned, 1)
      assert.strictEqual(yield* balanceOf("monero:received"), receivedMinor - priceMinor)
      assert.deepInclude(yield* Effect.flip(redeem(held)), { _tag: "TicketUnderpaid", receivedMinor: 0n })
      yield* chain.resend(transactionId)
      yield* lookOnce(term)
      assert.deepInclude(yield* redeem(held), { _tag: "Waiting", state: "pool" })
      yield* chain.mine(confirmations)
      yield* lookOnce(term)
      assert.strictEqual((yield* redeemed(held)).status, "success")
      yield* assertSound
    }))

  it.effect("TK-7 suspends a token and restores it", () =>
    Effect.gen(function*() {
      const { chain, held, term, token, transactionId } = yield* bought("twelve deep")
      const claimedMinor = yield* balanceOf("tickets:claimed")
      yield* chain.mine(2)
      yield* lookOnce(term)
      yield* chain.reorganise(12, "lost")
      yield* lookOnce(term)
      assert.deepInclude(yield* statusOf(token), { status: "suspended", amountMinor: 0n })
      assert.strictEqual(yield* balanceOf("tickets:claimed"), claimedMinor - priceMinor)
      yield* chain.resend(transactionId)
      yield* chain.mine(confirmations - 1)
      yield* lookOnce(term)
      assert.strictEqual((yield* statusOf(token)).status, "suspended")
      yield* chain.mine(1)
      yield* lookOnce(term)
      assert.deepInclude(yield* statusOf(token), { status: "active", amountMinor: priceMinor })
      assert.strictEqual(yield* balanceOf("tickets:claimed"), claimedMinor)
      assert.strictEqual((yield* redeemed(held)).status, "already_claimed")
      yield* assertSound
    }))

  it.effect("TK-7 follows a payment to another block", () =>
    Effect.gen(function*() {
      const { chain, term, token } = yield* bought("moved")
      yield* chain.mine(2)
      yield* chain.reorganise(12, "pool")
      yield* lookOnce(term)
      assert.strictEqual((yield* statusOf(token)).status, "suspended")
      yield* chain.mine(confirmations)
      yield* lookOnce(term)
      assert.strictEqual((yield* statusOf(token)).status, "active")
    }))

  it.effect("TK-7 keeps a double-spent token suspended", () =>
    Effect.gen(function*() {
      const { chain, term, token, transactionId } = yield* bought("double spent")
      yield* chain.reorganise(12, "lost")
      yield* chain.doubleSpend(transactionId)
      yield* lookOnce(term)
      yield* chain.mine(confirmations)
      yield* lookOnce(term)
      assert.deepInclude(yield* statusOf(token), { status: "suspended", amountMinor: 0n })
    }))
}

/** Looks as the monitor does after a failure: a wallet notices at its second call that the daemon is back. */
const lookAgain = (term: Term) => Effect.retry(lookOnce(term), { schedule: Schedule.spaced("200 millis"), times: 10 })

const failing = (it: Vitest.MethodsNonLive<StoryRequirements>): void => {
  it.effect("TK-5 waits for a daemon that is down", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const term = yield* openOffice
      const held = yield* ticket("daemon down")
      yield* payTicket(held)
      yield* chain.mine(confirmations)
      yield* chain.stopDaemon
      const error = yield* Effect.flip(MonitorMonero.tick(term, chain.startHeight))
      assert.strictEqual(error._tag, "MoneroUnavailable")
      yield* chain.startDaemon
      yield* lookAgain(term)
      assert.strictEqual((yield* redeemed(held)).status, "success")
    }))

  it.effect("TK-15 finds what was paid while the wallet was dead", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const term = yield* openOffice
      yield* lookOnce(term)
      const held = yield* ticket("wallet dead")
      yield* chain.killWallet
      yield* payTicket(held)
      yield* chain.mine(confirmations)
      const error = yield* Effect.flip(MonitorMonero.tick(term, chain.startHeight))
      assert.deepInclude(error, { _tag: "MoneroUnavailable", party: "wallet" })
      yield* chain.startWallet
      yield* lookAgain(term)
      assert.strictEqual((yield* redeemed(held)).status, "success")
    }))

  it.effect("LG-16 refuses the writes of an old term", () =>
    Effect.gen(function*() {
      const chain = yield* Chain
      const old = yield* openOffice
      const newest = yield* openOffice
      yield* payTicket(yield* ticket("old term"))
      yield* chain.mine(confirmations)
      assert.strictEqual((yield* Effect.flip(MonitorMonero.tick(old, chain.startHeight)))._tag, "Stale")
      assert.strictEqual((yield* lookOnce(newest)).changes.credited, 1)
    }))
}

/** Adds every story to the suite; all of them happen on one chain and one set of books, one after the other. */
export const tellStories = (it: Vitest.MethodsNonLive<StoryRequirements>, abilities: Abilities): void => {
  arriving(it)
  adding(it)
  withholding(it, abilities)
  reorganising(it)
  failing(it)
}
