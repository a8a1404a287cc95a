/** Carries out on books in memory what a store is told to do, by the rules and at a given time. */
import * as Result from "effect/Result"
import type { Asset } from "../../money/index.ts"
import type { Account, AccountCode, AccountRequest } from "../Account.ts"
import * as AccountRules from "../AccountRules.ts"
import type { AccountError } from "../LedgerError.ts"
import * as LedgerRules from "../LedgerRules.ts"
import type { LinkedSet, Outcome } from "../LedgerStore.ts"
import type { Transfer } from "../Transfer.ts"
import type { MemoryBooks } from "./books.ts"

/** What changes a ledger; each answers as the store's method of that name does. */
export interface Commands {
  readonly openAccounts: (
    requests: ReadonlyArray<AccountRequest>,
    nowMillis: number
  ) => ReadonlyArray<Result.Result<Account, AccountError>>
  readonly closeAccount: (code: AccountCode) => Result.Result<Account, AccountError>
  readonly post: (sets: ReadonlyArray<LinkedSet>, nowMillis: number) => ReadonlyArray<Outcome>
  readonly expireHolds: (limit: number, nowMillis: number) => ReadonlyArray<Transfer>
}

/** The commands over the books. */
export const makeCommands = (books: MemoryBooks, assets: ReadonlyArray<Asset.Asset>): Commands => {
  const booking = (bookedAtMillis: number) => ({ bookedAtMillis, assets, lastSequence: books.lastSequence() })
  return {
    openAccounts: (requests, openedAtMillis) =>
      requests.map((request) => {
        const decided = AccountRules.decideOpen(request, books.accounts.get(request.code), { openedAtMillis, assets })
        if (Result.isSuccess(decided) && decided.success.isNew) books.putAccount(decided.success.account)
        return Result.map(decided, ({ account }) => account)
      }),
    closeAccount: (code) => Result.map(AccountRules.decideClose(code, books.accounts.get(code)), books.putAccount),
    post: (sets, nowMillis) => books.write(LedgerRules.decideBatch(books.rows, sets, booking(nowMillis))).outcomes,
    expireHolds: (limit, nowMillis) =>
      books.write(LedgerRules.decideExpiries(books.rows, books.expired(nowMillis, limit), booking(nowMillis))).transfers
  }
}
