/** Makes payouts and blocks with everything filled in but what a test is about. */
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import { Asset } from "../../money/index.ts"
import { BlockReference, OperatorBlock, Payout, PayoutId, PayoutKey } from "../index.ts"

/** A debt of 2.1 BAN that waits for its block. Id and key follow from the name. */
export const payoutOf = (name: string, fields: Partial<Payout> = {}): Payout =>
  new Payout({
    id: PayoutId.make(name),
    key: PayoutKey.make(bytesToHex(sha256(utf8ToBytes(name)))),
    player: "player-1",
    payee: "ban_payee",
    asset: Asset.BAN.code,
    amountMinor: 210_000_000n,
    dryRun: false,
    status: "queued",
    queuedAtMillis: 0,
    round: 0,
    block: null,
    takenAtMillis: null,
    attempts: 0,
    firstAttemptAtMillis: null,
    lastAttemptAtMillis: null,
    nextAttemptAtMillis: null,
    failureReason: null,
    ...fields
  })

/** The first block of an account, which receives 5 BAN. Its hash and what it takes in follow from the name. */
export const receiveOf = (name: string, fields: Partial<OperatorBlock> = {}): OperatorBlock =>
  new OperatorBlock({
    hash: BlockReference.make(name),
    account: "ban_operator",
    previous: BlockReference.make("0".repeat(64)),
    height: 1,
    kind: "receive",
    amountMinor: 500_000_000n,
    balanceRaw: "500000000000000000000000000000",
    body: "{}",
    payoutId: null,
    source: BlockReference.make(`${name}/source`),
    state: "stored",
    storedAtMillis: 0,
    ...fields
  })

/** The block that pays a payout, after the block before it. Its hash follows from the name. */
export const sendOf = (
  name: string,
  { amountMinor, id }: Payout,
  fields: Partial<OperatorBlock> = {}
): OperatorBlock => receiveOf(name, { kind: "send", payoutId: id, source: null, amountMinor, ...fields })
