/** Keeps a chain in memory, with a wallet that follows it as a real one does. */
import type { Observation, PaymentKey } from "@purser/domain/payments"
import type { Fate, Sending } from "./Chain.ts"

interface Transaction extends Sending {
  readonly id: string
  readonly isOwnChange?: boolean
}

/** A transaction with the height of its block, null in the pool. */
export interface Placed {
  readonly transaction: Transaction
  readonly height: number | null
}

/** The chain, its pool, and what was lost from both. Heights count from 0; block 0 is empty. */
export class ChainModel {
  #blocks: Array<ReadonlyArray<Transaction>> = [[]]
  #pool: Array<Transaction> = []
  readonly #lost = new Map<string, Transaction>()
  #sent = 0
  /** Whether the daemon answers. */
  isUp = true
  /** Whether the wallet answers. */
  isWalletUp = true
  /** What the daemon says that its height is, where it lies or has lost blocks. */
  heightShown: number | undefined
  /** How many blocks the wallet has read, where it starts over. */
  blocksRead: number | undefined
  /** Told which heights are asked for. */
  onRead: (aboveHeight: number, upToHeight: number | undefined) => unknown = () => undefined

  /** Blocks, the first one included. */
  get height(): number {
    return this.#blocks.length
  }

  pay(sending: Omit<Transaction, "id">): string {
    this.#sent += 1
    const id = this.#sent.toString(16).padStart(64, "0")
    this.#pool.push({ ...sending, id })
    return id
  }

  spendOwn(): void {
    this.pay({ outputs: [{ id8: "dad52f9fa288ecf0", amountMinor: 3_191_600_000n }], isOwnChange: true })
  }

  mine(blocks: number): void {
    for (let mined = 0; mined < blocks; mined++) this.#blocks.push(this.#pool.splice(0))
  }

  reorganise(depth: number, fate: Fate): void {
    const popped = this.#blocks.splice(this.height - depth).flat()
    const pool = this.#pool.splice(0)
    // The new branch was mined elsewhere: it holds none of ours.
    this.mine(depth + 1)
    this.#pool = fate === "pool" ? [...popped, ...pool] : pool
    if (fate === "lost") { for (const transaction of popped) this.#lost.set(transaction.id, transaction) }
  }

  resend(id: string): void {
    const transaction = this.#lost.get(id)
    if (transaction === undefined) throw new Error(`nothing lost under ${id}`)
    this.#lost.delete(id)
    this.#pool.push(transaction)
  }

  doubleSpend(id: string): void {
    if (!this.#lost.delete(id)) throw new Error(`nothing lost under ${id}`)
    this.mine(1)
  }

  /** Ids that can be sent again. */
  get lost(): ReadonlyArray<string> {
    return [...this.#lost.keys()]
  }

  /** Blocks that the wallet has read. */
  get walletHeight(): number {
    return this.blocksRead ?? this.height
  }

  /** Everything that the wallet can see, lowest block first, the pool last. */
  get placed(): ReadonlyArray<Placed> {
    return [
      ...this.#blocks.slice(0, this.walletHeight).flatMap((block, height) =>
        block.map((transaction) => ({ transaction, height }))
      ),
      ...this.#pool.map((transaction) => ({ transaction, height: null }))
    ]
  }
}

/** As a wallet shows a transaction: outputs to one address are one entry. */
export const observationsOf = ({ height, transaction }: Placed): ReadonlyArray<Observation> => {
  const byAddress = Map.groupBy(transaction.outputs, ({ subaddress = 0 }) => subaddress)
  return [...byAddress].map(([minor, outputs]) => ({
    key: `${transaction.id}/0/${minor}` as PaymentKey,
    transactionId: transaction.id,
    target: outputs[0]?.id8 ?? null,
    amountMinor: outputs.reduce((sum, output) => sum + output.amountMinor, 0n),
    height,
    unlockTime: transaction.unlockTime ?? 0n,
    doubleSpendSeen: false,
    ownChange: transaction.isOwnChange ?? false
  }))
}
