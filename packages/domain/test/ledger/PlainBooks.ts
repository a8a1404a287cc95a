/** Keeps books in plain maps, as little as the rules need, and hands out parts of them. */
import {
  type Account,
  type AccountCode,
  type AccountRequest,
  AccountRules,
  type Entry,
  type IdempotencyKey,
  LedgerRules,
  type LinkedSet,
  type Outcome,
  type Transfer,
  type TransferId,
  type Verification
} from "@purser/domain/ledger"
import type { HistoryStep } from "@purser/domain/ledger/testing"
import { Asset } from "@purser/domain/money"
import * as Result from "effect/Result"

const assets = Asset.Assets.defaultValue()

const only = <Key, Value>(map: ReadonlyMap<Key, Value>, keys: Iterable<Key>): ReadonlyMap<Key, Value> =>
  new Map([...keys].flatMap((key) => map.has(key) ? [[key, map.get(key)!] as const] : []))

/** A ledger that keeps what decisions say, and no more. */
export class PlainBooks implements LedgerRules.Books {
  readonly accounts = new Map<AccountCode, Account>()
  readonly transfers = new Map<TransferId, Transfer>()
  readonly transfersByKey = new Map<IdempotencyKey, Transfer>()
  readonly holds = new Map<TransferId, LedgerRules.HoldState>()
  readonly reversed = new Set<TransferId>()
  readonly entries: Array<Entry> = []

  booking(bookedAtMillis: number): LedgerRules.Booking {
    return { bookedAtMillis, lastSequence: BigInt(this.transfers.size), assets }
  }

  open(...requests: ReadonlyArray<AccountRequest>): void {
    for (const request of requests) {
      const at = { openedAtMillis: 0, assets }
      const { account } = Result.getOrThrow(AccountRules.decideOpen(request, this.accounts.get(request.code), at))
      this.accounts.set(account.code, account)
    }
  }
  close(code: AccountCode): void {
    const decided = AccountRules.decideClose(code, this.accounts.get(code))
    if (Result.isSuccess(decided)) this.accounts.set(code, decided.success)
  }

  write(decision: LedgerRules.Decision): LedgerRules.Decision {
    for (const transfer of decision.transfers) {
      this.transfers.set(transfer.id, transfer)
      if (transfer.idempotencyKey !== null) this.transfersByKey.set(transfer.idempotencyKey, transfer)
      if (transfer.reverses !== null) this.reversed.add(transfer.reverses)
    }
    for (const account of decision.accounts) this.accounts.set(account.code, account)
    for (const [id, state] of decision.holds) this.holds.set(id, state)
    this.entries.push(...decision.entries)
    return decision
  }
  post(sets: ReadonlyArray<LinkedSet>, bookedAtMillis = 0): ReadonlyArray<Outcome> {
    return this.write(LedgerRules.decideBatch(this, sets, this.booking(bookedAtMillis))).outcomes
  }
  expire(bookedAtMillis: number, ids: Iterable<TransferId> = this.holds.keys()): LedgerRules.Decision {
    return this.write(LedgerRules.decideExpiries(this, [...ids], this.booking(bookedAtMillis)))
  }

  /** The rows that the rules ask for before they decide these sets. */
  partFor(sets: ReadonlyArray<LinkedSet>): LedgerRules.Books {
    const { idempotencyKeys, transferIds } = LedgerRules.reads(sets)
    const transfers = only(this.transfers, transferIds)
    return {
      accounts: only(this.accounts, LedgerRules.accountsOf(sets, transfers)),
      transfers,
      transfersByKey: only(this.transfersByKey, idempotencyKeys),
      holds: only(this.holds, transferIds),
      reversed: new Set([...this.reversed].filter((id) => transferIds.has(id)))
    }
  }

  take(step: HistoryStep): void {
    if (step._tag === "OpenAccounts") this.open(...step.requests)
    else if (step._tag === "Post") this.post(step.sets, step.atMillis)
    else if (step._tag === "CloseAccount") this.close(step.code)
    else this.expire(step.atMillis)
  }

  verify(): Verification {
    const auditor = new LedgerRules.Auditor()
    for (const transfer of this.transfers.values()) {
      auditor.see(transfer, this.entries.filter((entry) => entry.transfer.id === transfer.id))
    }
    return auditor.finish(this.accounts.values(), this.holds)
  }
}
