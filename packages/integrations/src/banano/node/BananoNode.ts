/** Asks a node of Banano about accounts and blocks, and publishes blocks. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { BananoAddress } from "../crypto/Address.ts"
import { type BlockHash, noBlock } from "../crypto/hash.ts"
import type { Frontier, SignedBlock, Subtype } from "../crypto/StateBlock.ts"
import { isWorkEnough, type Work, workThreshold } from "../crypto/work.ts"
import { type BananoError, BananoMalformed, type RefusalReason } from "./BananoError.ts"
import type { NodeOptions } from "./NodeOptions.ts"
import { makeNodeRpc, type NodeRpc } from "./nodeRpc.ts"
import { type Publication, publicationOf } from "./Publication.ts"
import * as Wire from "./Wire.ts"

/** Where an account stands, all from one answer; the confirmed part where the node tells it. */
export interface AccountInfo extends Frontier {
  /** The first block of the account, where the node tells it. */
  readonly openBlock: BlockHash | undefined
  readonly blockCount: number
  readonly confirmedBalanceRaw: bigint | undefined
  readonly confirmedFrontier: BlockHash | undefined
  readonly receivableRaw: bigint | undefined
}

/** What is confirmed, and what can be received on top. */
export interface AccountBalance {
  readonly balanceRaw: bigint
  readonly receivableRaw: bigint
}

/** A confirmed send that waits to be received. */
export interface ReceivableBlock {
  readonly hash: BlockHash
  readonly amountRaw: bigint
  readonly source: BananoAddress
}

/** A block in the node's ledger. Only a confirmed one is there to stay. `height` counts the account's blocks from 1. */
export interface BlockInfo {
  readonly account: BananoAddress
  readonly amountRaw: bigint | undefined
  readonly balanceRaw: bigint
  readonly height: number
  readonly isConfirmed: boolean
  /** The block of the account that follows; undefined while none does, or where the node does not tell. */
  readonly successor: BlockHash | undefined
  readonly subtype: string | undefined
}

/** What runs there, and how much of the ledger it has. */
export interface NodeHealth {
  readonly vendor: string
  readonly network: string | undefined
  readonly blocks: number
  /** Blocks that wait for others; many and growing while it catches up. */
  readonly unchecked: number
}

/** A node. */
export class BananoNode extends Context.Service<BananoNode, {
  /** Undefined for an account that has no block yet. */
  readonly accountInfo: (account: BananoAddress) => Effect.Effect<AccountInfo | undefined, BananoError>
  readonly accountBalance: (account: BananoAddress) => Effect.Effect<AccountBalance, BananoError>
  /** Those of at least `leastRaw`, the largest first; at most `most` (1 to 1,000; 100 unless given). */
  readonly receivable: (
    account: BananoAddress,
    limits?: { readonly most?: number; readonly leastRaw?: bigint }
  ) => Effect.Effect<ReadonlyArray<ReceivableBlock>, BananoError>
  /** Undefined for one that the node does not have. */
  readonly blockInfo: (hash: BlockHash) => Effect.Effect<BlockInfo | undefined, BananoError>
  /**
   * Publishes, once. With a subtype the node checks that the block does what is meant; leave it out when the same block
   * is published again, or one that has landed is told `SubtypeBalance` instead of "Old block".
   */
  readonly publish: (block: SignedBlock, subtype?: Subtype) => Effect.Effect<Publication>
  /** Work of the node, checked here. Refused where it makes none: `ControlDisabled`, `WorkDisabled`, `WorkFailed`. */
  readonly generateWork: (root: BlockHash, threshold?: bigint) => Effect.Effect<Work, BananoError>
  readonly health: Effect.Effect<NodeHealth, BananoError>
}>()("@purser/integrations/banano/BananoNode") {
  /** A client that takes at most `concurrency` connections. */
  static readonly layer = (options: NodeOptions): Layer.Layer<BananoNode> =>
    Layer.effect(BananoNode, Effect.map(makeNodeRpc(options), clientOf))
}

const unless = <A>(reason: RefusalReason, effect: Effect.Effect<A, BananoError>) =>
  Effect.catchTag(
    effect,
    "BananoRefused",
    (error) => error.reason === reason ? Effect.undefined : Effect.fail(error)
  )

