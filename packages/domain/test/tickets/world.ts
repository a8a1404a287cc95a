/** Sets up the books, the tickets and a wallet of one test, all in memory. */
import { assert } from "@effect/vitest"
import { layerMemory as auditMemory } from "@purser/domain/audit/testing"
import { type AccountCode, LedgerStore } from "@purser/domain/ledger"
import { layerMemory as ledgerMemory } from "@purser/domain/ledger/testing"
import { Outbox } from "@purser/domain/outbox"
import { layerMemory as outboxMemory } from "@purser/domain/outbox/testing"
import { type Observation, PaymentKey, type Scan } from "@purser/domain/payments"
import { layerMemory as paymentsMemory } from "@purser/domain/payments/testing"
import {
  type Id8,
  Id8 as Id8Schema,
  PaymentId,
  Scrypt,
  TicketIntake,
  Tickets,
  TicketSettings,
  TokenKeys
} from "@purser/domain/tickets"
import { layerMemory as ticketsMemory } from "@purser/domain/tickets/testing"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { primaryAddress } from "./vectors.ts"

export const priceMinor = 10_000n
export const confirmations = 10

/** A secret of 32 bytes. Its id, with the quick scrypt, is its first 8 bytes. */
export const pidOf = (first: number, last = 0) =>
  Result.getOrThrow(PaymentId.parse(first.toString(16).padStart(16, "0") + last.toString(16).padStart(48, "0")))
export const id8Of = (pid: PaymentId): Id8 => Id8Schema.make(PaymentId.toHex(pid).slice(0, 16))

/** Counts derivations, and lets a test do something in the middle of each. */
export class Derivations extends Context.Service<Derivations, {
  count: number
  meanwhile: (pid: Uint8Array) => Effect.Effect<void>
}>()("@purser/domain/test/Derivations") {}

const quickScrypt = Layer.effectContext(
  Effect.sync(() => {
    const derivations = Derivations.of({ count: 0, meanwhile: () => Effect.void })
    const scrypt = Scrypt.of({
      derive: (password) =>
        Effect.suspend(() => {
          derivations.count += 1
          return Effect.as(derivations.meanwhile(password), password.slice(0, 8))
        })
    })
    return Context.make(Derivations, derivations).pipe(Context.add(Scrypt, scrypt))
  })
)

type Settings = TicketSettings["Service"]

export const settings: Settings = {
  network: "mainnet",
  primaryAddress,
  requiredMinor: priceMinor,
  confirmations,
  confirmationTiers: [],
  scryptWithIdConcurrency: 1,
  scryptWithoutIdConcurrency: 1,
  scryptQueue: 1
}

export const key = (id: string, fill: number) => ({ id, secret: Redacted.make(new Uint8Array(32).fill(fill)) })
export const keyA = key("a", 1)

const stores = Layer.mergeAll(ledgerMemory, paymentsMemory, ticketsMemory, outboxMemory, auditMemory).pipe(
  Layer.provideMerge(MemoryState.layer)
)

/** The use cases with other settings or keys, over the stores at hand. */
export const useCases = (changed: Partial<Settings> = {}, keys = TokenKeys.layer(keyA)) =>
  Layer.fresh(Layer.mergeAll(TicketIntake.layer, Tickets.layer)).pipe(
    Layer.provide(keys),
    Layer.provideMerge(Layer.succeed(TicketSettings, { ...settings, ...changed }))
  )

/** A new installation. */
export const world = (changed: Partial<Settings> = {}, keys = TokenKeys.layer(keyA)) =>
  useCases(changed, keys).pipe(Layer.provideMerge(Layer.fresh(stores)), Layer.provideMerge(Layer.fresh(quickScrypt)))

/** What the operator's wallet would show. Blocks are only counted. */
export class Wallet {
  height = 1_000
  /** What the daemon is behind, if anything. */
  daemonBehind = 0
  readonly payments = new Map<PaymentKey, Observation>()
  readonly #gone = new Map<PaymentKey, Observation>()
  readonly #amounts = new Map<PaymentKey, bigint>()
  #serial = 0

