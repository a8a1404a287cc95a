/** Takes blocks into the ledger as `nano/secure/ledger.cpp` does, by the same checks in the same order: pure. */
import * as Result from "effect/Result"
import { publicKeyOf } from "../../crypto/Address.ts"
import { noBlock } from "../../crypto/hash.ts"
import { isAuthentic, rootOf, type SignedBlock, type Subtype } from "../../crypto/StateBlock.ts"
import { isWorkEnough } from "../../crypto/work.ts"
import type { Block } from "../../node/Wire.ts"
import { entryOf, frontierOf, isKnown, type LedgerState, signedOf, waitingFor } from "./LedgerState.ts"

/** A block as it came. */
export interface Offer {
  readonly wire: typeof Block.Type
  /** What the sender says that it does, where it says so. */
  readonly subtype: string | undefined
  readonly threshold: bigint
  readonly atMillis: number
}

/** The ledger after an offer, and the node's error where it did not take the block: a gap is kept for later. */
export interface Taken {
  readonly state: LedgerState
  readonly error: string | undefined
}

type Verdict = Result.Result<{ readonly subtype: Subtype; readonly amountRaw: bigint }, string>

type SubtypeCheck = (block: SignedBlock, balanceRaw: bigint) => string | undefined

const wrongBalance = "Invalid block balance for given subtype"
const wrongPrevious = "Invalid previous block for given subtype"

/** They compare with the balance that the account has now, not with the one before the block. */
const subtypeChecks: ReadonlyMap<string, SubtypeCheck> = new Map<string, SubtypeCheck>([
  ["send", (block, balanceRaw) => balanceRaw <= block.balanceRaw ? wrongBalance : undefined],
  ["receive", (block, balanceRaw) => balanceRaw > block.balanceRaw ? wrongBalance : undefined],
  ["open", ({ previous }) => previous === noBlock ? undefined : wrongPrevious],
  ["change", ({ balanceRaw: after, previous }, balanceRaw) => {
    if (balanceRaw !== after) return wrongBalance
    return previous === noBlock ? wrongPrevious : undefined
  }]
])

const subtypeError = (state: LedgerState, block: SignedBlock, subtype: string): string | undefined => {
  if (block.previous !== noBlock && !isKnown(state, block.previous)) return "Gap previous block"
  const check = subtypeChecks.get(subtype)
  if (check === undefined) return "Invalid block subtype"
  return check(block, frontierOf(state, block.account)?.block.balance ?? 0n)
}

/** Whether the block follows where it says; answers the balance before it. */
const positionOf = (state: LedgerState, block: SignedBlock): Result.Result<bigint, string> => {
  const frontier = frontierOf(state, block.account)
  if (frontier === undefined) {
    if (block.previous !== noBlock) return Result.fail("Gap previous block")
    return block.link === noBlock ? Result.fail("Gap source block") : Result.succeed(0n)
  }
  if (block.previous === noBlock) return Result.fail("Fork")
  if (entryOf(state, block.previous) === undefined) return Result.fail("Gap previous block")
  return block.previous === frontier.hash ? Result.succeed(frontier.block.balance) : Result.fail("Fork")
}

const moveOf = (state: LedgerState, block: SignedBlock, before: bigint): Verdict => {
  if (block.balanceRaw < before) return Result.succeed({ subtype: "send", amountRaw: before - block.balanceRaw })
  const amountRaw = block.balanceRaw - before
  if (block.link === noBlock) {
    return amountRaw === 0n
      ? Result.succeed({ subtype: "change", amountRaw })
      : Result.fail("Balance and amount delta do not match")
  }
  if (!isKnown(state, block.link)) return Result.fail("Gap source block")
  const waiting = waitingFor(state, block.account).find(({ hash }) => hash === block.link)
  if (waiting === undefined) return Result.fail("Unreceivable")
  if (waiting.amountRaw !== amountRaw) return Result.fail("Balance and amount delta do not match")
  return Result.succeed({ subtype: block.previous === noBlock ? "open" : "receive", amountRaw })
}

const verdictOf = (state: LedgerState, block: SignedBlock): Verdict => {
  if (isKnown(state, block.hash)) return Result.fail("Old block")
  if (!isAuthentic(block)) return Result.fail("Bad signature")
  if (publicKeyOf(block.account) === noBlock) return Result.fail("Block attempts to open the burn account")
  return Result.flatMap(positionOf(state, block), (before) => moveOf(state, block, before))
}

const isWaiting = ({ unchecked }: LedgerState, { hash }: SignedBlock): boolean =>
  unchecked.some((wire) => signedOf(wire).hash === hash)

const settle = (state: LedgerState, wire: typeof Block.Type, atMillis: number): Taken => {
  const block = signedOf(wire)
  const verdict = verdictOf(state, block)
  if (Result.isFailure(verdict)) {
    const isThere = !verdict.failure.startsWith("Gap ") || isWaiting(state, block)
    const unchecked = isThere ? state.unchecked : [...state.unchecked, wire]
    return { state: { ...state, unchecked }, error: verdict.failure }
  }
  const height = (frontierOf(state, block.account)?.height ?? 0) + 1
  const entry = {
    block: wire,
    hash: block.hash,
    ...verdict.success,
    height,
    arrivedAtMillis: atMillis,
    isConfirmed: false
  }
  return { state: { ...state, entries: [...state.entries, entry] }, error: undefined }
}

/** Tries those that wait, until none of them can be taken. */
const settleWaiting = (state: LedgerState, atMillis: number): LedgerState => {
  const without: LedgerState = { ...state, unchecked: [] }
  const tried = state.unchecked.reduce((now, wire) => settle(now, wire, atMillis).state, without)
  return tried.entries.length === state.entries.length ? tried : settleWaiting(tried, atMillis)
}

/** Offers a block, as `process` does. */
export const take = (state: LedgerState, { atMillis, subtype, threshold, wire }: Offer): Taken => {
  const block = signedOf(wire)
  const early = subtype === undefined ? undefined : subtypeError(state, block, subtype)
  if (early !== undefined) return { state, error: early }
  if (!isWorkEnough(rootOf(block), block.work, threshold)) return { state, error: "Block work is less than threshold" }
  const taken = settle(state, wire, atMillis)
  return taken.error === undefined ? { ...taken, state: settleWaiting(taken.state, atMillis) } : taken
}
