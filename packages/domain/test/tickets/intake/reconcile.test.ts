import { assert, describe, it } from "@effect/vitest"
import { AccountCode, deriveTransferId, Ledger, PostTransfer, ReasonCode } from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import { type PaymentKey, PaymentStore } from "@purser/domain/payments"
import { TicketIntake, type WalletFigures } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import { confirmations, id8Of, look, openBooks, payInFull, pidOf, redeem, type Wallet, world } from "../world.ts"

const reconcile = (figures: WalletFigures) =>
  Effect.map(
    TicketIntake.use((intake) => intake.reconcile(figures)),
    (found) => found.map(({ actualMinor, expectedMinor, what }) => `${what}: ${expectedMinor} against ${actualMinor}`)
  )

/** A wallet with a claimed payment of 10,000, one of 5 that confirms, one of 7 that is withheld and one in the pool. */
const settled = Effect.gen(function*() {
  const wallet = yield* openBooks
  const credited = yield* payInFull(wallet, pidOf(1))
  yield* redeem(pidOf(1))
  const withheld = wallet.pay(null, 7n)
  wallet.mine(confirmations)
  const received = wallet.pay(id8Of(pidOf(2)), 5n)
  wallet.mine()
  const pool = wallet.pay(id8Of(pidOf(3)), 3n)
  yield* look(wallet)
  return { wallet, credited, withheld, received, pool }
})

const without = ({ balanceMinor, payments }: WalletFigures, key: PaymentKey, minor: bigint): WalletFigures => ({
  payments: payments.filter((payment) => payment.key !== key),
  balanceMinor: balanceMinor - minor
})

const changed = (wallet: Wallet, key: PaymentKey, amountMinor: bigint): WalletFigures => ({
  ...wallet.figures,
  payments: wallet.figures.payments.map((payment) => payment.key === key ? { ...payment, amountMinor } : payment)
})

const moveBy = (debit: string, credit: string) =>
  Ledger.use((ledger) =>
    ledger.post(
      new PostTransfer({
        id: deriveTransferId("by hand"),
        debit: AccountCode.make(debit),
        credit: AccountCode.make(credit),
        asset: Asset.XMR.code,
        amountMinor: 2n,
        reason: ReasonCode.make("by.hand")
      })
    )
  ).pipe(Effect.provide(Ledger.layer))

describe("TK-9 LG-12 reconciling with the wallet", () => {
  it.effect("finds nothing where all is well, nor before the first payment", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* reconcile({ payments: [], balanceMinor: 0n }), [])
      const { wallet } = yield* settled
      assert.deepStrictEqual(yield* reconcile(wallet.figures), [])
    }).pipe(Effect.provide(world())))

  it.effect("finds a balance that differs", () =>
    Effect.gen(function*() {
      const { wallet } = yield* settled
      const { balanceMinor, payments } = wallet.figures
      assert.deepStrictEqual(yield* reconcile({ payments, balanceMinor: balanceMinor - 4n }), [
        "account:monero:wallet: 10008 against 10012"
      ])
    }).pipe(Effect.provide(world())))

  it.effect("finds a payment that the books do not know", () =>
    Effect.gen(function*() {
      const { wallet } = yield* settled
      const key = wallet.pay(null, 9n)
      const { balanceMinor, payments } = wallet.figures
      const read = payments.map((payment) => payment.key === key ? { ...payment, height: 1_005 } : payment)
      assert.deepStrictEqual(yield* reconcile({ payments: read, balanceMinor: balanceMinor + 9n }), [
        "account:monero:wallet: 10021 against 10012",
        `payment:${key}: 9 against 0`
      ])
    }).pipe(Effect.provide(world())))

  it.effect("finds a payment of another amount", () =>
    Effect.gen(function*() {
      const { received, wallet } = yield* settled
      assert.deepStrictEqual(yield* reconcile(changed(wallet, received, 6n)), [`payment:${received}: 6 against 5`])
    }).pipe(Effect.provide(world())))

  it.effect("finds a payment that the wallet does not list any more, by what it is booked as", () =>
    Effect.gen(function*() {
      const { credited, received, wallet, withheld } = yield* settled
      assert.deepStrictEqual(yield* reconcile(without(wallet.figures, credited, 10_000n)), [
        "account:monero:wallet: 12 against 10012",
        "account:tickets: 0 against 10000"
      ])
      assert.deepStrictEqual(yield* reconcile(without(wallet.figures, received, 5n)), [
        "account:monero:wallet: 10007 against 10012",
        "account:monero:received: 0 against 5"
      ])
      assert.deepStrictEqual(yield* reconcile(without(wallet.figures, withheld, 7n)), [
        "account:monero:wallet: 10005 against 10012",
        "account:monero:withheld: 0 against 7"
      ])
    }).pipe(Effect.provide(world())))

  it.effect("finds a payment whose row says otherwise than its postings", () =>
    Effect.gen(function*() {
      const { received, wallet } = yield* settled
      const payments = yield* PaymentStore
      const [row] = yield* payments.byKeys("monero", [received])
      yield* payments.save([{ ...row!, bookedAs: "nothing" }])
      assert.deepStrictEqual(yield* reconcile(wallet.figures), [
        "account:monero:received: 0 against 5",
        `payment:${received}: 5 against 0`
      ])
    }).pipe(Effect.provide(world())))

  it.effect.each([
    ["monero:received", "monero:withheld", [
      "account:monero:received: 5 against 3",
      "account:monero:withheld: 7 against 9"
    ]],
    ["tickets:claimed", "monero:withheld", [
      "account:monero:withheld: 7 against 9",
      "account:tickets: 10000 against 9998"
    ]],
    ["monero:received", "monero:wallet", [
      "account:monero:wallet: 10012 against 10010",
      "account:monero:received: 5 against 3"
    ]],
    ["tickets:claimed", "tickets:unclaimed", []]
  ])("finds what was moved by hand from %s to %s", ([debit, credit, found]) =>
    Effect.gen(function*() {
      const { wallet } = yield* settled
      yield* moveBy(debit as string, credit as string)
      assert.deepStrictEqual(yield* reconcile(wallet.figures), found as Array<string>)
    }).pipe(Effect.provide(world())))

  it.effect("leaves out what was not read yet", () =>
    Effect.gen(function*() {
      const { wallet } = yield* settled
      wallet.pay(id8Of(pidOf(4)), 11n)
      wallet.mine(3)
      assert.deepStrictEqual(yield* reconcile(wallet.figures), [])
      const { balanceMinor, payments } = wallet.figures
      assert.deepStrictEqual(yield* reconcile({ payments, balanceMinor: balanceMinor - 11n }), [
        "account:monero:wallet: 10001 against 10012"
      ])
    }).pipe(Effect.provide(world())))

  it.effect("reads more payments than fit one question", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      for (let index = 1; index <= 1_100; index++) wallet.pay(null, BigInt(index))
      wallet.mine()
      yield* TicketIntake.use((intake) => intake.apply(wallet.scan))
      assert.deepStrictEqual(yield* reconcile(wallet.figures), [])
    }).pipe(Effect.provide(world())))
})
