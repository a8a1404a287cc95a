/** Follows all transfers from the first one and holds every stored figure against what follows from them. */
import type { Account, AccountCode } from "../Account.ts"
import type { Discrepancy, Entry, Verification } from "../LedgerStore.ts"
import type { Transfer, TransferId } from "../Transfer.ts"
import type { HoldState } from "./Books.ts"
import { breaksRule } from "./checks.ts"

type Totals = Omit<Entry, "transfer" | "account">

interface Hold {
  readonly transfer: Transfer
  readonly state: HoldState
}

const nothing: Totals = {
  accountVersion: 0n,
  debitsPostedMinor: 0n,
  debitsPendingMinor: 0n,
  creditsPostedMinor: 0n,
  creditsPendingMinor: 0n
}

const isSame = (left: Totals, right: Totals): boolean =>
  left.accountVersion === right.accountVersion &&
  left.debitsPostedMinor === right.debitsPostedMinor && left.debitsPendingMinor === right.debitsPendingMinor &&
  left.creditsPostedMinor === right.creditsPostedMinor && left.creditsPendingMinor === right.creditsPendingMinor

const print = (totals: Totals): string =>
  [
    `v${totals.accountVersion}`,
    `debits ${totals.debitsPostedMinor}+${totals.debitsPendingMinor}`,
    `credits ${totals.creditsPostedMinor}+${totals.creditsPendingMinor}`
  ].join(", ")

/** Posted and pending movement of a transfer; `held` is what it ends. */
const movement = (
  transfer: Transfer,
  held: Transfer | undefined
): { readonly posted: bigint; readonly pending: bigint } => {
  const released = held?.amountMinor ?? transfer.amountMinor
  switch (transfer.kind) {
    case "post":
      return { posted: transfer.amountMinor, pending: 0n }
    case "hold":
      return { posted: 0n, pending: transfer.amountMinor }
    case "settle":
      return { posted: transfer.amountMinor, pending: -released }
    default:
      return { posted: 0n, pending: -released }
  }
}

const endOf: Readonly<Partial<Record<Transfer["kind"], HoldState>>> = {
  settle: "settled",
  void: "voided",
  expire: "expired"
}

const printMoved = ({ amountMinor, asset, credit, debit }: Transfer): string =>
  `${amountMinor} ${asset} from ${debit} to ${credit}`

const canEnd = (transfer: Transfer, held: Transfer): boolean =>
  transfer.debit === held.debit && transfer.credit === held.credit && transfer.asset === held.asset &&
  transfer.amountMinor <= held.amountMinor

/**
 * One audit. Show it every transfer in order of sequence with its entries, then finish with the rows that were stored. It
 * remembers the accounts, and of the holds those that are open; the others too where it is not shown how each ended.
 */
export class Auditor {
  readonly #totals = new Map<AccountCode, Totals>()
  readonly #assets = new Map<AccountCode, string>()
  readonly #holds = new Map<TransferId, Hold>()
  readonly #found: Array<Discrepancy> = []
  readonly #sums = new Map<string, bigint>()
  #sequence = 0n
  #count = 0n
  #accountCount = 0n

  /**
   * Takes in the next transfer and what was stored of its two accounts just after it. `ended` is what is stored of the hold
   * that it ends: with it the hold need not be shown at the end.
   */
  see(
    transfer: Transfer,
    entries: ReadonlyArray<Omit<Entry, "transfer">>,
    ended: HoldState | "none" | undefined = undefined
  ): void {
    this.#count += 1n
    const expected = this.#sequence + 1n
    if (transfer.sequence !== expected) {
      this.#report("SequenceHasNoGap", transfer.id, [String(expected), String(transfer.sequence)])
    }
    this.#sequence = transfer.sequence
    const held = transfer.pendingId === null ? undefined : this.#holds.get(transfer.pendingId)
    const { pending, posted } = movement(transfer, held?.transfer)
    this.#move(transfer.debit, { debitsPostedMinor: posted, debitsPendingMinor: pending })
    this.#move(transfer.credit, { creditsPostedMinor: posted, creditsPendingMinor: pending })
    this.#compareAssets(transfer)
    this.#follow(transfer, held, ended)
    this.#compareEntries(transfer, entries)
  }

  /** Compares with an account as it is stored, once all transfers were shown. */
  seeAccount(account: Account): void {
    this.#accountCount += 1n
    this.#compareAccount(account)
    const balance = account.debitsPostedMinor + account.debitsPendingMinor
      - account.creditsPostedMinor - account.creditsPendingMinor
    this.#sums.set(account.asset, (this.#sums.get(account.asset) ?? 0n) + balance)
  }

