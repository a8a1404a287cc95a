/** Prints entries of the wallet, field by field as monero-wallet-rpc 0.18 does. */
import { addresses } from "../chain/addresses.ts"
import { amountMinorOf, type Entry } from "../chain/wallet.ts"

/** Smaller unlock times are heights, larger ones are seconds since 1970. */
const heightsBelow = 500_000_000n
/** Blocks until any output can be spent. */
const spendableAfter = 10

const isLocked = ({ height, transaction: { unlockTime } }: Entry, walletHeight: number): boolean => {
  if (height === null || walletHeight - height < spendableAfter) return true
  return unlockTime >= heightsBelow || unlockTime > BigInt(walletHeight)
}

const typeOf = ({ height, transaction }: Entry): string => {
  if (height === null) return "pool"
  return transaction.isReward ? "block" : "in"
}

/** An entry of `get_transfers`. Those in the pool have height 0 and no `confirmations`. */
export const entryWire = (entry: Entry, walletHeight: number) => {
  const { amountsMinor, height, subaddress, transaction } = entry
  const index = { major: 0, minor: subaddress }
  return {
    address: addresses[subaddress],
    amount: amountMinorOf(entry),
    amounts: amountsMinor,
    ...(height === null ? {} : { confirmations: walletHeight - height }),
    double_spend_seen: false,
    fee: 0,
    height: height ?? 0,
    locked: isLocked(entry, walletHeight),
    note: "",
    payment_id: transaction.paymentId,
    subaddr_index: index,
    subaddr_indices: [index],
    suggested_confirmations_threshold: 1,
    timestamp: Math.floor(transaction.sentAtMillis / 1000),
    txid: transaction.id,
    type: typeOf(entry),
    unlock_time: transaction.unlockTime
  }
}
