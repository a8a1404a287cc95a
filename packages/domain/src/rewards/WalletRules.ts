/** Decides which address a player is paid at, and which addresses are refused: pure, total, without clock or store. */
import * as Data from "effect/Data"
import * as Result from "effect/Result"
import type { PlayerId } from "./Accrual.ts"
import { type PayeeAddress, WalletLink } from "./Wallet.ts"

/** How long the old address is still paid after a change, unless configured otherwise: a day. */
export const defaultCoolDownMillis = 86_400_000

/** So many addresses a player can give in a day: each stays theirs, so that nobody takes the addresses of others in advance. */
export const changesMost = 10

const dayMillis = 86_400_000

/** Why an address is refused, in order of precedence. */
export type WalletRefusal = "BurnAddress" | "OperatorAddress" | "AddressOfAnother" | "TooManyChanges"

/** An address that is refused; `riskSignal` names what is recorded against the player, null when nothing is. */
export class WalletRefused extends Data.TaggedError("WalletRefused")<{
  readonly why: WalletRefusal
  readonly riskSignal: "SharedWallet" | null
}> {
  override get message(): string {
    return `address is refused: ${this.why}`
  }
}

/** What the decision rests on besides the player's links. */
export interface WalletContext {
  readonly playerId: PlayerId
  readonly nowMillis: number
  readonly coolDownMillis: number
  readonly burnAddress: PayeeAddress
  readonly operatorAddress: PayeeAddress
  /** Whose address it is already, now or in waiting; null when nobody's. */
  readonly ownerId: PlayerId | null
}

/** The link that is paid now; `links` are the player's, oldest first. Undefined when none is in effect. */
export const payeeOf = (links: ReadonlyArray<WalletLink>, nowMillis: number): WalletLink | undefined =>
  links.findLast(({ effectiveAtMillis }) => effectiveAtMillis <= nowMillis)

const refusalOf = (address: PayeeAddress, context: WalletContext): WalletRefusal | undefined => {
  if (address === context.burnAddress) return "BurnAddress"
  if (address === context.operatorAddress) return "OperatorAddress"
  return context.ownerId === null || context.ownerId === context.playerId ? undefined : "AddressOfAnother"
}

/**
 * The link to add when a player gives an address; null when it is the last one given, which changes nothing. The first
 * takes effect at once, a later one after the cool-down, and a change back to an older address waits as well.
 */
export const linkWallet = (
  links: ReadonlyArray<WalletLink>,
  address: PayeeAddress,
  context: WalletContext
): Result.Result<WalletLink | null, WalletRefused> => {
  const why = refusalOf(address, context)
  if (why !== undefined) {
    return Result.fail(new WalletRefused({ why, riskSignal: why === "AddressOfAnother" ? "SharedWallet" : null }))
  }
  const last = links.at(-1)
  if (last?.address === address) return Result.succeed(null)
  const { coolDownMillis, nowMillis, playerId } = context
  if (links.filter(({ linkedAtMillis }) => nowMillis - linkedAtMillis < dayMillis).length >= changesMost) {
    return Result.fail(new WalletRefused({ why: "TooManyChanges", riskSignal: null }))
  }
  // A change never takes effect before one that was asked for earlier, whatever became of the cool-down meanwhile.
  const effectiveAtMillis = last === undefined
    ? nowMillis
    : Math.max(nowMillis + coolDownMillis, last.effectiveAtMillis)
  return Result.succeed(new WalletLink({ playerId, address, linkedAtMillis: nowMillis, effectiveAtMillis }))
}