  /** Compares with the accounts and holds that are stored and were not shown yet. Holds that are not stored are missing. */
  finish(accounts: Iterable<Account>, holds: Iterable<readonly [TransferId, HoldState]>): Verification {
    for (const account of accounts) this.seeAccount(account)
    for (const [asset, sum] of this.#sums) if (sum !== 0n) this.#report("DebitsEqualCredits", asset, ["0", String(sum)])
    for (const code of this.#totals.keys()) this.#report("TotalsEqualTransfers", code, ["an account", "none"])
    this.#compareHolds(holds)
    return { accounts: this.#accountCount, transfers: this.#count, discrepancies: this.#found }
  }

  #report(invariant: Discrepancy["invariant"], subject: string, compared: readonly [string, string]): void {
    this.#found.push({ invariant, subject, expected: compared[0], actual: compared[1] })
  }

  #move(code: AccountCode, shift: Partial<Totals>): void {
    const before = this.#totals.get(code) ?? nothing
    this.#totals.set(code, {
      accountVersion: before.accountVersion + 1n,
      debitsPostedMinor: before.debitsPostedMinor + (shift.debitsPostedMinor ?? 0n),
      debitsPendingMinor: before.debitsPendingMinor + (shift.debitsPendingMinor ?? 0n),
      creditsPostedMinor: before.creditsPostedMinor + (shift.creditsPostedMinor ?? 0n),
      creditsPendingMinor: before.creditsPendingMinor + (shift.creditsPendingMinor ?? 0n)
    })
  }

  /** An account has one asset, the one of all its transfers. */
  #compareAssets({ asset, credit, debit, id }: Transfer): void {
    for (const code of [debit, credit]) {
      const known = this.#assets.get(code) ?? asset
      this.#assets.set(code, known)
      if (known !== asset) this.#report("TotalsEqualTransfers", id, [known, asset])
    }
  }

  #follow(transfer: Transfer, held: Hold | undefined, ended: HoldState | "none" | undefined): void {
    if (transfer.kind === "hold") this.#holds.set(transfer.id, { transfer, state: "pending" })
    const end = endOf[transfer.kind]
    if (end === undefined || transfer.pendingId === null) return
    if (held === undefined) return this.#report("PendingMatchesHolds", transfer.id, ["a hold", transfer.pendingId])
    if (held.state !== "pending") this.#report("PendingMatchesHolds", transfer.id, ["pending", held.state])
    if (!canEnd(transfer, held.transfer)) {
      this.#report("PendingMatchesHolds", transfer.id, [printMoved(held.transfer), printMoved(transfer)])
    }
    this.#holds.set(held.transfer.id, { transfer: held.transfer, state: end })
    if (ended !== undefined) this.#close(held.transfer.id, ended)
  }

  #compareEntries(transfer: Transfer, entries: ReadonlyArray<Omit<Entry, "transfer">>): void {
    for (const code of [transfer.debit, transfer.credit]) {
      const expected = this.#totals.get(code) ?? nothing
      const entry = entries.find(({ account }) => account === code)
      if (entry !== undefined && isSame(entry, expected)) continue
      const actual = entry === undefined ? "none" : print(entry)
      this.#report("EntriesMatchTransfers", `${transfer.id} ${code}`, [print(expected), actual])
    }
    if (entries.length !== 2) this.#report("EntriesMatchTransfers", transfer.id, ["2", String(entries.length)])
  }

  #compareAccount(account: Account): void {
    const expected = print(this.#totals.get(account.code) ?? nothing)
    const actual = print({ ...account, accountVersion: account.version })
    if (expected !== actual) this.#report("TotalsEqualTransfers", account.code, [expected, actual])
    const asset = this.#assets.get(account.code) ?? account.asset
    if (asset !== account.asset) this.#report("TotalsEqualTransfers", account.code, [asset, account.asset])
    if (breaksRule(account)) this.#report("BalanceRuleKept", account.code, [account.balanceRule, actual])
    this.#totals.delete(account.code)
  }

  #close(id: TransferId, stored: HoldState | "none"): void {
    const state = this.#holds.get(id)!.state
    if (stored !== state) this.#report("PendingMatchesHolds", id, [state, stored])
    this.#holds.delete(id)
  }

  #compareHolds(stored: Iterable<readonly [TransferId, HoldState]>): void {
    for (const [id, state] of stored) {
      if (this.#holds.has(id)) this.#close(id, state)
      else this.#report("PendingMatchesHolds", id, ["none", state])
    }
    for (const [id, { state }] of this.#holds) this.#report("PendingMatchesHolds", id, [state, "none"])
  }
}
