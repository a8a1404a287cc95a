import { assert, describe, it } from "@effect/vitest"
import { AccountCode, LedgerStore } from "@purser/domain/ledger"
import { type PaymentKey, PaymentStore } from "@purser/domain/payments"
import { TicketIntake, Tickets, TicketSettings } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as TestClock from "effect/testing/TestClock"
import { claimed, cursor, everything, id8, noChanges, pid, ticketOf, transfers } from "./intakeLooks.ts"
import {
  assertSound,
  balances,
  confirmations,
  events,
  id8Of,
  look,
  openBooks,
  payInFull,
  pidOf,
  priceMinor,
  redeem,
  world
} from "./world.ts"

describe("TK-9 books of tickets", () => {
  it.effect("open once and again", () =>
    Effect.gen(function*() {
      yield* openBooks
      yield* openBooks
      const accounts = yield* LedgerStore.use((ledger) => ledger.accounts({ prefix: "", limit: 100 }))
      assert.deepStrictEqual(
        accounts.map(({ asset, balanceRule, code, normalSide }) => [code, normalSide, balanceRule, asset]),
        [
          [AccountCode.make("monero:received"), "credit", "debits_at_most_credits", "XMR"],
          [AccountCode.make("monero:wallet"), "debit", "credits_at_most_debits", "XMR"],
          [AccountCode.make("monero:withheld"), "credit", "debits_at_most_credits", "XMR"],
          [AccountCode.make("tickets:claimed"), "credit", "debits_at_most_credits", "XMR"],
          [AccountCode.make("tickets:unclaimed"), "credit", "debits_at_most_credits", "XMR"]
        ] as never
      )
    }).pipe(Effect.provide(world())))

  it.effect("are not continued with another wallet", () =>
    Effect.gen(function*() {
      yield* openBooks
      const settings = yield* TicketSettings
      const other = TicketIntake.layer.pipe(
        Layer.provide(Layer.succeed(TicketSettings, { ...settings, primaryAddress: "another" }))
      )
      const refused = yield* Effect.flip(Effect.provide(TicketIntake.use(({ books }) => books), Layer.fresh(other)))
      assert.strictEqual(refused._tag, "BooksOfAnotherWallet")
    }).pipe(Effect.provide(world())))

  it.effect("follow a payment: received, unclaimed, claimed", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      wallet.pay(id8)
      yield* look(wallet)
      assert.deepStrictEqual(yield* balances, [0n, 0n, 0n, 0n, 0n])
      wallet.mine(confirmations - 1)
      assert.deepStrictEqual((yield* look(wallet)).changes, { ...noChanges, confirming: 1 })
      assert.deepStrictEqual(yield* balances, [priceMinor, priceMinor, 0n, 0n, 0n])
      wallet.mine()
      assert.deepStrictEqual((yield* look(wallet)).changes, { ...noChanges, credited: 1 })
      assert.deepStrictEqual(yield* balances, [priceMinor, 0n, 0n, priceMinor, 0n])
      yield* redeem(pid)
      assert.deepStrictEqual(yield* balances, [priceMinor, 0n, 0n, 0n, priceMinor])
      yield* assertSound(wallet)
    }).pipe(Effect.provide(world())))

  it.effect("name the transaction and the id that a transfer is for", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      const key = yield* payInFull(wallet, pid)
      const [first] = yield* transfers
      assert.deepStrictEqual(
        [first!.reference, first!.metadata],
        [wallet.payments.get(key)!.transactionId, { payment: key, payment_id: id8 }]
      )
    }).pipe(Effect.provide(world())))
})

