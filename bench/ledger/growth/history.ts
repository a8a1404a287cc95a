/** Makes up a ledger of any size, transfer by transfer, with every figure that posting would have stored. */
import { type AccountCode, deriveTransferId, type LogSalt, recordText, type Transfer } from "@purser/domain/ledger"
import { hash } from "node:crypto"
import { makeDice } from "./dice.ts"

/** An account as it is stored; `id` counts from 1. */
export interface SeededAccount {
  readonly id: number
  readonly code: string
  readonly normalSide: 1 | 2
  readonly balanceRule: 1 | 2
}

/** Totals of an account and how many transfers touched it. */
export interface SeededTotals {
  readonly debitsPosted: number
  readonly debitsPending: number
  readonly creditsPosted: number
  readonly creditsPending: number
  readonly version: number
}

/** A transfer with what was stored besides: the totals of its two accounts just after it, and its leaf. */
export interface SeededTransfer {
  readonly transfer: Omit<Transfer, "sequence"> & { readonly sequence: number }
  readonly kind: number
  readonly debitId: number
  readonly creditId: number
  readonly metadataText: string
  readonly saltHex: string
  readonly leafHex: string
  readonly debitTotals: SeededTotals
  readonly creditTotals: SeededTotals
}

/** A hold; states as in the table. */
export interface SeededHold {
  readonly id: string
  readonly state: 1 | 2 | 3 | 4
  readonly expiresAtMillis: number | null
}

interface OpenHold {
  readonly id: string
  readonly user: number
  readonly merchant: number
  readonly amount: number
  readonly expiresAtMillis: number | null
}

/** The account that half of all transfers touch, and the one that most sales go to. */
export const hotAccount = "rail:bank"
const salesAccount = "revenue:sales"
const merchants = 100
const fixed = 2 + merchants

/** There is an account for so many transfers. */
const transfersPerAccount = 100
/** When the first transfer was booked; on average one is booked each three seconds. */
export const startMillis = 1_704_067_200_000
const stepMillis = 6000

/** How many accounts a ledger of so many transfers has. */
export const accountsFor = (transfers: number): number =>
  Math.max(fixed + 100, Math.floor(transfers / transfersPerAccount))

const pad = (value: number, width: number): string => String(value).padStart(width, "0")

/** The number of the account with that code. */
export const idOf = (code: string): number => {
  if (code === hotAccount) return 1
  if (code === salesAccount) return 2
  const [kind, number] = code.split(":")
  return Number(number) + (kind === "merchant" ? 2 : fixed)
}

/** The account with that number. */
export const accountAt = (id: number): SeededAccount => {
  if (id === 1) return { id, code: hotAccount, normalSide: 1, balanceRule: 1 }
  if (id === 2) return { id, code: salesAccount, normalSide: 2, balanceRule: 1 }
  if (id <= fixed) return { id, code: `merchant:${pad(id - 2, 3)}:balance`, normalSide: 2, balanceRule: 1 }
  return { id, code: `user:${pad(id - fixed, 6)}:available`, normalSide: 2, balanceRule: 2 }
}

const kinds = { post: 1, hold: 2, settle: 3, void: 4, expire: 5 } as const
const endStates = { settle: 2, void: 3, expire: 4 } as const
const endReasons = { settle: "sale.settled", void: "sale.released", expire: "hold.expired" } as const
const channels = ["web", "app", "point_of_sale", "api"] as const
const minute = 60_000
const day = 1440 * minute

type Draw = Pick<Transfer, "kind" | "pendingId" | "expiresAtMillis"> & {
  readonly debit: number
  readonly credit: number
  readonly amount: number
  readonly reason: string
}

/** Grows by one transfer at a time. Holds no more than the accounts, the holds that are open and those that changed. */
export class History {
  readonly #dice = makeDice(20_261_125)
  #debitsPosted = new Float64Array(0)
  #debitsPending = new Float64Array(0)
  #creditsPosted = new Float64Array(0)
  #creditsPending = new Float64Array(0)
  #versions = new Float64Array(0)
  readonly #open: Array<OpenHold> = []
  /** Holds made or ended since they were last taken. */
  readonly holds = new Map<string, SeededHold>()
  accounts = 0
  transfers = 0
  /** When the last transfer was booked. */
  bookedAtMillis = startMillis