const accountInfo = ({ read }: NodeRpc): BananoNode["Service"]["accountInfo"] => (account) => {
  const parameters = { account, representative: "true", receivable: "true", include_confirmed: "true" }
  return unless(
    "AccountNotFound",
    Effect.map(read({ action: "account_info", parameters, answer: Wire.AccountInfo }), (info) => ({
      account,
      frontier: info.frontier,
      openBlock: info.open_block,
      representative: info.representative,
      balanceRaw: info.balance,
      blockCount: info.block_count,
      confirmedBalanceRaw: info.confirmed_balance,
      confirmedFrontier: info.confirmed_frontier,
      receivableRaw: info.receivable
    }))
  )
}

const receivable = ({ read }: NodeRpc): BananoNode["Service"]["receivable"] => (account, limits = {}) => {
  const { leastRaw = 1n, most = 100 } = limits
  const parameters = {
    account,
    count: String(Math.min(Math.max(Math.trunc(most), 1), 1000)),
    threshold: String(leastRaw),
    source: "true",
    sorting: "true",
    include_only_confirmed: "true"
  }
  return Effect.map(
    read({ action: "receivable", parameters, answer: Wire.Receivable }),
    ({ blocks }) =>
      blocks === "" ? [] : Object.entries(blocks).map(([hash, { amount, source }]) => ({
        hash: hash as BlockHash,
        amountRaw: amount,
        source
      }))
  )
}

const blockInfo = ({ read }: NodeRpc): BananoNode["Service"]["blockInfo"] => (hash) =>
  unless(
    "BlockNotFound",
    Effect.map(
      read({ action: "block_info", parameters: { hash, json_block: "true" }, answer: Wire.BlockInfo }),
      (info) => ({
        account: info.block_account,
        amountRaw: info.amount,
        balanceRaw: info.balance,
        height: info.height,
        isConfirmed: info.confirmed,
        successor: info.successor === "" || info.successor === noBlock ? undefined : info.successor,
        subtype: info.subtype
      })
    )
  )

const printed = ({ account, balanceRaw, link, previous, representative, signature, work }: SignedBlock) => ({
  type: "state",
  account,
  previous,
  representative,
  balance: String(balanceRaw),
  link,
  signature,
  work
})

/** A node that names another hash took another block, or is none: not to be trusted either way. */
const publish = ({ write }: NodeRpc): BananoNode["Service"]["publish"] => (block, subtype) => {
  const parameters = {
    json_block: "true",
    ...(subtype === undefined ? {} : { subtype }),
    block: printed(block)
  }
  const foreign: BananoError = new BananoMalformed({ action: "process", where: "another hash" })
  return Effect.match(write({ action: "process", parameters, answer: Wire.Processed }), {
    onSuccess: ({ hash }): Publication => hash === block.hash ? { _tag: "Taken" } : { _tag: "Unclear", error: foreign },
    onFailure: publicationOf
  })
}

const generateWork = ({ write }: NodeRpc): BananoNode["Service"]["generateWork"] => (root, threshold = workThreshold) =>
  Effect.flatMap(
    write({
      action: "work_generate",
      parameters: { hash: root, difficulty: threshold.toString(16).padStart(16, "0") },
      answer: Wire.Generated
    }),
    ({ work }) =>
      isWorkEnough(root, work, threshold)
        ? Effect.succeed(work)
        : new BananoMalformed({ action: "work_generate", where: "too little work" })
  )

const health = ({ read }: NodeRpc): BananoNode["Service"]["health"] =>
  Effect.zipWith(
    read({ action: "version", parameters: {}, answer: Wire.Version }),
    read({ action: "block_count", parameters: {}, answer: Wire.BlockCount }),
    ({ network, node_vendor: vendor }, { count: blocks, unchecked }) => ({ vendor, network, blocks, unchecked })
  )

const clientOf = (rpc: NodeRpc): BananoNode["Service"] => ({
  accountInfo: accountInfo(rpc),
  accountBalance: (account) =>
    Effect.map(
      rpc.read({ action: "account_balance", parameters: { account }, answer: Wire.AccountBalance }),
      ({ balance, pending = 0n, receivable = pending }) => ({ balanceRaw: balance, receivableRaw: receivable })
    ),
  receivable: receivable(rpc),
  blockInfo: blockInfo(rpc),
  publish: publish(rpc),
  generateWork: generateWork(rpc),
  health: health(rpc)
})
