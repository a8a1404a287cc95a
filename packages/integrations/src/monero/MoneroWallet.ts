/** Asks monero-wallet-rpc about the wallet that tickets are paid to. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { type MoneroError, refusalCodes } from "./MoneroError.ts"
import { type JsonRpc, makeJsonRpc } from "./rpc/JsonRpc.ts"
import type { RpcOptions } from "./rpc/RpcOptions.ts"
import {
  Address,
  Balance,
  Height,
  Refreshed,
  TransactionHash,
  TransferByHash,
  type TransferEntry,
  Transfers
} from "./Wire.ts"

/** Incoming entries: in blocks (coinbase included) and in the pool. */
export interface Incoming {
  readonly inBlocks: ReadonlyArray<TransferEntry>
  readonly inPool: ReadonlyArray<TransferEntry>
}

/** A wallet. It needs a full or view-only wallet that is open, on a wallet-rpc that is not restricted. */
export class MoneroWallet extends Context.Service<MoneroWallet, {
  /** Reads new blocks. Refused with -38 when the wallet has no daemon. */
  readonly refresh: Effect.Effect<void, MoneroError>
  /** Blocks that the wallet has read: one more than the height of its top block. Answers without a daemon. */
  readonly height: Effect.Effect<number, MoneroError>
  readonly primaryAddress: Effect.Effect<string, MoneroError>
  /** What is in blocks, locked or not, over all accounts, in piconero. */
  readonly balanceMinor: Effect.Effect<bigint, MoneroError>
  /**
   * Entries above a height (exclusive, as in Monero), and all of the pool; up to a height (inclusive) where one is given,
   * and then none of the pool. Refused while the wallet has no daemon. The whole answer has at most 64 MiB, some 100,000
   * entries.
   */
  readonly incoming: (aboveHeight: number, upToHeight?: number) => Effect.Effect<Incoming, MoneroError>
  /** Entries of one transaction, by its 64 lower-case hex digits; none when the wallet does not know it. */
  readonly byTransaction: (transactionId: string) => Effect.Effect<ReadonlyArray<TransferEntry>, MoneroError>
}>()("@purser/integrations/monero/MoneroWallet") {
  /** A client that takes at most `concurrency` connections. */
  static readonly layer = (options: RpcOptions): Layer.Layer<MoneroWallet> =>
    Layer.effect(MoneroWallet, Effect.map(makeJsonRpc("wallet", options), clientOf))
}

const clientOf = ({ call }: JsonRpc): MoneroWallet["Service"] => ({
  refresh: Effect.asVoid(call({ method: "refresh", parameters: {}, result: Refreshed })),
  height: Effect.map(call({ method: "get_height", parameters: {}, result: Height }), ({ height }) => height),
  primaryAddress: Effect.map(
    call({ method: "get_address", parameters: { account_index: 0, address_index: [0] }, result: Address }),
    ({ address }) => address
  ),
  balanceMinor: Effect.map(
    call({
      method: "get_balance",
      parameters: { account_index: 0, all_accounts: true, strict: true },
      result: Balance
    }),
    ({ balance }) => balance
  ),
  incoming: (aboveHeight, upToHeight) =>
    Effect.map(call({ method: "get_transfers", parameters: query(aboveHeight, upToHeight), result: Transfers }), split),
  byTransaction: (transactionId) =>
    hashOf(transactionId).pipe(
      Effect.flatMap((txid) => call({ method: "get_transfer_by_txid", parameters: { txid }, result: TransferByHash })),
      Effect.map(({ transfers }) => transfers.filter(isIncoming)),
      Effect.catchTag(
        "MoneroRefused",
        (error) => error.code === refusalCodes.wrongTransactionId ? Effect.succeed([]) : Effect.fail(error)
      )
    )
})

/** Monero refuses what is not a hash with the code of an unknown transaction: a slip of ours would look like a loss. */
const hashOf = (transactionId: string): Effect.Effect<string> =>
  Effect.orDie(Schema.decodeEffect(TransactionHash)(transactionId))

const query = (aboveHeight: number, upToHeight: number | undefined) => ({
  in: true,
  pool: upToHeight === undefined,
  filter_by_height: true,
  min_height: aboveHeight,
  ...upToHeight === undefined ? {} : { max_height: upToHeight },
  all_accounts: true
})

const isIncoming = ({ type }: TransferEntry): boolean => type === "in" || type === "pool" || type === "block"

const split = (transfers: typeof Transfers.Type): Incoming => ({
  inBlocks: transfers.in ?? [],
  inPool: transfers.pool ?? []
})
