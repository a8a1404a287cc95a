/** Turns what a wallet shows into the terms of the domain. */
import { type Observation, PaymentKey } from "@purser/domain/payments"
import type { Incoming } from "./MoneroWallet.ts"
import type { TransferEntry } from "./Wire.ts"

const noId = "0".repeat(16)

/** Monero pads 8-byte ids to 32 in some answers; what is longer than that was never an id of ours. */
const targetOf = ({ payment_id: id }: TransferEntry): string | null => {
  const short = id.length === 64 && id.endsWith("0".repeat(48)) ? id.slice(0, 16) : id
  return short.length === 16 && short !== noId ? short : null
}

const isPool = ({ height, type }: TransferEntry): boolean => type === "pool" || height === 0

/** One payment. `ownTransactions` are ids of transactions that the operator made: their change looks like a payment. */
export const observe = (ownTransactions: ReadonlySet<string>) => (entry: TransferEntry): Observation => ({
  key: PaymentKey.make(`${entry.txid}/${entry.subaddr_index.major}/${entry.subaddr_index.minor}`),
  transactionId: entry.txid,
  target: targetOf(entry),
  amountMinor: entry.amount,
  height: isPool(entry) ? null : entry.height,
  // Every block reward is locked for 60 blocks by the rules of the chain, not by a payer.
  unlockTime: entry.type === "block" ? 0n : entry.unlock_time,
  doubleSpendSeen: entry.double_spend_seen ?? false,
  ownChange: ownTransactions.has(entry.txid)
})

/** All of them; a transaction that is in a block is not in the pool any more, whatever the wallet says. */
export const observeAll = (
  { inBlocks, inPool }: Incoming,
  ownTransactions: ReadonlySet<string>
): ReadonlyArray<Observation> => {
  const mined = new Set(inBlocks.map(({ txid }) => txid))
  return [...inBlocks, ...inPool.filter(({ txid }) => !mined.has(txid))].map(observe(ownTransactions))
}
