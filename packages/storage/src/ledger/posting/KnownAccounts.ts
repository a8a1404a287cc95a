/** Remembers accounts as they were when this process last booked on them. */
import type { AccountCode, LedgerRules } from "@purser/domain/ledger"
import type { Numbered } from "../findAccounts.ts"

/** How many accounts are remembered; those that were not booked on for longest are forgotten first. */
const maximumAccounts = 10_000

/**
 * Accounts that others may have changed since: what is decided on them must be checked when it is written. They may be as a
 * decision leaves them that is still to be written, so that the next one can be taken meanwhile.
 */
export class KnownAccounts {
  readonly #accounts = new Map<AccountCode, Numbered>()
  #losses = 0

  /** How often it has forgotten: what was decided before rests on accounts that are not as they were expected to be. */
  get losses(): number {
    return this.#losses
  }

  /** Those of them that are known. */
  among(codes: Iterable<AccountCode>): Map<AccountCode, Numbered> {
    const found = new Map<AccountCode, Numbered>()
    for (const code of codes) {
      const known = this.#accounts.get(code)
      if (known !== undefined) found.set(code, known)
    }
    return found
  }

  /** Takes in the accounts that a decision was taken on, as it leaves them. */
  keep(accounts: ReadonlyMap<AccountCode, Numbered>, decision: LedgerRules.Decision): void {
    const changed = new Map(decision.accounts.map((account) => [account.code, account]))
    for (const [code, numbered] of accounts) {
      const account = changed.get(code)
      this.#put(code, account === undefined ? numbered : { ...numbered, account })
    }
  }
  /** Forgets what it remembers of all, because something that was to be written was not. */
  forget(): void {
    this.#losses += 1
    this.#accounts.clear()
  }

  #put(code: AccountCode, numbered: Numbered): void {
    this.#accounts.delete(code)
    this.#accounts.set(code, numbered)
    if (this.#accounts.size > maximumAccounts) this.#accounts.delete(this.#accounts.keys().next().value!)
  }
}
