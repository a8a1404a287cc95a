/** Lays out the in-memory ledger: rows by key, and the log in order of sequence. */
import type { MemoryState, MemoryTable } from "../../transaction/testing/index.ts"
import type { Account, AccountCode } from "../Account.ts"
import type { Books, Decision, HoldState } from "../LedgerRules.ts"
import type { Entry } from "../LedgerStore.ts"
import { LogSalt } from "../log/index.ts"
import type { IdempotencyKey, Transfer, TransferId } from "../Transfer.ts"

/** The tables, what the rules read of them, and the one way to write a decision. */
export interface MemoryBooks {
  readonly accounts: MemoryTable<AccountCode, Account>
  readonly transfers: MemoryTable<TransferId, Transfer>
  readonly rows: Books
  readonly lastSequence: () => bigint
  /** All transfers, oldest first. */
  readonly log: () => ReadonlyArray<Transfer>
  /** The salt in the transfer's record. */
  readonly saltOf: (id: TransferId) => LogSalt
  /** Entries of an account by its version. */
  readonly entriesOf: (code: AccountCode) => ReadonlyArray<Entry>
  readonly holdStates: () => ReadonlyMap<TransferId, HoldState>
  /** Holds whose time has passed, the longest overdue first. */
  readonly expired: (nowMillis: number, limit: number) => ReadonlyArray<TransferId>
  readonly putAccount: (account: Account) => Account
  readonly write: (decision: Decision) => Decision
}

interface KnownHold {
  readonly id: TransferId
  readonly state: HoldState
  readonly expiresAtMillis: number | null
}

/** Only what the rules ask of a map. */
const mapOf = <Key, Value>(get: (key: Key) => Value | undefined): ReadonlyMap<Key, Value> =>
  ({ get }) as ReadonlyMap<Key, Value>

const due = (holds: Iterable<KnownHold>, nowMillis: number): ReadonlyArray<KnownHold> =>
  [...holds]
    .filter(({ expiresAtMillis, state }) =>
      state === "pending" && expiresAtMillis !== null && expiresAtMillis <= nowMillis
    )
    .sort((left, right) => left.expiresAtMillis! - right.expiresAtMillis! || (left.id < right.id ? -1 : 1))

const entryKey = (code: AccountCode, version: bigint): string => `${code} ${version}`

const withoutSalts = (count: number): ReadonlyArray<LogSalt> => Array.from({ length: count }, () => LogSalt.make(""))

/** An empty ledger on tables, with a way to draw as many salts as there are transfers. */
export const makeBooks = (
  state: Pick<MemoryState["Service"], "table">,
  drawSalts: (count: number) => ReadonlyArray<LogSalt> = withoutSalts
): MemoryBooks => {
  const accounts = state.table<AccountCode, Account>()
  const transfers = state.table<TransferId, Transfer>()
  const bySequence = state.table<bigint, Transfer>()
  const byKey = state.table<IdempotencyKey, Transfer>()
  const holds = state.table<TransferId, KnownHold>()
  const reversed = state.table<TransferId, true>()
  const entries = state.table<string, Entry>()
  const salts = state.table<TransferId, LogSalt>()
  const addTransfer = (transfer: Transfer) => {
    transfers.set(transfer.id, transfer)
    bySequence.set(transfer.sequence, transfer)
    if (transfer.idempotencyKey !== null) byKey.set(transfer.idempotencyKey, transfer)
    if (transfer.reverses !== null) reversed.set(transfer.reverses, true)
  }
  const putAccount = (account: Account) => {
    accounts.set(account.code, account)
    return account
  }
  return {
    accounts,
    transfers,
    rows: {
      accounts: mapOf((code) => accounts.get(code)),
      transfers: mapOf((id) => transfers.get(id)),
      transfersByKey: mapOf((key) => byKey.get(key)),
      holds: mapOf((id) => holds.get(id)?.state),
      reversed: { has: (id: TransferId) => reversed.get(id) === true } as ReadonlySet<TransferId>
    },
    lastSequence: () => BigInt(bySequence.size()),
    log: () => Array.from({ length: bySequence.size() }, (_, index) => bySequence.get(BigInt(index + 1))!),
    saltOf: (id) => salts.get(id)!,
    entriesOf: (code) =>
      Array.from(
        { length: Number(accounts.get(code)?.version ?? 0n) },
        (_, index) => entries.get(entryKey(code, BigInt(index + 1)))!
      ),
    holdStates: () => new Map(Array.from(holds.values(), ({ id, state }) => [id, state])),
    expired: (nowMillis, limit) => due(holds.values(), nowMillis).slice(0, limit).map(({ id }) => id),
    putAccount,
    write: (decision) => {
      const drawn = drawSalts(decision.transfers.length)
      for (const [index, transfer] of decision.transfers.entries()) {
        addTransfer(transfer)
        salts.set(transfer.id, drawn[index]!)
      }
      for (const account of decision.accounts) putAccount(account)
      for (const entry of decision.entries) entries.set(entryKey(entry.account, entry.accountVersion), entry)
      for (const [id, holdState] of decision.holds) {
        holds.set(id, { id, state: holdState, expiresAtMillis: transfers.get(id)?.expiresAtMillis ?? null })
      }
      return decision
    }
  }
}
