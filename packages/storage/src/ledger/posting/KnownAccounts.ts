/** Remembers accounts as they were when this process last booked on them. */
import type { AccountCode, LedgerRules } from "@purser/domain/ledger"
import type { Numbered } from "../findAccounts.ts"

/** How many accounts are remembered; those that were not booked on for longest are forgotten first. */
const maximumAccounts = 10_000

/** Accounts that others may have changed since: what is decided on them must be checked when it is written. */
export class KnownAccounts {
  readonly #accounts = new Map<AccountCode, Numbered>()

  /** Those of them that are known. */
  among(codes: Iterable<AccountCode>): Map<AccountCode, Numbered> {
    const found = new Map<AccountCode, Numbered>()
    for (const code of codes) {
      const known = this.#accounts.get(code)
      if (known !== undefined) found.set(code, known)
    }
    return found
  }

  /** Takes in the accounts that a decision was taken on, as they are once it is committed. */
  keep(accounts: ReadonlyMap<AccountCode, Numbered>, decision: LedgerRules.Decision): void {
    for (const [code, numbered] of accounts) this.#put(code, numbered)
    for (const account of decision.accounts) this.#put(account.code, { ...accounts.get(account.code)!, account })
  }
  forget(codes: Iterable<AccountCode>): void {
    for (const code of codes) this.#accounts.delete(code)
  }

  #put(code: AccountCode, numbered: Numbered): void {
    this.#accounts.delete(code)
    this.#accounts.set(code, numbered)
    if (this.#accounts.size > maximumAccounts) this.#accounts.delete(this.#accounts.keys().next().value!)
  }
}
