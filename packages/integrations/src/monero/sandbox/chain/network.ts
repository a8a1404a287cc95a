/** Moves transactions between pool and blocks as the network does: pure. */
import * as Result from "effect/Result"
import { SandboxRefusedRequest } from "../SandboxError.ts"
import type { Reorganisation } from "../SandboxOperations.ts"
import type { ChainState, Place, Transaction } from "./ChainState.ts"

/** A state, or why there is none. */
export type Step = Result.Result<ChainState, SandboxRefusedRequest>

/** A transaction that the wallet has not read. */
export type Sent = Pick<Transaction, "id" | "paymentId" | "outputs" | "unlockTime" | "isReward" | "sentAtMillis">

const blocksMost = 10_000

const refuse = (code: SandboxRefusedRequest["code"], detail: string) =>
  Result.fail(new SandboxRefusedRequest({ code, detail }))

const isWithin = (value: number, most: number): boolean => Number.isSafeInteger(value) && value >= 1 && value <= most

const unread = (sent: Sent, place: Place): Transaction => ({
  ...sent,
  place,
  readIn: null,
  readInPool: "no",
  isScanned: false
})

const add = (state: ChainState, added: ReadonlyArray<Transaction>): ChainState => ({
  ...state,
  transactions: [...state.transactions, ...added]
})

const moveEach = (state: ChainState, place: (transaction: Transaction) => Place): ChainState => ({
  ...state,
  transactions: state.transactions.map((transaction) => ({ ...transaction, place: place(transaction) }))
})

const move = (state: ChainState, id: string, to: Place): ChainState =>
  moveEach(state, (transaction) => transaction.id === id ? to : transaction.place)

/** Sends into the pool. */
export const send = (state: ChainState, sent: Sent): ChainState => add(state, [unread(sent, "pool")])

/** Mines blocks on top, the pool in the first. */
const grow = (state: ChainState, blocks: number): ChainState => ({
  ...moveEach(state, ({ place }) => place === "pool" ? state.height : place),
  height: state.height + blocks
})

/** Mines as many blocks; `reward`, where there is one, makes the transaction that a block of that height pays. */
export const mine = (state: ChainState, blocks: number, reward?: (height: number) => Sent): Step => {
  if (!isWithin(blocks, blocksMost)) return refuse("blocks", `1 to ${blocksMost} blocks at once`)
  const grown = grow(state, blocks)
  if (reward === undefined) return Result.succeed(grown)
  const heights = Array.from({ length: blocks }, (_, index) => state.height + index)
  return Result.succeed(add(grown, heights.map((height) => unread(reward(height), height))))
}

/** Replaces the last blocks. The new ones were mined elsewhere: they hold nothing for this wallet. */
export const reorganise = (state: ChainState, { depth, fate }: Reorganisation): Step => {
  if (!isWithin(depth, state.height - 1)) return refuse("depth", `1 to ${state.height - 1} blocks can be replaced`)
  const kept = state.height - depth
  const placeAfter = ({ isReward, place }: Transaction): Place => {
    if (typeof place !== "number" || place < kept) return place
    return isReward ? "spent" : fate
  }
  return Result.succeed({ ...moveEach(state, placeAfter), height: state.height + 1 })
}

const find = (state: ChainState, id: string): Result.Result<Transaction, SandboxRefusedRequest> => {
  const found = state.transactions.find((transaction) => transaction.id === id)
  return found === undefined ? refuse("unknown_transaction", "no transaction has that id") : Result.succeed(found)
}

/** Sends a lost transaction again. */
export const resend = (state: ChainState, id: string): Step =>
  Result.flatMap(
    find(state, id),
    ({ place }) =>
      place === "lost"
        ? Result.succeed(move(state, id, "pool"))
        : refuse("not_lost", "only a transaction that a reorganisation lost can be sent again")
  )

/** Mines a block that spends the money of a transaction elsewhere. */
export const doubleSpend = (state: ChainState, id: string): Step =>
  Result.flatMap(find(state, id), ({ place }) =>
    typeof place === "number"
      ? refuse("in_a_block", "money that was spent in a block cannot be spent again")
      : Result.succeed(grow(move(state, id, "spent"), 1)))
