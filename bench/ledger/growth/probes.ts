/** Lists what is asked of a ledger, each question at a new random place each time. */
import { AccountCode, type LedgerStore, type TransferQuery } from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import type * as Effect from "effect/Effect"
import type { Dice } from "./dice.ts"
import { accountAt, hotAccount, startMillis } from "./history.ts"

/** The ledger as it was made: how many transfers and accounts, and when the last transfer was booked. */
export interface Extent {
  readonly transfers: number
  readonly accounts: number
  readonly lastBookedMillis: number
}

type Store = LedgerStore["Service"]

/** One question, with the place drawn anew. */
export type Ask = (dice: Dice) => Effect.Effect<unknown, StorageError>

const hot = AccountCode.make(hotAccount)
const hour = 3_600_000
const limit = 50

const searches = (
  dice: Dice,
  { lastBookedMillis, transfers }: Extent
): Readonly<Record<string, Partial<TransferQuery>>> => {
  const sequence = 1 + dice.below(transfers)
  const from = startMillis + dice.below(Math.max(1, (lastBookedMillis - startMillis) / 1000)) * 1000
  const window = { bookedFromMillis: from, bookedToMillis: from + hour }
  const after = BigInt(sequence)
  return {
    "search: newest": {},
    "search: one account": { account: hot, after },
    "search: account prefix, one account": { accountPrefix: "user:000077" },
    "search: account prefix, 100 quiet accounts": { accountPrefix: "user:0000", after },
    "search: account prefix, 1,000 quiet accounts": { accountPrefix: "user:000", after },
    "search: account prefix, 100 busy accounts": { accountPrefix: "merchant:", after },
    "search: account prefix, every account": { accountPrefix: "user:", after },
    "search: reference": { reference: `order-${Math.floor(sequence / 2)}` },
    "search: reference of many": { reference: "batch-0" },
    "search: common reason": { reason: "sale.item", after },
    "search: rare reason": { reason: "correction.manual", after },
    "search: kind": { kind: "expire", after },
    "search: an hour": window,
    "search: an hour, from the other end": { ...window, order: "oldest_first" },
    "search: common metadata": { metadata: { channel: "web" }, after },
    "search: unique metadata": { metadata: { order: String(sequence) } },
    "search: rare metadata": { metadata: { campaign: "spring" }, after },
    "search: an hour and common reason": { ...window, reason: "sale.item" },
    "search: an hour and rare reason": { ...window, reason: "correction.manual" },
    "search: an hour of one account": { ...window, account: hot },
    "search: an hour and account prefix": { ...window, accountPrefix: "user:000" },
    "search: one account and rare reason": { account: hot, reason: "correction.manual", after },
    "search: rare reason and metadata": { reason: "correction.manual", metadata: { channel: "web" }, after },
    "search: rare metadata and kind": { metadata: { campaign: "spring" }, kind: "hold" },
    "search: common reason and metadata": { reason: "sale.item", metadata: { channel: "app" }, after },
    "search: account prefix and reason": { accountPrefix: "user:0000", reason: "sale.ticket", after },
    "search: account prefix and metadata": { accountPrefix: "merchant:0", metadata: { channel: "api" }, after },
    "search: rare reason and kind, none": { reason: "correction.manual", kind: "expire" }
  }
}

/** Every question by its name. */
export const asksOf = (store: Store, extent: Extent): Readonly<Record<string, Ask>> => {
  const user = (dice: Dice) => AccountCode.make(accountAt(103 + dice.below(extent.accounts - 102)).code)
  const sequence = (dice: Dice) => BigInt(1 + dice.below(extent.transfers))
  const time = (dice: Dice) =>
    startMillis + Math.floor((dice.below(1_000_000) / 1_000_000) * (extent.lastBookedMillis - startMillis))
  const names = Object.keys(searches({ below: () => 1, hex: () => "", uuid: () => "" }, extent))
  return {
    "balance now": (dice) => store.account(user(dice)),
    "balance at a sequence": (dice) => store.balanceAt(user(dice), { sequence: sequence(dice) }),
    "balance at a sequence, busiest account": (dice) => store.balanceAt(hot, { sequence: sequence(dice) }),
    "balance at a time of effect": (dice) => store.balanceAt(user(dice), { effectiveAtMillis: time(dice) }),
    "balance at a time of effect, busiest account": (dice) => store.balanceAt(hot, { effectiveAtMillis: time(dice) }),
    "statement, first page": (dice) => store.statement({ account: user(dice), limit }),
    "statement, first page, busiest account": () => store.statement({ account: hot, limit }),
    "statement, page in the middle": (dice) =>
      store.statement({ account: hot, after: BigInt(dice.below(Math.floor(extent.transfers / 3))), limit }),
    "statement, last page": () =>
      store.statement({ account: hot, after: BigInt(Math.floor(extent.transfers * 0.45)), limit }),
    "accounts, a page of a prefix": (dice) => store.accounts({ prefix: "user:", after: user(dice), limit }),
    "trial balance": () => store.trialBalance,
    ...Object.fromEntries(names.map((name): [string, Ask] => [
      name,
      (dice) => store.transfers({ order: "newest_first", limit, ...searches(dice, extent)[name] })
    ]))
  }
}
