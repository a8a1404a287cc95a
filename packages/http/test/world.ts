/** Sets up a served installation in memory. */
import { layerMemory as auditMemory } from "@purser/domain/audit/testing"
import { layerMemory as answersMemory } from "@purser/domain/idempotency/testing"
import { layerMemory as ledgerMemory } from "@purser/domain/ledger/testing"
import { layerMemory as outboxMemory } from "@purser/domain/outbox/testing"
import { PaymentKey } from "@purser/domain/payments"
import { layerMemory as paymentsMemory } from "@purser/domain/payments/testing"
import { deriveId8, PaymentId, Scrypt, TicketIntake, Tickets, TicketSettings, TokenKeys } from "@purser/domain/tickets"
import { layerMemory as ticketsMemory } from "@purser/domain/tickets/testing"
import { MemoryState } from "@purser/domain/transaction/testing"
import { Health, type HealthCheck, type HttpOptions, HttpServers, type Listener } from "@purser/http"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { createHash } from "node:crypto"

/** The bearer key of internal calls in tests. */
export const internalKey = "internal-key-of-a-test"
/** The header that brings it. */
export const withKey = { authorization: `Bearer ${internalKey}` }
/** 0.01 XMR, what a ticket costs. */
export const priceMinor = 10_000_000_000n
/** How deep a payment must be. */
export const confirmations = 10

const stores = Layer.mergeAll(auditMemory, answersMemory, ledgerMemory, outboxMemory, paymentsMemory, ticketsMemory)
  .pipe(Layer.provideMerge(MemoryState.layer))

const digest = (...parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest().subarray(0, 8))
}

/** A quick stand-in under which secrets that differ in their last byte only have the same id. */
export const scryptColliding = Layer.succeed(Scrypt, {
  derive: (password, salt) => Effect.sync(() => digest(password.subarray(0, 31), salt))
})

const settings = {
  network: "mainnet",
  primaryAddress: "49mmJ3sD7qXBzxBNtxhAGgRXd2HUAmwUDdMUe1GM7bHeewKBpFepmfWfXQrhU2M5UETEYTp8gLVFNL5Mj5PbiJnCVn63wBw",
  requiredMinor: priceMinor,
  confirmations,
  confirmationTiers: [],
  scryptWithIdConcurrency: 2,
  scryptWithoutIdConcurrency: 1,
  scryptQueue: 100
} as const

const keys = TokenKeys.layer({ id: "test", secret: Redacted.make(new Uint8Array(32).fill(7)) })

/** The use cases over stores in memory, with the books open. */
export const house = (scrypt: Layer.Layer<Scrypt> = scryptColliding) =>
  Layer.effectDiscard(TicketIntake.use((intake) => intake.books)).pipe(
    Layer.provideMerge(Layer.mergeAll(TicketIntake.layer, Tickets.layer)),
    Layer.provideMerge(Layer.mergeAll(stores, Layer.succeed(TicketSettings, settings), keys, scrypt)),
    Layer.orDie
  )

/** A host whose dependencies are as told. */
export const healthOf = (...checks: ReadonlyArray<HealthCheck>) =>
  Layer.succeed(Health, { checks: Effect.succeed(checks) })

/** Failures that tests bring about need not be read. */
const quiet = Logger.layer([])

const loopback: Listener.Listener = { _tag: "tcp", host: "127.0.0.1", port: 0 }

/** Both doors on free ports of loopback, unless told otherwise. */
export const doors = (options: Partial<HttpOptions> = {}, logs: Layer.Layer<never> = quiet) =>
  HttpServers.layer({
    public: loopback,
    internal: loopback,
    internalKey: Redacted.make(internalKey),
    trustedProxies: [],
    sandboxed: [],
    gracefulMillis: 5_000,
    ...options
  }).pipe(Layer.provide(logs))

/** A whole installation. */
export const world = (options: Partial<HttpOptions> = {}) =>
  doors(options).pipe(
    Layer.provideMerge(house()),
    Layer.provideMerge(healthOf({ name: "database", state: "ok", detail: "3 ms" }))
  )

/** A secret by a name, and the id that it has here. */
export const ticket = Effect.fnUntraced(function*(name: string) {
  const hex = createHash("sha256").update(name).digest("hex")
  const pid = yield* Effect.fromResult(PaymentId.parse(hex))
  const id8 = Option.getOrThrow(yield* deriveId8(pid, settings))
  return { pid: hex, payment_id: id8 }
})

/** The same but for the last byte: another secret with the same id. */
export const foreign = (held: { readonly pid: string; readonly payment_id: string }) => ({
  ...held,
  pid: held.pid.slice(0, -2) + (held.pid.endsWith("00") ? "01" : "00")
})

const tip = 1_000
let transactions = 0

/** Pays to an id: into the pool, or so many blocks deep. */
export const pay = (
  { payment_id }: { readonly payment_id: string },
  { amountMinor = priceMinor, depth }: { readonly amountMinor?: bigint; readonly depth: number | "pool" }
) =>
  TicketIntake.use((intake) => {
    transactions += 1
    const transactionId = createHash("sha256").update(String(transactions)).digest("hex")
    return intake.apply({
      walletHeight: tip,
      daemonHeight: tip,
      seen: [{
        key: PaymentKey.make(`${transactionId}/0/0`),
        transactionId,
        target: payment_id,
        amountMinor,
        height: depth === "pool" ? null : tip - depth,
        unlockTime: 0n,
        doubleSpendSeen: false,
        ownChange: false
      }],
      vanished: [],
      readUpTo: tip - 1
    })
  })