  /** Into the pool; several outputs of one transaction share its number. */
  pay(target: string | null, amountMinor: bigint = priceMinor, fields: Partial<Observation> = {}): PaymentKey {
    this.#serial += 1
    const transactionId = fields.transactionId ?? this.#serial.toString(16).padStart(64, "0")
    const key = PaymentKey.make(`${transactionId}/0/${this.#serial}`)
    const seen = { key, target, amountMinor, height: null, unlockTime: 0n, doubleSpendSeen: false, ownChange: false }
    this.payments.set(key, { ...seen, ...fields, transactionId })
    this.#amounts.set(key, amountMinor)
    return key
  }
  mine(blocks = 1): void {
    for (const [key, seen] of this.payments) {
      if (seen.height !== null) continue
      this.payments.set(key, { ...seen, amountMinor: this.#amounts.get(key)!, height: this.height })
    }
    this.height += blocks
  }
  /** The wallet does not know it any more. */
  lose(key: PaymentKey): void {
    const seen = this.payments.get(key)
    if (seen === undefined) return
    this.payments.delete(key)
    this.#gone.set(key, seen)
  }
  /** Back in the pool, with the amount that the wallet knows of such a one: none. */
  pop(key: PaymentKey): void {
    const seen = this.payments.get(key)
    if (seen !== undefined) this.payments.set(key, { ...seen, height: null, amountMinor: 0n })
  }
  /** Mined after all, in the next block. */
  giveBack(key: PaymentKey): void {
    const seen = this.payments.get(key) ?? this.#gone.get(key)
    if (seen === undefined) return
    this.#gone.delete(key)
    this.payments.set(key, { ...seen, amountMinor: this.#amounts.get(key)!, height: this.height })
    this.height += 1
  }

  get scan(): Scan {
    return {
      walletHeight: this.height,
      daemonHeight: this.height - this.daemonBehind,
      seen: [...this.payments.values()],
      vanished: [...this.#gone.keys()],
      readUpTo: this.height - 1
    }
  }
  get figures() {
    const inBlocks = [...this.payments.values()].filter(({ height }) => height !== null)
    return {
      payments: [...this.payments.values()],
      balanceMinor: inBlocks.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
    }
  }
}

/** A wallet that nobody has paid to, and open books. */
export const openBooks = Effect.gen(function*() {
  yield* TicketIntake.use((intake) => intake.books)
  return new Wallet()
})

/** Fails unless the books say what the wallet says, and hold in themselves. */
export const assertSound = Effect.fnUntraced(function*(wallet: Wallet) {
  assert.deepStrictEqual(yield* TicketIntake.use((intake) => intake.reconcile(wallet.figures)), [])
  assert.deepStrictEqual((yield* LedgerStore.use((ledger) => ledger.verify)).discrepancies, [])
})

/** Takes in what the wallet shows; the books must be sound after it. */
export const look = Effect.fnUntraced(function*(wallet: Wallet) {
  const report = yield* TicketIntake.use((intake) => intake.apply(wallet.scan))
  yield* assertSound(wallet)
  return report
})

/** Pays the ticket in full, and waits until that is final. */
export const payInFull = Effect.fnUntraced(function*(wallet: Wallet, pid: PaymentId, amountMinor = priceMinor) {
  const key = wallet.pay(id8Of(pid), amountMinor)
  wallet.mine(confirmations)
  yield* look(wallet)
  return key
})

export const redeem = (pid: PaymentId, id8: Option.Option<Id8> = Option.some(id8Of(pid))) =>
  Tickets.use((tickets) => tickets.redeem({ pid, id8 }))

/** What an account stands at on its own side. */
export const balanceOf = (code: string) =>
  LedgerStore.use((ledger) =>
    Effect.map(
      ledger.account(code as AccountCode),
      Option.match({
        onNone: () => 0n,
        onSome: ({ creditsPostedMinor, debitsPostedMinor, normalSide }) =>
          normalSide === "credit" ? creditsPostedMinor - debitsPostedMinor : debitsPostedMinor - creditsPostedMinor
      })
    )
  )

/** Every balance of the tickets' books: wallet, received, withheld, unclaimed, claimed. */
export const balances = Effect.all([
  balanceOf("monero:wallet"),
  balanceOf("monero:received"),
  balanceOf("monero:withheld"),
  balanceOf("tickets:unclaimed"),
  balanceOf("tickets:claimed")
])

/** Topics and keys of all events so far, oldest first. */
export const events = Outbox.use((outbox) =>
  Effect.map(outbox.due(Number.MAX_SAFE_INTEGER, 10_000), (records) => records.map(({ event }) => event))
)
