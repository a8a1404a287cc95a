/** Looks at the wallet once and tells what it shows, and what it no longer shows. */
import { type Observation, type Payment, PaymentRules, PaymentStore, type Scan } from "@purser/domain/payments"
import type { StorageError } from "@purser/domain/transaction"
import type { MoneroError } from "@purser/integrations/monero"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type DaemonHeights, MoneroRail } from "./MoneroRail.ts"

/** How many transactions are asked for at once. The daemon drops clients that open too many connections. */
const lookups = 4

/**
 * The first block to read: 60 below what was read or, when the chain got shorter, below its top; never below the start.
 */
export const firstToRead = (at: {
  readonly startHeight: number
  readonly cursor: number | null
  readonly walletHeight: number
}): number =>
  at.cursor === null
    ? at.startHeight
    : Math.max(at.startHeight, Math.min(at.cursor, at.walletHeight - 1) - PaymentRules.recheckDepth)

/**
 * How many blocks beyond what was read are read in one look, about two weeks. A wallet that was used for years is taken in
 * bit by bit: neither its answer nor the transaction that books it grows with its age.
 */
export const blocksALook = 10_000

/** The last block to read: the wallet's top, or, on the way there, as many blocks on as one look reads. */
export const lastToRead = (at: {
  readonly startHeight: number
  readonly cursor: number | null
  readonly walletHeight: number
}): number => Math.min(at.walletHeight - 1, Math.max(at.cursor ?? 0, at.startHeight - 1) + blocksALook)

/**
 * The daemon's height for comparison with the wallet's, from readings before and after the wallet's. A block that
 * arrives in between makes neither of them late. While the daemon itself is catching up, what its peers have counts.
 */
export const comparableHeight = (walletHeight: number, before: DaemonHeights, after: DaemonHeights): number => {
  if (walletHeight < before.targetHeight) return before.targetHeight
  return walletHeight > after.height ? after.height : walletHeight
}

const isMissing = (seen: ReadonlySet<string>) => (payment: Payment): boolean =>
  payment.state !== "orphaned" && !seen.has(payment.key)

/**
 * Whether the wallet can know of a payment's block. One that starts over, restored or made to scan again, has nothing of
 * the blocks that it has yet to read; their payments are not lost. Where it is not behind, a lower top is a reorganisation.
 */
export const hasBeenRead =
  (walletHeight: number, { targetHeight }: DaemonHeights) => ({ height }: Pick<Payment, "height">): boolean =>
    height === null || height < walletHeight || walletHeight >= targetHeight

/** Asks for the payments that a look should have shown and did not. */
const recheck = Effect.fnUntraced(function*(missing: ReadonlyArray<Payment>) {
  const rail = yield* MoneroRail
  const transactionIds = [...new Set(missing.map(({ transactionId }) => transactionId))]
  const found = (yield* Effect.forEach(transactionIds, rail.byTransaction, { concurrency: lookups })).flat()
  const known = new Set(found.map(({ key }) => key))
  return { found, vanished: missing.map(({ key }) => key).filter((key) => !known.has(key)) }
})

/** Whether a look up to that block can show a payment. The pool is looked at only together with the wallet's top. */
const isWithin = (upTo: number | undefined) => ({ height }: Payment): boolean =>
  upTo === undefined || height !== null && height <= upTo

/** One look. It changes nothing; what it shows can be applied any number of times. */
export const look = Effect.fnUntraced(function*(
  startHeight: number
): Effect.fn.Return<Scan, MoneroError | StorageError, MoneroRail | PaymentStore> {
  const rail = yield* MoneroRail
  const payments = yield* PaymentStore
  const before = yield* rail.daemonHeights
  yield* rail.refresh
  const walletHeight = yield* rail.walletHeight
  const cursor = Option.getOrNull(yield* payments.cursor("monero"))
  const at = { startHeight, cursor, walletHeight }
  const from = firstToRead(at)
  const readUpTo = lastToRead(at)
  const upTo = readUpTo < walletHeight - 1 ? readUpTo : undefined
  const shown: ReadonlyArray<Observation> = yield* rail.incoming(Math.max(0, from - 1), upTo)
  const unsettled = (yield* payments.unsettled("monero", from - 1))
    .filter((payment) => isWithin(upTo)(payment) && hasBeenRead(walletHeight, before)(payment))
  const { found, vanished } = yield* recheck(unsettled.filter(isMissing(new Set(shown.map(({ key }) => key)))))
  const daemonHeight = comparableHeight(walletHeight, before, yield* rail.daemonHeights)
  return { walletHeight, daemonHeight, seen: [...shown, ...found], vanished, readUpTo }
})