  /** Opens accounts until there are so many. */
  openAccounts(count: number): void {
    const grown = (old: Float64Array<ArrayBuffer>) => {
      const next = new Float64Array(count + 1)
      next.set(old)
      return next
    }
    this.#debitsPosted = grown(this.#debitsPosted)
    this.#debitsPending = grown(this.#debitsPending)
    this.#creditsPosted = grown(this.#creditsPosted)
    this.#creditsPending = grown(this.#creditsPending)
    this.#versions = grown(this.#versions)
    this.accounts = count
  }

  /** Takes in what was posted besides: so many transfers, and the accounts as they are since. */
  absorb(count: number, accounts: ReadonlyMap<number, SeededTotals>): void {
    this.transfers += count
    for (const [id, now] of accounts) {
      this.#debitsPosted[id] = now.debitsPosted
      this.#debitsPending[id] = now.debitsPending
      this.#creditsPosted[id] = now.creditsPosted
      this.#creditsPending[id] = now.creditsPending
      this.#versions[id] = now.version
    }
  }

  totals(id: number): SeededTotals {
    return {
      debitsPosted: this.#debitsPosted[id]!,
      debitsPending: this.#debitsPending[id]!,
      creditsPosted: this.#creditsPosted[id]!,
      creditsPending: this.#creditsPending[id]!,
      version: this.#versions[id]!
    }
  }

  next(): SeededTransfer {
    const dice = this.#dice
    this.transfers += 1
    this.bookedAtMillis += dice.below(stepMillis + 1)
    const draw = this.#draw()
    this.#move(draw)
    const id = this.#id(draw)
    const transfer = this.#describe(draw, id)
    const saltHex = dice.hex(4)
    const text = recordText(transfer, saltHex as LogSalt)
    return {
      transfer,
      kind: kinds[draw.kind],
      debitId: draw.debit,
      creditId: draw.credit,
      metadataText: JSON.stringify(transfer.metadata),
      saltHex,
      leafHex: hash("sha256", `\0${text}`, "hex"),
      debitTotals: this.totals(draw.debit),
      creditTotals: this.totals(draw.credit)
    }
  }