describe("TK-5 taking a scan in", () => {
  it.effect("is idempotent", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      yield* payInFull(wallet, pid)
      wallet.pay(id8Of(pidOf(2)))
      wallet.pay(null)
      yield* look(wallet)
      const before = yield* everything
      const report = yield* look(wallet)
      assert.deepStrictEqual(report, { changes: noChanges, transfers: 0, creditingPaused: false })
      assert.deepStrictEqual(yield* everything, before)
    }).pipe(Effect.provide(world())))

  it.effect("counts a payment once for each state that it comes to", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      const key = wallet.pay(id8)
      wallet.mine()
      assert.deepStrictEqual((yield* look(wallet)).changes, { ...noChanges, confirming: 1 })
      wallet.mine()
      assert.deepStrictEqual((yield* look(wallet)).changes, noChanges)
      const [payment] = yield* PaymentStore.use((payments) => payments.byKeys("monero", [key]))
      assert.strictEqual(payment!.confirmations, 2)
    }).pipe(Effect.provide(world())))

  it.effect("moves the cursor, with or without payments", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      assert.deepStrictEqual(yield* cursor, Option.none())
      yield* look(wallet)
      assert.deepStrictEqual(yield* cursor, Option.some(wallet.height - 1))
    }).pipe(Effect.provide(world())))

  it.effect("credits nothing while the wallet is ahead of the daemon, and catches up", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      wallet.daemonBehind = 1
      wallet.pay(id8)
      wallet.mine(confirmations)
      const paused = yield* look(wallet)
      assert.deepStrictEqual(paused, {
        changes: { ...noChanges, confirming: 1 },
        transfers: 1,
        creditingPaused: true
      })
      wallet.daemonBehind = -1
      assert.deepStrictEqual((yield* look(wallet)).changes, { ...noChanges, credited: 1 })
    }).pipe(Effect.provide(world())))

  it.effect("takes the entry in a block where the wallet shows two", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      const key = wallet.pay(id8)
      const inPool = wallet.payments.get(key)!
      wallet.mine(confirmations)
      const inBlock = wallet.payments.get(key)!
      const intake = yield* TicketIntake
      for (const seen of [[inPool, inBlock], [inBlock, inPool], [inBlock, inBlock]]) {
        yield* intake.apply({ ...wallet.scan, seen })
        const [payment] = yield* PaymentStore.use((payments) => payments.byKeys("monero", [key]))
        assert.strictEqual(payment!.state, "credited")
      }
      assert.strictEqual((yield* ticketOf(id8))!.creditedMinor, priceMinor)
    }).pipe(Effect.provide(world())))

  it.effect("believes what it sees more than what is said to have vanished", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      const key = yield* payInFull(wallet, pid)
      const report = yield* TicketIntake.use((intake) => intake.apply({ ...wallet.scan, vanished: [key] }))
      assert.deepStrictEqual(report.changes, noChanges)
    }).pipe(Effect.provide(world())))

  it.effect("takes what vanished for gone once, however often it is said", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      const key = yield* payInFull(wallet, pid)
      yield* payInFull(wallet, pid)
      wallet.lose(key)
      yield* TicketIntake.use((intake) => intake.apply({ ...wallet.scan, vanished: [key, key] }))
      assert.strictEqual((yield* ticketOf(id8))!.creditedMinor, priceMinor)
      yield* assertSound(wallet)
    }).pipe(Effect.provide(world())))

  it.effect("passes over what vanished unseen", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      const vanished = ["unknown/0/0", "unknown/0/0"] as ReadonlyArray<string> as ReadonlyArray<PaymentKey>
      const report = yield* TicketIntake.use((intake) => intake.apply({ ...wallet.scan, vanished }))
      assert.deepStrictEqual(report.changes, noChanges)
    }).pipe(Effect.provide(world())))

  it.effect("takes more in than fits one batch of postings", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      for (let index = 1; index <= 600; index++) wallet.pay(id8Of(pidOf(index)), BigInt(index))
      wallet.mine(confirmations)
      const report = yield* look(wallet)
      assert.deepStrictEqual([report.changes.credited, report.transfers], [600, 1_200])
      assert.strictEqual((yield* balances)[3], 600n * 601n / 2n)
      assert.strictEqual((yield* ticketOf(id8Of(pidOf(600))))!.creditedMinor, 600n)
    }).pipe(Effect.provide(world())))

  it.effect("changes nothing at all when the books refuse", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      yield* payInFull(wallet, pid)
      const closed = yield* LedgerStore.use((ledger) => ledger.closeAccount(AccountCode.make("monero:withheld")))
      assert.strictEqual(closed._tag, "Success")
      const before = yield* everything
      wallet.pay(id8)
      wallet.pay(id8, 7n, { unlockTime: 9n })
      wallet.mine(confirmations)
      const error = yield* Effect.flip(TicketIntake.use((intake) => intake.apply(wallet.scan)))
      assert.deepInclude({ ...error }, { _tag: "LedgerError", reason: "CreditAccountClosed" })
      assert.deepStrictEqual(yield* everything, before)
    }).pipe(Effect.provide(world())))
})

