/** Holds all that is stored against what follows from the transfers, page by page on one state of the database. */
import {
  type Account,
  type Discrepancy,
  type Entry,
  LedgerRules,
  type TransferId,
  type Verification
} from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { BeginTransaction } from "effect/sql/SqlClient"
import { sql, type SqlBool } from "kysely"
import { decoded } from "../decoded.ts"
import { asStorageError } from "../failures.ts"
import type { Bench } from "./Bench.ts"
import type { StoredUuid } from "./dialect/LedgerDialect.ts"
import { selectTransfers } from "./readTransfers.ts"
import { accountOf, balanceOf, holdStates } from "./rows.ts"

const pageRows = 1000

const transfersAfter = (bench: Bench, sequence: bigint) =>
  selectTransfers(bench).where("t.sequence", ">", sequence).orderBy("t.sequence").limit(pageRows)

/** What was stored of the two accounts of each transfer in a stretch of the log. */
const entriesWithin = ({ queries: { build } }: Bench, after: bigint, upTo: bigint) =>
  build.selectFrom("transfer as t")
    .innerJoin("entry as e", (join) =>
      join.onRef("e.sequence", "=", "t.sequence").on(sql<SqlBool>`e.account_id IN (t.debit_id, t.credit_id)`))
    .innerJoin("account as a", "a.id", "e.account_id")
    .selectAll("e").select("a.code")
    .where("t.sequence", ">", after).where("t.sequence", "<=", upTo)

const accountsAfter = ({ queries: { build } }: Bench, id: bigint) =>
  build.selectFrom("account").selectAll().where("id", ">", id).orderBy("id").limit(pageRows)

const holdsAfter = ({ queries: { build } }: Bench, id: StoredUuid | undefined) => {
  const page = build.selectFrom("hold").select(["id", "state"]).orderBy("id").limit(pageRows)
  return id === undefined ? page : page.where("id", ">", id)
}

/** Shows the whole log to the auditor; answers with where it ended and how many entries were part of it. */
const showLog = Effect.fnUntraced(function*(bench: Bench, auditor: LedgerRules.Auditor) {
  const { all } = bench.queries
  let after = 0n
  let entryCount = 0n
  while (true) {
    const transfers = yield* decoded(all(transfersAfter(bench, after)), bench.transferOf)
    const last = transfers.at(-1)?.sequence
    if (last === undefined) return { last: after, entryCount }
    const entries = yield* all(entriesWithin(bench, after, last))
    const bySequence = Map.groupBy(entries, ({ sequence }) => sequence)
    for (const transfer of transfers) {
      const own = (bySequence.get(transfer.sequence) ?? []).map((row): Omit<Entry, "transfer"> =>
        balanceOf(row, row.code)
      )
      auditor.see(transfer, own)
    }
    after = last
    entryCount += BigInt(entries.length)
  }
})

const readAccounts = Effect.fnUntraced(function*(bench: Bench) {
  const accounts: Array<Account> = []
  let after = 0n
  while (true) {
    const rows = yield* bench.queries.all(accountsAfter(bench, after))
    const last = rows.at(-1)?.id
    if (last === undefined) return accounts
    accounts.push(...yield* decoded(Effect.succeed(rows), accountOf))
    after = last
  }
})

const readHolds = Effect.fnUntraced(function*(bench: Bench) {
  const holds = new Map<TransferId, LedgerRules.HoldState>()
  let after: StoredUuid | undefined
  while (true) {
    const rows = yield* bench.queries.all(holdsAfter(bench, after))
    const last = rows.at(-1)?.id
    if (last === undefined) return holds
    for (const { id, state } of rows) holds.set(bench.dialect.uuid.decode(id) as TransferId, holdStates.nameOf(state))
    after = last
  }
})

const unequal = (
  invariant: Discrepancy["invariant"],
  subject: string,
  [expected, actual]: readonly [bigint, bigint | undefined]
): ReadonlyArray<Discrepancy> =>
  expected === actual ? [] : [{ invariant, subject, expected: String(expected), actual: String(actual) }]

/** What the log can not tell of itself: that its end is the end, and that there is nothing besides. */
const checkEdges = Effect.fnUntraced(function*(
  { queries: { build, first } }: Bench,
  seen: { readonly last: bigint; readonly entryCount: bigint }
) {
  const head = yield* first(build.selectFrom("head").select("last").where("name", "=", "ledger"))
  const entries = yield* first(build.selectFrom("entry").select(({ fn }) => fn.countAll<bigint>().as("count")))
  return [
    ...unequal("SequenceHasNoGap", "head", [seen.last, head?.last]),
    ...unequal("EntriesMatchTransfers", "entries", [seen.entryCount, entries?.count])
  ]
})

const verified = Effect.fnUntraced(function*(bench: Bench) {
  const auditor = new LedgerRules.Auditor()
  const seen = yield* showLog(bench, auditor)
  const verification = auditor.finish(yield* readAccounts(bench), yield* readHolds(bench))
  const edges = yield* checkEdges(bench, seen)
  return { ...verification, discrepancies: [...verification.discrepancies, ...edges] }
})

/** Nobody counts transfers while this transaction has the row, so what is committed stays all there is. */
const holdStill = ({ dialect, sql }: Bench) => sql.unsafe(`SELECT last FROM head WHERE name = 'ledger' ${dialect.lock}`)

/**
 * Verifies on a snapshot, which keeps nobody from writing, except on SQLite within this process: it has one connection.
 * Within a transaction that has begun already, others can not post until it ends.
 */
export const makeVerify = (bench: Bench): Effect.Effect<Verification, StorageError> => {
  const { dialect, sql } = bench
  return Effect.contextWith((context: Context.Context<never>) =>
    Context.getOrUndefined(context, sql.transactionService) === undefined
      ? Effect.provideService(sql.withTransaction(verified(bench)), BeginTransaction, dialect.beginSnapshot)
      : Effect.andThen(holdStill(bench), verified(bench))
  ).pipe(asStorageError("LedgerStore.verify"))
}