  #available(id: number): number {
    return this.#creditsPosted[id]! - this.#debitsPosted[id]! - this.#debitsPending[id]!
  }

  #user(): number {
    return fixed + 1 + this.#dice.below(this.accounts - fixed)
  }

  #merchant(): number {
    return this.#dice.below(10) < 6 ? 2 : 3 + this.#dice.below(merchants)
  }

  /** A top-up, a sale, a hold or the end of one; what an account can not bear becomes a top-up. */
  #draw(): Draw {
    const dice = this.#dice
    const lot = dice.below(1000)
    if (lot < 40 && this.#open.length > 50) return this.#endHold()
    const user = this.#user()
    const amount = 1 + dice.below(5000)
    const isTopUp = lot < 500 || this.#available(user) < amount
    if (isTopUp) {
      return this.#post({ debit: 1, credit: user, amount: amount * 4, reason: this.#reason("deposit.settled") })
    }
    if (lot < 540) {
      const expiresAtMillis = dice.below(2) === 0 ? null : this.bookedAtMillis + 60 * minute
      return {
        kind: "hold",
        pendingId: null,
        expiresAtMillis,
        debit: user,
        credit: this.#merchant(),
        amount,
        reason: "sale.held"
      }
    }
    const sale = lot < 800 ? "sale.item" : "sale.ticket"
    return this.#post({ debit: user, credit: this.#merchant(), amount, reason: this.#reason(sale) })
  }

  #post(moved: Pick<Draw, "debit" | "credit" | "amount" | "reason">): Draw {
    return { kind: "post", pendingId: null, expiresAtMillis: null, ...moved }
  }

  /** One in a thousand for a common reason besides, one in ten thousand for one that is rare. */
  #reason(usual: string): string {
    const lot = this.#dice.below(10_000)
    if (lot === 0) return "correction.manual"
    return lot <= 10 ? "bonus.granted" : usual
  }

  #endHold(): Draw {
    const dice = this.#dice
    const place = dice.below(this.#open.length)
    const { amount, expiresAtMillis, id, merchant, user } = this.#open[place]!
    this.#open[place] = this.#open.at(-1)!
    this.#open.pop()
    const isOver = expiresAtMillis !== null && expiresAtMillis <= this.bookedAtMillis
    const kind = isOver ? "expire" : dice.below(10) < 7 ? "settle" : "void"
    this.holds.set(id, { id, state: endStates[kind], expiresAtMillis })
    return {
      kind,
      pendingId: id as Transfer["id"],
      expiresAtMillis: null,
      debit: user,
      credit: merchant,
      amount,
      reason: endReasons[kind]
    }
  }

  #id({ amount, credit, debit, expiresAtMillis, kind, pendingId }: Draw): string {
    if (kind === "expire") return deriveTransferId("ledger.hold.expired", pendingId!, String(this.bookedAtMillis))
    const id = this.#dice.uuid()
    if (kind !== "hold") return id
    this.#open.push({ id, user: debit, merchant: credit, amount, expiresAtMillis })
    this.holds.set(id, { id, state: 1, expiresAtMillis })
    return id
  }

  #move({ amount, credit, debit, kind }: Draw): void {
    const pending = kind === "post" ? 0 : kind === "hold" ? amount : -amount
    const posted = kind === "post" || kind === "settle" ? amount : 0
    this.#debitsPosted[debit]! += posted
    this.#debitsPending[debit]! += pending
    this.#creditsPosted[credit]! += posted
    this.#creditsPending[credit]! += pending
    this.#versions[debit]! += 1
    this.#versions[credit]! += 1
  }

  /** Most take effect when they are booked; a quarter up to half an hour before; a few days, and very few months before. */
  #effective(): number {
    const dice = this.#dice
    const lot = dice.below(10_000)
    const latest = lot < 7487 ? 0 : lot < 9987 ? 30 * minute : lot < 9998 ? 2 * day : 90 * day
    return this.bookedAtMillis - (latest === 0 ? 0 : dice.below(latest))
  }

  #reference(kind: Transfer["kind"]): string | null {
    const lot = this.#dice.below(100)
    if (kind === "expire" || lot < 40) return null
    return lot < 98
      ? `order-${Math.floor(this.transfers / 2)}`
      : `batch-${Math.floor((this.bookedAtMillis - startMillis) / day)}`
  }

  #metadata(kind: Transfer["kind"]): Transfer["metadata"] {
    const lot = this.#dice.below(10_000)
    if (kind === "expire" || lot < 7000) return {}
    const channel = channels[lot % channels.length]!
    if (lot < 7500) return { channel, order: String(this.transfers) }
    return lot === 9999 ? { campaign: "spring", channel } : { channel }
  }

  #describe(draw: Draw, id: string): SeededTransfer["transfer"] {
    const isExpiry = draw.kind === "expire"
    return {
      id: id as Transfer["id"],
      kind: draw.kind,
      debit: accountAt(draw.debit).code as AccountCode,
      credit: accountAt(draw.credit).code as AccountCode,
      asset: "EUR" as Transfer["asset"],
      amountMinor: BigInt(draw.amount),
      reason: draw.reason as Transfer["reason"],
      reference: this.#reference(draw.kind),
      idempotencyKey:
        (!isExpiry && this.transfers % 5 < 2 ? `key-${this.transfers}` : null) as Transfer["idempotencyKey"],
      pendingId: draw.pendingId,
      reverses: null,
      expiresAtMillis: draw.expiresAtMillis,
      effectiveAtMillis: isExpiry ? this.bookedAtMillis : this.#effective(),
      bookedAtMillis: this.bookedAtMillis,
      sequence: this.transfers,
      metadata: this.#metadata(draw.kind)
    }
  }
}
