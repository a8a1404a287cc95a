/** Books in a transaction that holds the accounts while it looks, decides and writes. */
import {
  type AccountCode,
  type IdempotencyKey,
  LedgerRules,
  type LinkedSet,
  type LogSalt,
  type Transfer,
  type TransferId
} from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { asStorageError } from "../../failures.ts"
import type { Bench } from "../Bench.ts"
import { makeLockAccounts, type Numbered } from "../findAccounts.ts"
import { makeLoadBooks } from "./loadBooks.ts"
import { numbered } from "./numbered.ts"
import { asContended, contended } from "./races.ts"
import { writingOf } from "./writing.ts"

type Transfers = ReadonlyMap<TransferId, Transfer>

/** What is to be booked, before anything was looked up. */
export interface Task<D extends LedgerRules.Decision = LedgerRules.Decision> {
  readonly ids: ReadonlySet<TransferId>
  readonly keys: ReadonlySet<IdempotencyKey>
  /** Holds that it may end, which name the accounts to lock. */
  readonly ends: ReadonlySet<TransferId>
  readonly accountsOf: (transfers: Transfers) => ReadonlyArray<AccountCode>
  readonly decide: (books: LedgerRules.Books, booking: LedgerRules.Booking) => D
  /** One for each transfer that may come of it; drawn where they are not given. */
  readonly salts?: ReadonlyArray<LogSalt>
}

/** What was booked, and the accounts as they were before. */
export interface BookedLocked<D extends LedgerRules.Decision = LedgerRules.Decision> {
  readonly decision: D
  readonly accounts: ReadonlyMap<AccountCode, Numbered>
}

const endsOf = (sets: ReadonlyArray<LinkedSet>): ReadonlySet<TransferId> =>
  new Set(sets.flatMap((set) => set.flatMap((request) => "pendingId" in request ? [request.pendingId] : [])))

/** To post sets. */
export const postTask = (sets: ReadonlyArray<LinkedSet>): Task => {
  const { idempotencyKeys, transferIds } = LedgerRules.reads(sets)
  return {
    ids: transferIds,
    keys: idempotencyKeys,
    ends: endsOf(sets),
    accountsOf: (transfers) => LedgerRules.accountsOf(sets, transfers),
    decide: (books, booking) => LedgerRules.decideBatch(books, sets, booking)
  }
}

/** To expire holds. */
export const expiryTask = (holds: ReadonlyArray<TransferId>): Task => {
  const ids = new Set(holds)
  return {
    ids,
    keys: new Set(),
    ends: ids,
    accountsOf: (transfers) => [...transfers.values()].flatMap(({ credit, debit }) => [debit, credit]),
    decide: (books, booking) => LedgerRules.decideExpiries(books, holds, booking)
  }
}

/** Makes the way to book that always works. Within a transaction it joins that; a lost race is contention. */
export const makeBookLocked = (bench: Bench, operation: string) => {
  const { assets, dialect, drawSalts, sql } = bench
  const lock = makeLockAccounts(bench)
  const load = makeLoadBooks(bench)
  const noTransfers: Transfers = new Map()
  const book = Effect.fnUntraced(function*<D extends LedgerRules.Decision>(task: Task<D>) {
    // The accounts of a hold never change, so they can be learnt before anything is locked.
    const ended = task.ends.size === 0 ? noTransfers : (yield* load(task.ends, [])).transfers
    const named = new Set(task.accountsOf(ended))
    const accounts = yield* lock(named)
    // What others were committing on these accounts is visible only to statements that begin now.
    const loaded = yield* load(task.ids, task.keys)
    if (task.accountsOf(loaded.transfers).some((code) => !named.has(code))) {
      return yield* contended("a hold appeared after its accounts were to be locked")
    }
    const bookedAtMillis = yield* Clock.currentTimeMillis
    const books = { ...loaded, accounts: new Map(Array.from(accounts, ([code, { account }]) => [code, account])) }
    const decision = task.decide(books, { bookedAtMillis, lastSequence: 0n, assets })
    if (decision.transfers.length === 0) return { decision, accounts }
    const salts = task.salts ?? drawSalts(decision.transfers.length)
    const base = yield* dialect.write(sql, writingOf(decision, accounts, salts))
    if (base === undefined) return yield* contended("a locked account has changed")
    return { decision: numbered(decision, base), accounts }
  })
  return <D extends LedgerRules.Decision>(task: Task<D>): Effect.Effect<BookedLocked<D>, StorageError> =>
    bench.atomically(asStorageError(operation)(asContended(book(task))))
}
