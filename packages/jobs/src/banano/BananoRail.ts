/** Pays out in Banano: one account of the operator, whose blocks are signed here and published at one node. */
import {
  type BlockReference,
  type Incoming,
  type OperatorBlock,
  PayoutRail,
  type PayoutRules,
  type RailFrontier,
  RailRefused,
  RailUnavailable,
  type SendOrder,
  type SignedBlock
} from "@purser/domain/payouts"
import {
  type BananoAddress,
  type BananoError,
  BananoNode,
  BananoWork,
  type BlockHash,
  type Frontier,
  minorOfRaw,
  noBlock,
  parseAddress,
  rawOfMinor,
  receiveBlock,
  rootOf,
  sendBlock,
  signBlock,
  type Signer,
  type StateBlock,
  unopened,
  type WorkFailed
} from "@purser/integrations/banano"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { printBody, readBody } from "./blockBody.ts"

/** Whose account it is, and whom an account that has no block yet will name as its representative. */
export interface BananoRailOptions {
  readonly signer: Signer
  readonly representative: BananoAddress
}

type Rail = PayoutRail["Service"]
type Node = BananoNode["Service"]
type Work = BananoWork["Service"]

interface Parts extends BananoRailOptions {
  readonly node: Node
  readonly work: Work
}

const unavailable = ({ message }: BananoError | WorkFailed): RailUnavailable => new RailUnavailable({ why: message })

/** References of this rail are hashes: whatever else is kept names no block that a node has. */
const hashFrom = (reference: BlockReference): BlockHash => reference as string as BlockHash
const referenceTo = (hash: BlockHash): BlockReference => hash as string as BlockReference

const frontierOf = ({ node, representative, signer }: Parts): Rail["frontier"] =>
  Effect.map(
    Effect.mapError(node.accountInfo(signer.address), unavailable),
    (info): RailFrontier => {
      const at: Frontier = info ?? unopened(signer.address, representative)
      return {
        newest: referenceTo(at.frontier),
        height: info?.blockCount ?? 0,
        balanceRaw: at.balanceRaw,
        balanceMinor: minorOfRaw(at.balanceRaw),
        representative: at.representative
      }
    }
  )

/** The frontier in the terms of blocks. A representative that is none is the configured one. */
const standing = ({ representative, signer }: Parts, frontier: RailFrontier): Frontier => ({
  account: signer.address,
  frontier: hashFrom(frontier.newest),
  representative: Result.getOrElse(parseAddress(frontier.representative), () => representative),
  balanceRaw: frontier.balanceRaw
})

const signed = Effect.fnUntraced(function*(
  { signer, work }: Parts,
  frontier: RailFrontier,
  block: StateBlock
): Effect.fn.Return<SignedBlock, RailUnavailable> {
  const found = yield* Effect.mapError(work.find(rootOf(block)), unavailable)
  const made = signBlock(block, signer, found)!
  const isSend = block.balanceRaw < frontier.balanceRaw
  const afterMinor = minorOfRaw(block.balanceRaw)
  return {
    hash: referenceTo(made.hash),
    account: made.account,
    previous: referenceTo(made.previous),
    height: frontier.height + 1,
    kind: isSend ? "send" : "receive",
    // Whole units before and after, so that parts of a unit add up over several receives.
    amountMinor: isSend ? frontier.balanceMinor - afterMinor : afterMinor - frontier.balanceMinor,
    balanceRaw: String(made.balanceRaw),
    body: printBody(made),
    source: isSend ? null : referenceTo(made.link)
  }
})

const signSend =
  (parts: Parts): Rail["signSend"] =>
  (frontier: RailFrontier, { amountMinor, payee }: SendOrder): ReturnType<Rail["signSend"]> => {
    const to = parseAddress(payee)
    if (Result.isFailure(to)) return new RailRefused({ why: "PayeeMalformed" })
    const block = sendBlock(standing(parts, frontier), to.success, rawOfMinor(amountMinor))
    return block === undefined ? new RailRefused({ why: "AmountTooLarge" }) : signed(parts, frontier, block)
  }

const signReceive = (parts: Parts): Rail["signReceive"] => (frontier: RailFrontier, { amountRaw, source }: Incoming) =>
  signed(parts, frontier, receiveBlock(standing(parts, frontier), { hash: hashFrom(source), amountRaw }))

/**
 * Without a subtype, the first time too: nobody knows here whether it is the first, and a block that has landed is told
 * "Invalid block balance" when it comes again with one. The signature was checked here, so what a node says against it is
 * no news of the block: only what the block would do to the account counts.
 */
const publish = ({ node }: Parts): Rail["publish"] => ({ body, hash }: OperatorBlock) => {
  const block = Option.filter(readBody(body), (read) => read.hash === hashFrom(hash))
  if (Option.isNone(block)) {
    return Effect.as(Effect.logError(`block ${hash} is not as it was signed: it is not published`), "Unclear" as const)
  }
  return Effect.map(node.publish(block.value), (publication): PayoutRules.Answer => {
    if (publication._tag !== "Invalid") return publication._tag
    return publication.reason === "BadSignature" || publication.reason === "BlockInvalid" ? "Unclear" : "Invalid"
  })
}

/** What the node has in the place of a block: what follows the one before it, or the account's first. */
const inPlaceOf = ({ node, signer }: Parts, { previous }: OperatorBlock): Effect.Effect<
  BlockHash | undefined,
  BananoError
> =>
  hashFrom(previous) === noBlock
    ? Effect.map(node.accountInfo(signer.address), (info) => info?.openBlock)
    : Effect.map(node.blockInfo(hashFrom(previous)), (info) => info?.successor)

/**
 * A rival counts only where a node confirms that very block, of this account and in this place. That it confirms others
 * above, or does not have ours, is what a node behind or in front of another says too: it proves nothing.
 */
const sightOf = Effect.fnUntraced(function*(
  parts: Parts,
  block: OperatorBlock
): Effect.fn.Return<PayoutRules.Sight, BananoError> {
  const { node, signer } = parts
  const found = yield* node.blockInfo(hashFrom(block.hash))
  if (found !== undefined) return found.isConfirmed ? "Confirmed" : "Seen"
  const placed = yield* inPlaceOf(parts, block)
  if (placed === undefined) return "Missing"
  if (placed === hashFrom(block.hash)) return "Seen"
  const rival = yield* node.blockInfo(placed)
  const isInPlace = rival?.account === signer.address && rival.height === block.height
  return isInPlace && rival.isConfirmed ? "RivalConfirmed" : "Missing"
})

const railOf = (parts: Parts): Rail => ({
  account: parts.signer.address,
  frontier: frontierOf(parts),
  receivable: (limit) =>
    Effect.mapBoth(parts.node.receivable(parts.signer.address, { most: limit }), {
      onFailure: unavailable,
      onSuccess: (blocks) => blocks.map(({ amountRaw, hash }): Incoming => ({ source: referenceTo(hash), amountRaw }))
    }),
  signSend: signSend(parts),
  signReceive: signReceive(parts),
  publish: publish(parts),
  look: (block) => Effect.mapError(sightOf(parts, block), unavailable),
  prepare: (newest) => parts.work.ahead(rootOf({ account: parts.signer.address, previous: hashFrom(newest) }))
})

/** The rail over a node and a way to find work. */
export const layer = (options: BananoRailOptions): Layer.Layer<PayoutRail, never, BananoNode | BananoWork> =>
  Layer.effect(
    PayoutRail,
    Effect.map(
      Effect.all({ node: BananoNode, work: BananoWork }),
      (parts) => railOf({ ...options, ...parts })
    )
  )
