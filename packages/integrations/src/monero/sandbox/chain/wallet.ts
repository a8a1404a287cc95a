/** Reads the chain as monero-wallet-rpc 0.18 does, what it forgets included: pure. */
import type { ChainState, Output, Transaction } from "./ChainState.ts"

/** What the wallet shows of one address of one transaction. `height` is null while it waits for a block. */
export interface Entry {
  readonly transaction: Transaction
  readonly subaddress: number
  readonly amountsMinor: ReadonlyArray<bigint>
  readonly height: number | null
}

const readPool = (transaction: Transaction): Transaction => {
  if (transaction.place !== "pool" || transaction.isScanned) return transaction
  return { ...transaction, readInPool: transaction.readIn === null ? "whole" : "amountless", isScanned: true }
}

const readBlocks = (transaction: Transaction): Transaction => {
  const { place, readInPool } = transaction
  if (typeof place === "number") return { ...transaction, readIn: place, readInPool: "no" }
  return { ...transaction, readIn: null, readInPool: place === "pool" ? readInPool : "no" }
}

/** Reads blocks, forgets those that were replaced, and then reads the pool. */
export const refresh = (state: ChainState): ChainState => ({
  ...state,
  walletHeight: state.height,
  transactions: state.transactions.map((transaction) => readPool(readBlocks(transaction)))
})

/**
 * Reads what is new in the pool; what has left it stays listed until a refresh. A transaction that it still knows from a
 * block comes without its amount, and keeps coming so until it is in a block again. One that it has read in the pool
 * before is not listed at all when it comes back there.
 */
export const lookAtPool = (state: ChainState): ChainState => ({
  ...state,
  transactions: state.transactions.map(readPool)
})

const bySubaddress = (outputs: ReadonlyArray<Output>): ReadonlyArray<readonly [number, ReadonlyArray<Output>]> => [
  ...Map.groupBy(outputs, ({ subaddress }) => subaddress)
]

/** Outputs to one address are one entry. */
const entriesOf = (transaction: Transaction, height: number | null, isAmountKnown: boolean): ReadonlyArray<Entry> =>
  bySubaddress(transaction.outputs).map(([subaddress, outputs]) => ({
    transaction,
    subaddress,
    amountsMinor: outputs.map(({ amountMinor }) => isAmountKnown ? amountMinor : 0n),
    height
  }))

/** Real wallets keep transactions in a hash table, so their order says nothing. */
const scattered = (state: ChainState): ReadonlyArray<Transaction> =>
  state.transactions.toSorted((left, right) => left.id < right.id ? -1 : 1)

/** What the wallet read in blocks, in no order. */
export const inBlocks = (state: ChainState): ReadonlyArray<Entry> =>
  scattered(state).flatMap((transaction) =>
    transaction.readIn === null ? [] : entriesOf(transaction, transaction.readIn, true)
  )

/** What the wallet lists as waiting, in no order. */
export const inPool = (state: ChainState): ReadonlyArray<Entry> =>
  scattered(state).flatMap((transaction) =>
    transaction.readInPool === "no" ? [] : entriesOf(transaction, null, transaction.readInPool === "whole")
  )

/** What an entry is worth. */
export const amountMinorOf = ({ amountsMinor }: Entry): bigint => amountsMinor.reduce((sum, amount) => sum + amount, 0n)

/** Everything that was read in blocks, locked or not. */
export const balanceMinor = (state: ChainState): bigint =>
  inBlocks(state).reduce((sum, entry) => sum + amountMinorOf(entry), 0n)
