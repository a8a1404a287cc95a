/** Holds all that is stored against what follows from the transfers, page by page on one state of the database. */
import {
  type AccountCode,
  type Discrepancy,
  type Entry,
  LedgerRules,
  type TransferId,
  type Verification,
  VerifyProgress
} from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { BeginTransaction } from "effect/sql/SqlClient"
import { sql } from "kysely"
import { decoded } from "../decoded.ts"
import { asStorageError } from "../failures.ts"
import { type Bench, benchOn } from "./Bench.ts"
import type { StoredUuid } from "./dialect/LedgerDialect.ts"
import { type LogAudit, makeLogAudit } from "./log/auditLog.ts"
import { selectTransfers } from "./readTransfers.ts"
import { accountOf, balanceOf, holdStates } from "./rows.ts"
import type { TotalsRow } from "./Tables.ts"

const pageRows = 1000

/** What one side of a transfer left on its account; nulls where that entry is missing. */
type Side = "debit" | "credit"
type SideRow = { readonly [Column in keyof TotalsRow | "version" as `${Side}_${Column}`]: bigint | null }

const sideColumns = (side: Side) =>
  (["version", "debits_posted_minor", "debits_pending_minor", "credits_posted_minor", "credits_pending_minor"] as const)
    .map((column) => sql<bigint | null>`${sql.ref(`${side}_entry.${column}`)}`.as(`${side}_${column}`))

/** Transfers with what was stored of their two accounts, and of the hold that they end. */
const transfersAfter = (bench: Bench, sequence: bigint) =>
  selectTransfers(bench)
    .leftJoin("entry as debit_entry", (join) =>
      join.onRef("debit_entry.account_id", "=", "t.debit_id").onRef("debit_entry.sequence", "=", "t.sequence"))
    .leftJoin("entry as credit_entry", (join) =>
      join.onRef("credit_entry.account_id", "=", "t.credit_id").onRef("credit_entry.sequence", "=", "t.sequence"))
    .leftJoin("hold as h", "h.id", "t.pending_id")
    .select([...sideColumns("debit"), ...sideColumns("credit"), "h.state as hold_state"])
    .where("t.sequence", ">", sequence).orderBy("t.sequence").limit(pageRows)

const accountsAfter = ({ queries: { build } }: Bench, id: bigint) =>
  build.selectFrom("account").selectAll().where("id", ">", id).orderBy("id").limit(pageRows)

/** Holds with the transfer that made them, null where there is none. */
const holdsAfter = ({ queries: { build } }: Bench, id: StoredUuid | undefined) => {
  const page = build.selectFrom("hold as h")
    .leftJoin("transfer as t", (join) => join.onRef("t.id", "=", "h.id").on("t.kind", "=", 2n))
    .select(["h.id", "h.state", "t.sequence as made"]).orderBy("h.id").limit(pageRows)
  return id === undefined ? page : page.where("h.id", ">", id)
}

const entryOf = (row: SideRow, side: Side, account: AccountCode): ReadonlyArray<Omit<Entry, "transfer">> => {
  const version = row[`${side}_version`]
  if (version === null) return []
  const totals = {
    version,
    debits_posted_minor: row[`${side}_debits_posted_minor`]!,
    debits_pending_minor: row[`${side}_debits_pending_minor`]!,
    credits_posted_minor: row[`${side}_credits_posted_minor`]!,
    credits_pending_minor: row[`${side}_credits_pending_minor`]!
  }
  return [balanceOf(totals, account)]
}

/** Shows the whole log to the auditor; answers with where it ended and how many entries were part of it. */
const showLog = Effect.fnUntraced(function*(bench: Bench, auditor: LedgerRules.Auditor, log: LogAudit) {
  const tell = yield* VerifyProgress
  let after = 0n
  let entryCount = 0n
  while (true) {
    const shown = yield* decoded(bench.queries.all(transfersAfter(bench, after)), (row) => {
      const transfer = bench.transferOf(row)
      const sides = row as unknown as SideRow
      return {
        transfer,
        row,
        entries: [...entryOf(sides, "debit", transfer.debit), ...entryOf(sides, "credit", transfer.credit)],
        ended: row.hold_state === null ? "none" as const : holdStates.nameOf(row.hold_state)
      }
    })
    const last = shown.at(-1)?.transfer.sequence
    if (last === undefined) return { last: after, entryCount }
    for (const { ended, entries, transfer } of shown) {
      auditor.see(transfer, entries, transfer.pendingId === null ? undefined : ended)
      entryCount += BigInt(entries.length)
    }
    yield* log.see(shown)
    after = last
    tell(last)
    // Whoever else works in this process has its turn in between.
    yield* Effect.yieldNow
  }
})

const showAccounts = Effect.fnUntraced(function*(bench: Bench, auditor: LedgerRules.Auditor) {
  let after = 0n
  while (true) {
    const rows = yield* bench.queries.all(accountsAfter(bench, after))
    const last = rows.at(-1)?.id
    if (last === undefined) return
    for (const account of yield* decoded(Effect.succeed(rows), accountOf)) auditor.seeAccount(account)
    after = last
    yield* Effect.yieldNow
  }
})

/** The holds that are open, and those that no transfer made: all others were seen where they ended. */
const readHolds = Effect.fnUntraced(function*(bench: Bench) {
  const holds = new Map<TransferId, LedgerRules.HoldState>()
  let after: StoredUuid | undefined
  while (true) {
    const rows = yield* bench.queries.all(holdsAfter(bench, after))
    const last = rows.at(-1)?.id
    if (last === undefined) return holds
    for (const { id, made, state } of rows) {
      const name = holdStates.nameOf(state)
      if (name === "pending" || made === null) holds.set(bench.dialect.uuid.decode(id) as TransferId, name)
    }
    after = last
    yield* Effect.yieldNow
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
  const log = makeLogAudit(bench)
  const seen = yield* showLog(bench, auditor, log)
  yield* showAccounts(bench, auditor)
  const verification = auditor.finish([], yield* readHolds(bench))
  const edges = [...yield* checkEdges(bench, seen), ...yield* log.finish]
  return { ...verification, discrepancies: [...verification.discrepancies, ...edges] }
})

/** Nobody counts transfers while this transaction has the row, so what is committed stays all there is. */
const holdStill = ({ dialect, sql }: Bench) => sql.unsafe(`SELECT last FROM head WHERE name = 'ledger' ${dialect.lock}`)

/** On a snapshot of its own, where the database gives one besides the connection that writes. */
const onSnapshot = (bench: Bench) =>
  Effect.scoped(Effect.gen(function*() {
    const own = bench.openSnapshot === undefined ? bench : yield* benchOn(bench, yield* bench.openSnapshot)
    const { dialect: { beginSnapshot }, sql } = own
    return yield* Effect.provideService(sql.withTransaction(verified(own)), BeginTransaction, beginSnapshot)
  }))

/**
 * Verifies on a snapshot, which keeps nobody from writing; on SQLite the file's log grows meanwhile, as it can not be
 * emptied past the snapshot. Within a transaction that has begun already, others can not post until it ends. Remembers
 * accounts and open holds, and no more of the transfers than a page.
 */
export const makeVerify = (bench: Bench): Effect.Effect<Verification, StorageError> =>
  Effect.contextWith((context: Context.Context<never>) =>
    Context.getOrUndefined(context, bench.sql.transactionService) === undefined
      ? onSnapshot(bench)
      : Effect.andThen(holdStill(bench), verified(bench))
  ).pipe(asStorageError("LedgerStore.verify"))
