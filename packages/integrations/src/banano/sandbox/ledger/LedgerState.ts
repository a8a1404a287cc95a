/** Models the ledger of a node: the blocks that it took, in order, and those that wait. */
import * as Schema from "effect/Schema"
import { type BananoAddress, publicKeyOf } from "../../crypto/Address.ts"
import { BlockHash, noBlock } from "../../crypto/hash.ts"
import { hashOf, type SignedBlock } from "../../crypto/StateBlock.ts"
import { Block } from "../../node/Wire.ts"

/** A block in the ledger. `amountRaw` is what it moved. */
export const Entry = Schema.Struct({
  block: Block,
  hash: BlockHash,
  subtype: Schema.Literals(["send", "receive", "open", "change"]),
  amountRaw: Schema.BigIntFromString,
  height: Schema.Int,
  arrivedAtMillis: Schema.Int,
  isConfirmed: Schema.Boolean
})
/** An entry as it was read. */
export type Entry = typeof Entry.Type

/** What is kept. What was funded is counted, for the sandbox's own account has no blocks. */
export const LedgerState = Schema.Struct({
  format: Schema.Literal(1),
  entries: Schema.Array(Entry),
  unchecked: Schema.Array(Block),
  fundings: Schema.Array(Schema.Struct({ hash: BlockHash, to: BlockHash, amountRaw: Schema.BigIntFromString }))
})
/** A state as it was read. */
export type LedgerState = typeof LedgerState.Type

/** A ledger without blocks. */
export const empty: LedgerState = { format: 1, entries: [], unchecked: [], fundings: [] }

/** A block off the wire, with its hash. */
export const signedOf = ({ balance, type: _type, ...rest }: typeof Block.Type): SignedBlock => {
  const block = { ...rest, balanceRaw: balance }
  return { ...block, hash: hashOf(block) }
}

/** The last block of an account. */
export const frontierOf = (state: LedgerState, account: BananoAddress): Entry | undefined =>
  state.entries.findLast(({ block }) => block.account === account)

/** A block by its hash. */
export const entryOf = (state: LedgerState, hash: BlockHash): Entry | undefined =>
  state.entries.find((entry) => entry.hash === hash)

/** A send that can be received. */
export interface Waiting {
  readonly hash: BlockHash
  readonly amountRaw: bigint
  /** The account that sent; none for play money. */
  readonly source: BananoAddress | undefined
  readonly isConfirmed: boolean
}

const received = (state: LedgerState): ReadonlySet<BlockHash> =>
  new Set(
    state.entries.filter(({ subtype }) => subtype === "receive" || subtype === "open").map(({ block }) => block.link)
  )

/** What an account can receive, the largest first. */
export const waitingFor = (state: LedgerState, account: BananoAddress): ReadonlyArray<Waiting> => {
  const key = publicKeyOf(account)
  const gone = received(state)
  const sent = state.entries.filter(({ block, subtype }) => subtype === "send" && block.link === key)
    .map(({ amountRaw, block, hash, isConfirmed }) => ({ hash, amountRaw, source: block.account, isConfirmed }))
  const funded = state.fundings.filter(({ to }) => to === key)
    .map(({ amountRaw, hash }) => ({ hash, amountRaw, source: undefined, isConfirmed: true }))
  return [...sent, ...funded].filter(({ hash }) => !gone.has(hash))
    .toSorted((left, right) => left.amountRaw < right.amountRaw ? 1 : -1)
}

/** Whether a hash is that of something in the ledger. */
export const isKnown = (state: LedgerState, hash: BlockHash): boolean =>
  hash !== noBlock && (entryOf(state, hash) !== undefined || state.fundings.some((funding) => funding.hash === hash))
