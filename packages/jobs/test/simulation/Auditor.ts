/** Predicts every answer about tickets from what was done to the chain, without looking at the books. */
import type { Id8 } from "@purser/domain/tickets"
import { ChainModel, type Placed } from "../chain/ChainModel.ts"
import { confirmations, priceMinor } from "../stories/world.ts"

/** What a redemption is to answer. */
export type Expected =
  | { readonly _tag: "TicketNotFound" }
  | { readonly _tag: "TicketUnderpaid"; readonly receivedMinor: bigint }
  | { readonly _tag: "Waiting"; readonly state: "pool" | "confirming" }
  | { readonly _tag: "Redeemed"; readonly status: "success" | "already_claimed"; readonly balanceMinor: bigint }

/** What the last look showed of a ticket. */
interface Seen {
  readonly creditedMinor: bigint
  readonly receivedMinor: bigint
  /** The state of the payment that completes the price, where one does. */
  readonly awaited: "pool" | "confirming" | undefined
}

const sum = (placed: ReadonlyArray<Placed>): bigint =>
  placed.flatMap(({ transaction }) => transaction.outputs).reduce((total, { amountMinor }) => total + amountMinor, 0n)

const soonestFirst = (left: Placed, right: Placed): number => (left.height ?? Infinity) - (right.height ?? Infinity)

/** A shadow of the chain, and what monitor and tickets must have made of it. */
export class Auditor {
  readonly shadow = new ChainModel()
  readonly #everSeen = new Set<string>()
  readonly #seen = new Map<string, Seen>()
  readonly #claimed = new Map<string, bigint>()

  /** Notes that the monitor has looked. */
  looked(): void {
    const height = this.shadow.height
    for (const { transaction } of this.shadow.placed) {
      for (const { id8 } of transaction.outputs) if (id8 !== null) this.#everSeen.add(id8)
    }
    for (const id8 of this.#everSeen) {
      const seen = this.#view(id8, height)
      this.#seen.set(id8, seen)
      const claimed = this.#claimed.get(id8)
      if (claimed !== undefined && seen.creditedMinor > claimed) this.#claimed.set(id8, seen.creditedMinor)
    }
  }

  #view(id8: string, height: number): Seen {
    const creditable = this.shadow.placed.filter(({ transaction }) =>
      transaction.outputs[0]?.id8 === id8 && (transaction.unlockTime ?? 0n) === 0n
    )
    const isFinal = (placed: Placed): boolean => placed.height !== null && height - placed.height >= confirmations
    const creditedMinor = sum(creditable.filter(isFinal))
    let receivedMinor = creditedMinor
    let awaited: Seen["awaited"]
    for (const placed of creditable.filter((one) => !isFinal(one)).sort(soonestFirst)) {
      receivedMinor += sum([placed])
      if (receivedMinor >= priceMinor) awaited ??= placed.height === null ? "pool" : "confirming"
    }
    return { creditedMinor, receivedMinor, awaited }
  }

  /** What a redemption answers now; a success is noted. */
  redeems(id8: Id8): Expected {
    const seen = this.#seen.get(id8)
    if (seen === undefined) return { _tag: "TicketNotFound" }
    const { awaited, creditedMinor, receivedMinor } = seen
    if (this.#claimed.has(id8)) return { _tag: "Redeemed", status: "already_claimed", balanceMinor: creditedMinor }
    if (creditedMinor >= priceMinor) {
      this.#claimed.set(id8, creditedMinor)
      return { _tag: "Redeemed", status: "success", balanceMinor: creditedMinor }
    }
    return awaited === undefined ? { _tag: "TicketUnderpaid", receivedMinor } : { _tag: "Waiting", state: awaited }
  }

  /** How the token of a ticket stands; undefined when it has none. */
  token(id8: Id8): { readonly status: "active" | "suspended"; readonly amountMinor: bigint } | undefined {
    const claimed = this.#claimed.get(id8)
    if (claimed === undefined) return undefined
    const amountMinor = this.#seen.get(id8)?.creditedMinor ?? 0n
    return { status: amountMinor < claimed ? "suspended" : "active", amountMinor }
  }
}
