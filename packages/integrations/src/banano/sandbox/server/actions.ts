/** Answers what a node of Banano answers about its ledger: pure. */
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { addressOf, type BananoAddress, parseAddress } from "../../crypto/Address.ts"
import { BlockHash, noBlock } from "../../crypto/hash.ts"
import { Block } from "../../node/Wire.ts"
import { type Entry, entryOf, frontierOf, type LedgerState, signedOf, waitingFor } from "../ledger/LedgerState.ts"
import { take } from "../ledger/take.ts"

/** What was asked, and what the sandbox adds: the time, and how much work a block needs. */
export interface Request {
  readonly parameters: Readonly<Record<string, unknown>>
  readonly atMillis: number
  readonly threshold: bigint
}

/** The ledger after an action, and its answer. */
export interface Acted {
  readonly state: LedgerState
  readonly answer: object
}

/** An action of the node. */
export type Action = (state: LedgerState, request: Request) => Acted

const refuse = (state: LedgerState, error: string): Acted => ({ state, answer: { error } })

const ofAccount =
  (answer: (state: LedgerState, account: BananoAddress, request: Request) => object): Action => (state, request) => {
    const account = parseAddress(String(request.parameters["account"] ?? ""))
    return Result.isFailure(account)
      ? refuse(state, "Bad account number")
      : { state, answer: answer(state, account.success, request) }
  }

const confirmedOf = (state: LedgerState, account: BananoAddress): Entry | undefined =>
  state.entries.findLast(({ block, isConfirmed }) => isConfirmed && block.account === account)

const receivableRaw = (state: LedgerState, account: BananoAddress): bigint =>
  waitingFor(state, account).filter(({ isConfirmed }) => isConfirmed).reduce(
    (sum, { amountRaw }) => sum + amountRaw,
    0n
  )

/** The parts that are told only when they are asked for. */
const askedOf = (state: LedgerState, { block }: Entry, parameters: Request["parameters"]): object => {
  const confirmed = confirmedOf(state, block.account)
  return {
    ...(parameters["representative"] === "true" ? { representative: block.representative } : {}),
    ...(parameters["receivable"] === "true" ? { receivable: String(receivableRaw(state, block.account)) } : {}),
    ...(parameters["include_confirmed"] === "true"
      ? {
        confirmed_balance: String(confirmed?.block.balance ?? 0n),
        confirmed_height: String(confirmed?.height ?? 0),
        confirmed_frontier: confirmed?.hash ?? noBlock
      }
      : {})
  }
}

const accountInfo = ofAccount((state, account, { parameters }) => {
  const frontier = frontierOf(state, account)
  if (frontier === undefined) return { error: "Account not found" }
  const confirmed = confirmedOf(state, account)
  const first = state.entries.find(({ block }) => block.account === account)
  return {
    frontier: frontier.hash,
    open_block: first?.hash,
    representative_block: frontier.hash,
    balance: String(frontier.block.balance),
    modified_timestamp: String(Math.floor(frontier.arrivedAtMillis / 1000)),
    block_count: String(frontier.height),
    account_version: "2",
    confirmation_height: String(confirmed?.height ?? 0),
    confirmation_height_frontier: confirmed?.hash ?? noBlock,
    ...askedOf(state, frontier, parameters)
  }
})

const accountBalance = ofAccount((state, account) => {
  const receivable = String(receivableRaw(state, account))
  return { balance: String(confirmedOf(state, account)?.block.balance ?? 0n), pending: receivable, receivable }
})

const receivable = ofAccount((state, account, { parameters }) => {
  const least = BigInt(String(parameters["threshold"] ?? "0"))
  const listed = waitingFor(state, account)
    .filter(({ amountRaw, isConfirmed }) => isConfirmed && amountRaw >= least)
    .slice(0, Number(parameters["count"] ?? 1000))
  if (listed.length === 0) return { blocks: "" }
  return {
    blocks: Object.fromEntries(
      listed.map(({ amountRaw, hash, source = addressOf(noBlock) }) => [hash, { amount: String(amountRaw), source }])
    )
  }
})

const printed = Schema.encodeSync(Block)

const blockInfo: Action = (state, { parameters }) => {
  const hash = Schema.decodeUnknownOption(BlockHash)(parameters["hash"])
  if (Option.isNone(hash)) return refuse(state, "Invalid block hash")
  const entry = entryOf(state, hash.value)
  if (entry === undefined) return refuse(state, "Block not found")
  const answer = {
    block_account: entry.block.account,
    amount: String(entry.amountRaw),
    balance: String(entry.block.balance),
    height: String(entry.height),
    local_timestamp: String(Math.floor(entry.arrivedAtMillis / 1000)),
    successor: state.entries.find(({ block }) => block.previous === entry.hash)?.hash ?? noBlock,
    confirmed: String(entry.isConfirmed),
    contents: printed(entry.block),
    subtype: entry.subtype === "open" ? "receive" : entry.subtype
  }
  return { state, answer }
}

const process: Action = (state, { atMillis, parameters, threshold }) => {
  const wire = Schema.decodeUnknownOption(Block)(parameters["block"])
  if (parameters["json_block"] !== "true" || Option.isNone(wire)) return refuse(state, "Block is invalid")
  const { subtype } = parameters
  const offer = { wire: wire.value, subtype: typeof subtype === "string" ? subtype : undefined, threshold, atMillis }
  const { error, state: after } = take(state, offer)
  return error === undefined ? { state: after, answer: { hash: signedOf(wire.value).hash } } : refuse(after, error)
}

const version: Action = (state) => ({
  state,
  answer: {
    rpc_version: "1",
    store_version: "22",
    protocol_version: "19",
    node_vendor: "Purser sandbox of Banano",
    network: "sandbox"
  }
})

const blockCount: Action = (state) => ({
  state,
  answer: {
    count: String(state.entries.length),
    unchecked: String(state.unchecked.length),
    cemented: String(state.entries.filter(({ isConfirmed }) => isConfirmed).length)
  }
})

/** Every action but `work_generate`, which takes time. */
export const actions: ReadonlyMap<string, Action> = new Map([
  ["account_info", accountInfo],
  ["account_balance", accountBalance],
  ["receivable", receivable],
  ["block_info", blockInfo],
  ["process", process],
  ["version", version],
  ["block_count", blockCount]
])
