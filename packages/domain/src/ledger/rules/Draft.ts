/** Keeps the working copy of the books while a batch is decided, with one undo for each linked set. */
import type { Account, AccountCode } from "../Account.ts"
import type { Entry } from "../LedgerStore.ts"
import type { IdempotencyKey, Transfer, TransferId } from "../Transfer.ts"
import type { Books, HoldState } from "./Books.ts"

/** An account that is being changed. */
export type AccountDraft = { -readonly [Field in keyof Account]: Account[Field] }

/** What is known while a batch is decided: the rows that were loaded, and on top of them what earlier sets changed. */
export class Draft {
  readonly #books: Books
  readonly #accounts = new Map<AccountCode, AccountDraft>()
  readonly #ids = new Map<TransferId, Transfer>()
  readonly #keys = new Map<IdempotencyKey, Transfer>()
  readonly #holds = new Map<TransferId, HoldState>()
  readonly #reversed = new Set<TransferId>()
  readonly transfers: Array<Transfer> = []
  readonly entries: Array<Entry> = []
  #undo: Array<() => void> = []

  constructor(books: Books) {
    this.#books = books
  }

  account(code: AccountCode): AccountDraft | undefined {
    const known = this.#accounts.get(code)
    if (known !== undefined) return known
    const loaded = this.#books.accounts.get(code)
    return loaded === undefined ? undefined : { ...loaded }
  }
  transfer(id: TransferId): Transfer | undefined {
    return this.#ids.get(id) ?? this.#books.transfers.get(id)
  }
  transferByKey(key: IdempotencyKey): Transfer | undefined {
    return this.#keys.get(key) ?? this.#books.transfersByKey.get(key)
  }
  holdState(id: TransferId): HoldState | undefined {
    return this.#holds.get(id) ?? this.#books.holds.get(id)
  }
  isReversed(id: TransferId): boolean {
    return this.#reversed.has(id) || this.#books.reversed.has(id)
  }

  /** Accounts and holds that the batch changed. */
  get changed(): { readonly accounts: ReadonlyArray<Account>; readonly holds: ReadonlyMap<TransferId, HoldState> } {
    return { accounts: [...this.#accounts.values()], holds: this.#holds }
  }

  setAccount(account: AccountDraft): void {
    const before = this.#accounts.get(account.code)
    this.#accounts.set(account.code, account)
    this.#undo.push(() =>
      before === undefined ? this.#accounts.delete(account.code) : this.#accounts.set(account.code, before)
    )
  }
  setHold(id: TransferId, state: HoldState): void {
    const before = this.#holds.get(id)
    this.#holds.set(id, state)
    this.#undo.push(() => before === undefined ? this.#holds.delete(id) : this.#holds.set(id, before))
  }
  /** Adds a transfer with the entries of its two sides. */
  add(transfer: Transfer, sides: readonly [AccountDraft, AccountDraft]): void {
    this.transfers.push(transfer)
    this.entries.push(entry(transfer, sides[0]), entry(transfer, sides[1]))
    this.#ids.set(transfer.id, transfer)
    if (transfer.idempotencyKey !== null) this.#keys.set(transfer.idempotencyKey, transfer)
    if (transfer.reverses !== null) this.#reversed.add(transfer.reverses)
    this.#undo.push(() => this.#remove(transfer))
  }

  /** Everything since the last call belongs together from now on. */
  keepSet(): void {
    this.#undo = []
  }
  /** Takes back everything since the last `keepSet`. */
  undoSet(): void {
    for (const undo of this.#undo.toReversed()) undo()
    this.#undo = []
  }

  #remove(transfer: Transfer): void {
    this.transfers.pop()
    this.entries.length -= 2
    this.#ids.delete(transfer.id)
    if (transfer.idempotencyKey !== null) this.#keys.delete(transfer.idempotencyKey)
    if (transfer.reverses !== null) this.#reversed.delete(transfer.reverses)
  }
}

const entry = (transfer: Transfer, account: AccountDraft): Entry => ({
  transfer,
  account: account.code,
  accountVersion: account.version,
  debitsPostedMinor: account.debitsPostedMinor,
  debitsPendingMinor: account.debitsPendingMinor,
  creditsPostedMinor: account.creditsPostedMinor,
  creditsPendingMinor: account.creditsPendingMinor
})
