/** Posts batches and expires holds: locks, loads, lets the rules decide, and writes. */
import {
  type AccountCode,
  type IdempotencyKey,
  LedgerRules,
  type LedgerStore,
  type LinkedSet,
  type Outcome,
  type Transfer,
  type TransferId
} from "@purser/domain/ledger"
import { StorageError } from "@purser/domain/transaction"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { isSqlError, type SqlError } from "effect/sql/SqlError"
import { sql } from "kysely"
import { asStorageError } from "../../failures.ts"
import type { Bench } from "../Bench.ts"
import { makeLockAccounts } from "../findAccounts.ts"
import { makeLoadBooks } from "./loadBooks.ts"
import { makePostingLane } from "./PostingLane.ts"
import { holdStates } from "../rows.ts"
import { writeDecision } from "./writeDecision.ts"

type Transfers = ReadonlyMap<TransferId, Transfer>
type Store = LedgerStore["Service"]

/** What is to be booked, before anything was looked up. */
interface Task {
  readonly ids: ReadonlySet<TransferId>
  readonly keys: ReadonlySet<IdempotencyKey>
  /** Holds that it may end, which name the accounts to lock. */
  readonly ends: ReadonlySet<TransferId>
  readonly accountsOf: (transfers: Transfers) => ReadonlyArray<AccountCode>
  readonly decide: (books: LedgerRules.Books, booking: LedgerRules.Booking) => LedgerRules.Decision
}

const endsOf = (sets: ReadonlyArray<LinkedSet>): ReadonlySet<TransferId> =>
  new Set(sets.flatMap((set) => set.flatMap((request) => "pendingId" in request ? [request.pendingId] : [])))

const postTask = (sets: ReadonlyArray<LinkedSet>): Task => {
  const { idempotencyKeys, transferIds } = LedgerRules.reads(sets)
  return {
    ids: transferIds,
    keys: idempotencyKeys,
    ends: endsOf(sets),
    accountsOf: (transfers) => LedgerRules.accountsOf(sets, transfers),
    decide: (books, booking) => LedgerRules.decideBatch(books, sets, booking)
  }
}

const expiryTask = (holds: ReadonlyArray<TransferId>): Task => {
  const ids = new Set(holds)
  return {
    ids,
    keys: new Set(),
    ends: ids,
    accountsOf: (transfers) => [...transfers.values()].flatMap(({ credit, debit }) => [debit, credit]),
    decide: (books, booking) => LedgerRules.decideExpiries(books, holds, booking)
  }
}

/** New transfers were counted from 1; this counts them from where they are in the log. */
const numbered = (decision: LedgerRules.Decision, base: bigint): LedgerRules.Decision => {
  const moved = new Map(
    decision.transfers.map((transfer) => [transfer, { ...transfer, sequence: base + transfer.sequence }])
  )
  const move = (transfer: Transfer): Transfer => moved.get(transfer) ?? transfer
  const outcomes = decision.outcomes.map((outcome): Outcome =>
    Result.map(outcome, ({ replayed, transfers }) => ({ replayed, transfers: transfers.map(move) }))
  )
  return { ...decision, outcomes, transfers: decision.transfers.map(move) }
}

/** Indexes that a transfer can run into which another process has committed between our look and our write. */
const racedIndexes = new Set(["transfer_id", "transfer_idempotency_key", "transfer_reverses", "transfer_pending_id"])

const isRace = (error: SqlError): boolean =>
  error.reason._tag === "UniqueViolation" && racedIndexes.has(error.reason.constraint)

const contended = (operation: string, cause: unknown): StorageError =>
  new StorageError({ failure: "Contended", operation, cause })

/** A lost race is contention: run again, the transaction finds what the winner has committed. */
const asRace = (operation: string) => <A, E>(effect: Effect.Effect<A, E | SqlError>) =>
  Effect.mapError(effect, (error) => isSqlError(error) && isRace(error) ? contended(operation, error) : error)

const makeBook = (bench: Bench, operation: string) => {
  const lock = makeLockAccounts(bench)
  const load = makeLoadBooks(bench)
  const noTransfers: Transfers = new Map()
  const book = Effect.fnUntraced(function*(task: Task) {
    // The accounts of a hold never change, so they can be learnt before anything is locked.
    const ended = task.ends.size === 0 ? noTransfers : (yield* load(task.ends, [])).transfers
    const named = new Set(task.accountsOf(ended))
    const accounts = yield* lock(named)
    // What others were committing on these accounts is visible only to statements that begin now.
    const loaded = yield* load(task.ids, task.keys)
    if (task.accountsOf(loaded.transfers).some((code) => !named.has(code))) {
      return yield* contended(operation, "a hold appeared after its accounts were to be locked")
    }
    const bookedAtMillis = yield* Clock.currentTimeMillis
    const books = { ...loaded, accounts: new Map(Array.from(accounts, ([code, { account }]) => [code, account])) }
    const decision = task.decide(books, { bookedAtMillis, lastSequence: 0n, assets: bench.assets })
    return decision.transfers.length === 0
      ? decision
      : numbered(decision, yield* writeDecision(bench, decision, accounts))
  })
  return (task: Task) => bench.atomically(asStorageError(operation)(asRace(operation)(book(task))))
}

/** The state is written out, as a parameter would hide from the planners that the index of pending holds fits. */
const pending = sql<bigint>`${sql.lit(Number(holdStates.codeOf("pending")))}`

const due = ({ queries: { build } }: Bench, nowMillis: number, limit: number) =>
  build.selectFrom("hold").select("id")
    .where("state", "=", pending)
    .where("expires_at_millis", "is not", null)
    .where("expires_at_millis", "<=", BigInt(nowMillis))
    .orderBy("expires_at_millis").orderBy("id").limit(limit)

const within = ({ sql }: Bench, context: Context.Context<never>): boolean =>
  Context.getOrUndefined(context, sql.transactionService) !== undefined

/** The methods that book transfers. Within a transaction they join it; else callers at the same moment share one. */
export const makePosting = (
  bench: Bench
): Effect.Effect<Pick<Store, "post" | "expireHolds">, never, Scope.Scope> =>
  Effect.gen(function*() {
    const book = makeBook(bench, "LedgerStore.post")
    const post = (sets: ReadonlyArray<LinkedSet>) => Effect.map(book(postTask(sets)), ({ outcomes }) => outcomes)
    const lane = yield* makePostingLane(post)
    const expire = makeBook(bench, "LedgerStore.expireHolds")
    const expireHolds = Effect.fnUntraced(function*(limit: number) {
      const rows = yield* bench.queries.all(due(bench, yield* Clock.currentTimeMillis, limit))
      const holds = rows.map(({ id }) => bench.dialect.uuid.decode(id) as TransferId)
      return holds.length === 0 ? [] : (yield* expire(expiryTask(holds))).transfers
    })
    return {
      post: (sets) =>
        sets.length === 0
          ? Effect.succeed([])
          : Effect.contextWith((context: Context.Context<never>) => within(bench, context) ? post(sets) : lane(sets)),
      expireHolds: (limit) => asStorageError("LedgerStore.expireHolds")(expireHolds(limit))
    }
  })
