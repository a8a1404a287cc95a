/** Does to the real daemon and the payer's real wallet what stories ask for, call by call. */
import { setTimeout as sleep } from "node:timers/promises"
import type { RegtestEndpoints } from "../../../../scripts/testing/regtest/chain.ts"
import { mine } from "../../../../scripts/testing/regtest/mine.ts"
import { ask, rpc, RpcRefused } from "../../../../scripts/testing/regtest/rpc.ts"
import type { Fate } from "./Chain.ts"

/** Where money goes. */
export interface Destination {
  readonly address: string
  readonly amount: bigint
}

interface Sent {
  readonly tx_hash: string
  readonly tx_blob: string
  readonly spent_key_images: { readonly key_images: ReadonlyArray<string> }
}

/** A transaction that can be sent again, or whose money can be spent elsewhere. */
interface Kept {
  readonly blob: string
  readonly keyImages: ReadonlyArray<string>
}

interface Waiting {
  readonly tx_hash: string
  readonly as_hex: string
  readonly relayed?: boolean
}

/** A wallet whose daemon was away says so once more when it is back. */
const refresh = async (walletUrl: string): Promise<void> => {
  try {
    await rpc(walletUrl, "refresh")
  } catch (error) {
    if (!(error instanceof RpcRefused && error.code === -38)) throw error
    await rpc(walletUrl, "refresh")
  }
}

const feeMinor = 5_000_000_000n

/** The programs of one lease. */
export class RegtestNode {
  readonly #at: RegtestEndpoints
  readonly #sent = new Map<string, Kept>()
  /** Ids of what the operator spent. */
  readonly ownTransactions = new Set<string>()

  constructor(at: RegtestEndpoints) {
    this.#at = at
  }

  async height(): Promise<number> {
    return (await rpc<{ readonly height: number }>(this.#at.daemonUrl, "get_info")).height
  }

  async pay(destinations: ReadonlyArray<Destination>, unlockTime: bigint): Promise<string> {
    const { payerUrl } = this.#at
    await refresh(payerUrl)
    const sent = await rpc<Sent>(payerUrl, "transfer", { destinations, unlock_time: unlockTime, get_tx_hex: true })
    this.#sent.set(sent.tx_hash, { blob: sent.tx_blob, keyImages: sent.spent_key_images.key_images })
    await this.#untilRelayed(sent.tx_hash)
    return sent.tx_hash
  }

  /** Sends a little to the payer from what the operator has received; the rest comes back. */
  async spendOwn(): Promise<void> {
    const { payerAddress, spenderUrl } = this.#at
    await refresh(spenderUrl)
    const { unlocked_balance: free } = await rpc<{ readonly unlocked_balance: number }>(spenderUrl, "get_balance")
    if (BigInt(free) < 2n * feeMinor) throw new Error("the operator has nothing to spend")
    const destinations = [{ address: payerAddress, amount: 1n }]
    const { tx_hash: id } = await rpc<Sent>(spenderUrl, "transfer", { destinations })
    this.ownTransactions.add(id)
    await this.#untilRelayed(id)
  }

  async mine(blocks: number): Promise<void> {
    await mine(this.#at.daemonUrl, this.#at.payerAddress, blocks)
  }

  /** Takes blocks away and mines none; their transactions are in the pool afterwards. */
  async pop(blocks: number): Promise<void> {
    await ask(this.#at.daemonUrl, "/pop_blocks", { nblocks: blocks })
  }

  /** Mines blocks as somebody else does who knows none of the transactions that wait. */
  async mineEmpty(blocks: number): Promise<void> {
    await this.#replacePool(await this.#pool(), blocks)
  }

  async reorganise(depth: number, fate: Fate): Promise<void> {
    const waiting = await this.#pool()
    await this.pop(depth)
    await this.#replacePool(fate === "pool" ? await this.#pool() : waiting, depth + 1)
  }

  /** Mining takes the whole pool in, so it is emptied for as long as that lasts. */
  async #replacePool(transactions: ReadonlyMap<string, string>, blocks: number): Promise<void> {
    await rpc(this.#at.daemonUrl, "flush_txpool")
    await this.mine(blocks)
    for (const [id, blob] of transactions) await this.#send(id, blob)
  }

  async #pool(): Promise<ReadonlyMap<string, string>> {
    const { daemonUrl } = this.#at
    const { tx_hashes: ids = [] } = await ask<{ readonly tx_hashes?: ReadonlyArray<string> }>(
      daemonUrl,
      "/get_transaction_pool_hashes"
    )
    return new Map((await this.#waiting(ids)).map(({ as_hex: blob, tx_hash: id }) => [id, blob]))
  }

  async #waiting(ids: ReadonlyArray<string>): Promise<ReadonlyArray<Waiting>> {
    if (ids.length === 0) return []
    const parameters = { txs_hashes: ids }
    return (await ask<{ readonly txs: ReadonlyArray<Waiting> }>(this.#at.daemonUrl, "/get_transactions", parameters))
      .txs
  }

  /** The daemon takes a transaction first and passes it on a moment later; only then does it go into a block. */
  async #untilRelayed(transactionId: string): Promise<void> {
    for (let round = 0; round < 500; round++) {
      const [transaction] = await this.#waiting([transactionId])
      if (transaction?.relayed === true) return
      await sleep(20)
    }
    throw new Error(`not relayed within 10 s: ${transactionId}`)
  }

  async #send(transactionId: string, blob: string): Promise<void> {
    const parameters = { tx_as_hex: blob }
    const answer = await ask<{ readonly status: string }>(this.#at.daemonUrl, "/send_raw_transaction", parameters)
    if (answer.status !== "OK") throw new Error(`not taken: ${JSON.stringify(answer)}`)
    await this.#untilRelayed(transactionId)
  }

  async resend(transactionId: string): Promise<void> {
    await this.#send(transactionId, this.#kept(transactionId).blob)
  }

  #kept(transactionId: string): Kept {
    const kept = this.#sent.get(transactionId)
    if (kept === undefined) throw new Error(`nothing sent under ${transactionId}`)
    return kept
  }

  /** The payer sends one of the inputs to itself; afterwards the daemon must refuse what spent it before. */
  async doubleSpend(transactionId: string): Promise<void> {
    const { daemonUrl, payerAddress: address, payerUrl } = this.#at
    const { blob, keyImages: [keyImage] } = this.#kept(transactionId)
    await refresh(payerUrl)
    await rpc(payerUrl, "rescan_spent")
    const { tx_hash: id } = await rpc<Sent>(payerUrl, "sweep_single", { address, key_image: keyImage })
    await this.#untilRelayed(id)
    await this.mine(1)
    const answer = await ask<{ readonly double_spend: boolean }>(daemonUrl, "/send_raw_transaction", {
      tx_as_hex: blob
    })
    if (!answer.double_spend) throw new Error(`no double spend: ${JSON.stringify(answer)}`)
  }
}