describe("TK-6 TK-8 what is credited", () => {
  it.effect("adds up several outputs, payments and top-ups, exactly", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      const transactionId = "c".repeat(64)
      const large = 2n ** 53n + 1n
      wallet.pay(id8, large, { transactionId })
      wallet.pay(id8, 1n, { transactionId })
      wallet.pay(id8Of(pidOf(2)), 5n)
      wallet.mine()
      wallet.pay(id8, large)
      wallet.mine(confirmations)
      yield* look(wallet)
      assert.strictEqual((yield* ticketOf(id8))!.creditedMinor, 2n * large + 1n)
      assert.strictEqual((yield* ticketOf(id8Of(pidOf(2))))!.creditedMinor, 5n)
    }).pipe(Effect.provide(world())))

  it.effect("is not what is locked, change, or without an id, and none of it is lost from view", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      wallet.pay(id8, 1n, { unlockTime: 5_000_000n })
      wallet.pay(id8Of(pidOf(2)), 2n, { ownChange: true })
      wallet.pay(null, 4n)
      wallet.pay("0".repeat(16), 8n)
      wallet.pay("not an id", 16n)
      wallet.mine(confirmations)
      assert.deepStrictEqual((yield* look(wallet)).changes, { ...noChanges, withheld: 5 })
      assert.deepStrictEqual(yield* balances, [31n, 0n, 31n, 0n, 0n])
      const withheld = yield* PaymentStore.use((payments) => payments.inState("monero", "withheld", 10))
      assert.sameMembers(withheld.map(({ amountMinor, withheldReason }) => `${amountMinor} ${withheldReason}`), [
        "1 time_locked",
        "2 own_change",
        "4 no_target",
        "8 no_target",
        "16 no_target"
      ])
    }).pipe(Effect.provide(world())))

  it.effect("opens a ticket at the first sight of money for it, not for change", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      wallet.pay(id8, 1n)
      wallet.pay(id8Of(pidOf(2)), 1n, { unlockTime: 1n })
      wallet.pay(id8Of(pidOf(3)), 1n, { ownChange: true })
      yield* look(wallet)
      const [seen, locked, change] = yield* Effect.all([1, 2, 3].map((first) => ticketOf(id8Of(pidOf(first)))))
      assert.deepStrictEqual([seen?.creditedMinor, locked?.creditedMinor, change], [0n, 0n, undefined])
    }).pipe(Effect.provide(world())))

  it.effect("of a claimed ticket goes to the token at once", () =>
    Effect.gen(function*() {
      const { token, wallet } = yield* claimed
      wallet.pay(id8, 5n)
      wallet.mine(confirmations)
      yield* look(wallet)
      assert.deepStrictEqual(yield* balances, [priceMinor + 5n, 0n, 0n, 0n, priceMinor + 5n])
      const view = yield* Tickets.use((tickets) => tickets.tokenStatus(token))
      assert.deepInclude(view, { status: "active", amountMinor: priceMinor + 5n })
    }).pipe(Effect.provide(world())))
})

describe("TK-6 TK-7 events of payments", () => {
  it.effect("tell each state that a payment comes to, once", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(42)
      const wallet = yield* openBooks
      const key = wallet.pay(id8)
      yield* look(wallet)
      wallet.mine()
      yield* look(wallet)
      wallet.mine()
      yield* look(wallet)
      wallet.mine(confirmations)
      yield* look(wallet)
      wallet.lose(key)
      yield* look(wallet)
      const told = yield* events
      assert.deepStrictEqual(told.map(({ topic }) => topic), [
        "payment.seen",
        "payment.confirming",
        "payment.credited",
        "payment.orphaned"
      ])
      assert.deepStrictEqual({ ...told[2] }, {
        topic: "payment.credited",
        key,
        atMillis: 42,
        payload: {
          rail: "monero",
          transaction_id: "1".padStart(64, "0"),
          payment_id: id8,
          asset: "XMR",
          amount: "10000",
          withheld_reason: ""
        }
      } as never)
    }).pipe(Effect.provide(world())))

  it.effect("tell what a suspended ticket has and had", () =>
    Effect.gen(function*() {
      const { key, wallet } = yield* claimed
      wallet.lose(key)
      yield* look(wallet)
      const told = (yield* events).find(({ topic }) => topic === "ticket.suspended")
      assert.deepStrictEqual([told!.key, told!.payload], [id8, { credited: "0", claimed: "10000" }] as never)
    }).pipe(Effect.provide(world())))
})
