/** Follows what was sent and answered, and holds a ledger against it. */
import { accountCount, type Movement } from "./movements.ts"
import type { Target } from "./Target.ts"

/** What a ledger has to keep after the movements that it has answered: no more, no less. */
export class Expected {
  readonly #balancesMinor = new BigInt64Array(accountCount)
  readonly #versions = new BigInt64Array(accountCount)
  #transfers = 0n

  /** Takes in movements that were answered. */
  add(movements: ReadonlyArray<Movement>): void {
    for (const { amountMinor, credit, debit } of movements) {
      this.#balancesMinor[debit]! -= amountMinor
      this.#balancesMinor[credit]! += amountMinor
      this.#versions[debit]! += 1n
      this.#versions[credit]! += 1n
    }
    this.#transfers += BigInt(movements.length)
  }

  /** Throws when a transfer was lost or made twice, or when a balance is not what entries and transfers come to. */
  async check(target: Target): Promise<void> {
    const { accounts, transfers } = await target.read()
    const called = `${target.name} on ${target.store}`
    if (transfers !== this.#transfers) throw new Error(`${called} has ${transfers} transfers, not ${this.#transfers}`)
    if (accounts.length !== accountCount) throw new Error(`${called} has ${accounts.length} accounts`)
    for (const [index, kept] of accounts.entries()) {
      const [balance, version] = [this.#balancesMinor[index]!, this.#versions[index]!]
      const balances = [kept.balanceMinor, kept.runningMinor, kept.movedMinor]
      if (balances.some((each) => each !== balance) || kept.version !== version || kept.entries !== version) {
        const found = [...balances, kept.version, kept.entries].join(", ")
        throw new Error(`${called}: account ${index} has ${found} in place of ${balance} after ${version} entries`)
      }
    }
  }
}
