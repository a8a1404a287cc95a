/** Writes the ledger out as the lines of an archive, a stretch of the log at a time. */
import {
  type ArchiveTotals,
  type LedgerLog,
  LogError,
  printAccount,
  printBeginning,
  printEnd,
  printHead,
  printTransfer,
  transfersPerHead
} from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import { Frontier, sameHash } from "@purser/domain/transparency"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { BeginTransaction } from "effect/sql/SqlClient"
import * as Stream from "effect/Stream"
import { decoded } from "../../decoded.ts"
import { asStorageError } from "../../failures.ts"
import { bytesOf } from "../../hex.ts"
import type { Bench } from "../Bench.ts"
import { leafOf, saltOf, sha256 } from "../log/leaf.ts"
import { selectTransfers } from "../readTransfers.ts"
import { accountOf, type TransferRow } from "../rows.ts"

const operation = "LedgerArchive.exportLines"

const pageRows = 1000

const pageTransfers = 4 * transfersPerHead

/** How large the log is, and the lines of all accounts, in one state of the database. */
const readStart = Effect.fnUntraced(function*({ queries: { all, build, first } }: Bench) {
  const head = yield* first(build.selectFrom("head").select("last").where("name", "=", "ledger"))
  const lines: Array<string> = []
  let after = 0n
  while (true) {
    const rows = yield* all(
      build.selectFrom("account").selectAll().where("id", ">", after).orderBy("id").limit(pageRows)
    )
    const last = rows.at(-1)
    if (last === undefined) return { size: head?.last ?? 0n, lines }
    lines.push(...yield* decoded(Effect.succeed(rows), (row) => printAccount(accountOf(row))))
    after = last.id
  }
})

/** Transfers never change, so only the start has to be of one state; others can post while they are read. */
const readStill = (bench: Bench) =>
  Effect.contextWith((context: Context.Context<never>) =>
    Context.getOrUndefined(context, bench.sql.transactionService) === undefined
      ? Effect.provideService(
        bench.sql.withTransaction(readStart(bench)),
        BeginTransaction,
        bench.dialect.beginSnapshot
      )
      : readStart(bench)
  )

const refused = (reason: LogError["reason"], detail: string) => Effect.fail(new LogError({ reason, detail }))

/** The lines of some rows; the leaves follow from what is printed, so that the file has the root that the log has, or none. */
const printRows = (bench: Bench, tree: Frontier, rows: ReadonlyArray<TransferRow>): ReadonlyArray<string> =>
  rows.flatMap((row) => {
    const transfer = bench.transferOf(row)
    const salt = saltOf(row.salt)
    tree.append(bytesOf(leafOf(transfer, salt)))
    const line = printTransfer(transfer, salt)
    return tree.size % BigInt(transfersPerHead) === 0n ? [line, printHead(tree.size, tree.root())] : [line]
  })

const transferLines = (
  bench: Bench,
  size: bigint,
  tree: Frontier
): Stream.Stream<string, LogError | StorageError> =>
  Stream.paginate(
    0n,
    Effect.fnUntraced(function*(after: bigint) {
      if (after === size) return [[], Option.none<bigint>()] as const
      const upTo = after + BigInt(pageTransfers) < size ? after + BigInt(pageTransfers) : size
      const rows = yield* bench.queries.all(
        selectTransfers(bench).where("t.sequence", ">", after).where("t.sequence", "<=", upTo).orderBy("t.sequence")
      )
      if (BigInt(rows.length) !== upTo - after) {
        return yield* refused("TreeIsIncomplete", `a transfer is missing from ${after + 1n} to ${upTo}`)
      }
      const lines = yield* decoded(Effect.succeed([rows]), (page) => printRows(bench, tree, page))
      return [lines.flat(), Option.some(upTo)] as const
    }, asStorageError(operation))
  )

const end = (tree: Frontier, totals: ArchiveTotals) =>
  sameHash(tree.root(), totals.root)
    ? Effect.succeed(printEnd(totals))
    : refused("RecordDiffersFromLog", "a transfer was changed after it was logged: verify finds it")

/** See `LedgerArchive.exportLines`. */
export const makeExportLines = (
  bench: Bench,
  log: LedgerLog["Service"]
): Stream.Stream<string, LogError | StorageError> =>
  Stream.unwrap(Effect.gen(function*() {
    const { lines, size } = yield* asStorageError(operation)(readStill(bench))
    const totals = { accounts: BigInt(lines.length), transfers: size, root: yield* log.root(size) }
    const tree = new Frontier(sha256)
    return Stream.fromIterable([printBeginning(totals), ...lines]).pipe(
      Stream.concat(transferLines(bench, size, tree)),
      Stream.concat(Stream.fromEffect(Effect.suspend(() => end(tree, totals))))
    )
  }))
