/** Keeps the ledger that a history is made for, so that each next request can refer to what there is. */
import * as Result from "effect/Result"
import { Asset } from "../../money/index.ts"
import type { MemoryTable } from "../../transaction/testing/index.ts"
import type { Account, AccountCode, AccountRequest } from "../Account.ts"
import type { LinkedSet } from "../LedgerStore.ts"
import type { IdempotencyKey, Transfer, TransferRequest } from "../Transfer.ts"
import { makeBooks, type MemoryBooks } from "./books.ts"
import { type Commands, makeCommands } from "./commands.ts"

const table = <Key, Value>(): MemoryTable<Key, Value> => {
  const rows = new Map<Key, Value>()
  return {
    get: (key) => rows.get(key),
    set: (key, value) => rows.set(key, value),
    delete: (key) => rows.delete(key),
    values: () => rows.values(),
    size: () => rows.size
  }
}

/** A ledger without effects, and the requests that it took. */
export class HistoryModel {
  readonly #books: MemoryBooks = makeBooks({ table })
  readonly #commands: Commands = makeCommands(this.#books, Asset.Assets.defaultValue())
  readonly #requests: Array<TransferRequest> = []
  /** Requests that were booked, oldest first; those that repeat an earlier one included. */
  readonly requests: ReadonlyArray<TransferRequest> = this.#requests
  nowMillis: number

  constructor(nowMillis: number) {
    this.nowMillis = nowMillis
  }

  get accounts(): ReadonlyArray<Account> {
    return [...this.#books.accounts.values()]
  }
  get transfers(): ReadonlyArray<Transfer> {
    return this.#books.log()
  }
  get pendingHolds(): ReadonlyArray<Transfer> {
    const states = this.#books.holdStates()
    return this.transfers.filter(({ id }) => states.get(id) === "pending")
  }
  get reversible(): ReadonlyArray<Transfer> {
    return this.transfers.filter(({ id, kind }) =>
      (kind === "post" || kind === "settle") && !this.#books.rows.reversed.has(id)
    )
  }
  bookedUnder(key: IdempotencyKey): Transfer | undefined {
    return this.#books.rows.transfersByKey.get(key)
  }

  open(requests: ReadonlyArray<AccountRequest>): boolean {
    return this.#commands.openAccounts(requests, this.nowMillis).every(Result.isSuccess)
  }
  close(code: AccountCode): boolean {
    return Result.isSuccess(this.#commands.closeAccount(code))
  }
  /** Whether the set was taken. */
  post(set: LinkedSet): boolean {
    const [outcome] = this.#commands.post([set], this.nowMillis)
    const isTaken = Result.isSuccess(outcome!)
    if (isTaken) this.#requests.push(...set)
    return isTaken
  }
  expire(limit: number): void {
    this.#commands.expireHolds(limit, this.nowMillis)
  }
}
