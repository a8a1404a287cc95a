/** Answers what monero-wallet-rpc 0.18 answers, for the methods that our client calls. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { refusalCodes } from "../../MoneroError.ts"
import { Count } from "../../Wire.ts"
import { addresses } from "../chain/addresses.ts"
import type { ChainKeeper } from "../chain/ChainKeeper.ts"
import type { ChainState } from "../chain/ChainState.ts"
import { balanceMinor, type Entry, inBlocks, inPool, lookAtPool, refresh } from "../chain/wallet.ts"
import { entryWire } from "./entryWire.ts"
import { type Method, method, RpcRefusal } from "./rpc.ts"

/** The wallet has no code for a daemon that is away when it only wanted to look at the pool. */
const daemonAway = new RpcRefusal({ code: 0, reason: "" })

const Query = Schema.Struct({
  in: Schema.optionalKey(Schema.Boolean),
  pool: Schema.optionalKey(Schema.Boolean),
  filter_by_height: Schema.optionalKey(Schema.Boolean),
  min_height: Schema.optionalKey(Count),
  max_height: Schema.optionalKey(Count)
})

/** Above the one height, up to and including the other. Without `filter_by_height` neither counts. */
const isAsked =
  ({ filter_by_height = false, max_height = Infinity, min_height = 0 }: typeof Query.Type) =>
  ({ height }: Entry): boolean => !filter_by_height || height !== null && height > min_height && height <= max_height

const notFound = (reason: string): RpcRefusal => new RpcRefusal({ code: refusalCodes.wrongTransactionId, reason })

const printedBy = ({ walletHeight }: ChainState) => (entry: Entry) => entryWire(entry, walletHeight)

/** Lists that are empty are left out. */
const list = (name: "in" | "pool", entries: ReadonlyArray<unknown>) => entries.length === 0 ? {} : { [name]: entries }

const listsOf = (state: ChainState, query: typeof Query.Type) => ({
  ...list("in", query.in === true ? inBlocks(state).filter(isAsked(query)).map(printedBy(state)) : []),
  ...list("pool", query.pool === true ? inPool(state).map(printedBy(state)) : [])
})

const entriesOf = (state: ChainState, txid: string) =>
  [...inBlocks(state), ...inPool(state)].filter(({ transaction }) => transaction.id === txid).map(printedBy(state))

const addressBook = {
  address: addresses[0],
  addresses: addresses.map((address, index) => ({
    address,
    address_index: index,
    label: index === 0 ? "Primary account" : "",
    used: false
  }))
}

/** The wallet's methods over a chain. */
export const walletMethods = ({ change, read }: ChainKeeper): ReadonlyMap<string, Method> => {
  /** Looks by way of the daemon; refuses as told when that is down, or when what was read cannot be kept. */
  const look = (see: (state: ChainState) => ChainState, refusal: RpcRefusal): Effect.Effect<ChainState, RpcRefusal> =>
    Effect.flatMap(read, ({ isDaemonUp }) =>
      isDaemonUp
        ? Effect.mapError(
          change((state) => Result.succeed(see(state))),
          ({ detail }) => new RpcRefusal({ code: -1, reason: detail })
        )
        : refusal)
  const noDaemon = new RpcRefusal({ code: refusalCodes.noDaemonConnection, reason: "no connection to daemon" })
  return new Map<string, Method>([
    ["get_height", method(Schema.Unknown, () => Effect.map(read, ({ walletHeight }) => ({ height: walletHeight })))],
    ["get_address", method(Schema.Unknown, () => Effect.succeed(addressBook))],
    [
      "get_balance",
      method(Schema.Unknown, () => Effect.map(read, (state) => ({ balance: balanceMinor(state) })))
    ],
    [
      "refresh",
      method(Schema.Unknown, () =>
        Effect.gen(function*() {
          const before = yield* read
          const after = yield* look(refresh, noDaemon)
          return { blocks_fetched: after.walletHeight - before.walletHeight, received_money: false }
        }))
    ],
    [
      "get_transfers",
      method(
        Query,
        (query) =>
          Effect.map(query.pool === true ? look(lookAtPool, daemonAway) : read, (state) => listsOf(state, query))
      )
    ],
    [
      "get_transfer_by_txid",
      method(Schema.Struct({ txid: Schema.String }), ({ txid }) =>
        Effect.gen(function*() {
          if (!/^[0-9a-f]{64}$/u.test(txid)) return yield* notFound("Transaction ID has invalid format")
          const transfers = entriesOf(yield* look(lookAtPool, daemonAway), txid)
          return transfers.length === 0
            ? yield* notFound("Transaction not found.")
            : { transfer: transfers[0], transfers }
        }))
    ]
  ])
}
