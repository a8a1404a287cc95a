/** Takes the lines of an archive into the ledger, each stretch of transfers decided again by the rules. */
import {
  ArchiveError,
  ArchiveReader,
  type ArchiveReason,
  type ArchiveStep,
  type ArchiveTotals,
  type ConfirmedTransfers,
  type Imported,
  type LedgerLog,
  type LogError
} from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import { sameHash } from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import * as Stream from "effect/Stream"
import { asStorageError } from "../../failures.ts"
import { bytesOf } from "../../hex.ts"
import type { Bench } from "../Bench.ts"
import { leafOf, sha256 } from "../log/leaf.ts"
import { readLeaves } from "../log/readLeaves.ts"
import { type AccountLine, makeTakeAccounts } from "./takeAccounts.ts"
import { makeTakeTransfers } from "./takeTransfers.ts"

const operation = "LedgerArchive.importLines"

/** So many transfers are committed together. */
const transfersPerCommit = 1024

const refused = (reason: ArchiveReason, line: number, detail: string) =>
  Effect.fail(new ArchiveError({ reason, line, detail }))

/** What is known while lines are taken in. */
interface Course {
  /** How many transfers were in the ledger before. */
  readonly there: bigint
  readonly totals: ArchiveTotals
  /** Written before the first transfer that is new, and not before the ledger is known to be the one in the file. */
  readonly accounts: ReadonlyArray<AccountLine>
  areAccountsOpen: boolean
  waiting: ReadonlyArray<ConfirmedTransfers>
}

type Failure = ArchiveError | LogError | SqlError | StorageError

/** Splits transfers into those that are there already, and those that are new. */
const split = ({ firstSequence, line, records }: ConfirmedTransfers, there: bigint) => {
  const known = there < firstSequence ? 0 : Math.min(records.length, Number(there - firstSequence + 1n))
  const fresh = { line: line + known, firstSequence: firstSequence + BigInt(known), records: records.slice(known) }
  return { known: records.slice(0, known), fresh }
}

const compareKnown = Effect.fnUntraced(function*(bench: Bench, transfers: ConfirmedTransfers, there: bigint) {
  const { known } = split(transfers, there)
  const first = transfers.firstSequence - 1n
  const stored = yield* readLeaves(bench, { first, last: first + BigInt(known.length) })
  const given = Buffer.concat(known.map(({ salt, transfer }) => bytesOf(leafOf(transfer, salt))))
  if (stored === undefined || !given.equals(stored)) {
    return yield* refused("LedgerHoldsOtherTransfers", transfers.line, "the ledger is another one, or not empty")
  }
})

const makeSteps = (bench: Bench, log: LedgerLog["Service"]) => {
  const takeAccounts = makeTakeAccounts(bench)
  const takeTransfers = makeTakeTransfers(bench)

  const begin = Effect.fnUntraced(function*(line: number, totals: ArchiveTotals, accounts: Course["accounts"]) {
    const there = yield* log.size
    if (there > totals.transfers) {
      return yield* refused("LedgerHoldsOtherTransfers", line, `the ledger has ${there}, the file ${totals.transfers}`)
    }
    return { there, totals, accounts, areAccountsOpen: false, waiting: [] } as Course
  })

  const write = Effect.fnUntraced(function*(course: Course) {
    if (!course.areAccountsOpen) yield* takeAccounts.open(course.accounts)
    course.areAccountsOpen = true
    const { waiting } = course
    course.waiting = []
    if (waiting.length > 0) yield* takeTransfers(waiting)
  })

  const take = Effect.fnUntraced(function*(course: Course, transfers: ConfirmedTransfers) {
    if (transfers.firstSequence <= course.there) yield* compareKnown(bench, transfers, course.there)
    const { fresh } = split(transfers, course.there)
    if (fresh.records.length > 0) course.waiting = [...course.waiting, fresh]
    const count = course.waiting.reduce((sum, { records }) => sum + records.length, 0)
    if (count >= transfersPerCommit) yield* write(course)
  })

  const end = Effect.fnUntraced(function*(course: Course, line: number) {
    yield* write(course)
    yield* takeAccounts.close(course.accounts)
    const { accounts, root, transfers } = course.totals
    const size = yield* log.size
    if (size !== transfers) return yield* refused("LedgerChanged", line, `the ledger has ${size} transfers by now`)
    if (!sameHash(yield* log.root(size), root)) return yield* refused("RootDiffers", line, "the log has another root")
    return { accounts, transfers, skipped: course.there, root }
  })

  return { begin, take, end }
}

/** See `LedgerArchive.importLines`. */
export const makeImportLines = (bench: Bench, log: LedgerLog["Service"]) => {
  const { begin, end, take } = makeSteps(bench, log)
  return <E, R>(lines: Stream.Stream<string, E, R>): Effect.Effect<Imported, Exclude<Failure, SqlError> | E, R> =>
    Effect.gen(function*() {
      const reader = new ArchiveReader(sha256)
      let course: Course | undefined
      let imported: Imported | undefined
      const accounts: Array<AccountLine> = []
      const step = (taken: ArchiveStep): Effect.Effect<void, Failure> => {
        switch (taken._tag) {
          case "Beginning":
            return Effect.map(begin(taken.line, taken.totals, accounts), (begun) => {
              course = begun
            })
          case "Account":
            return Effect.sync(() => accounts.push(taken))
          case "Transfers":
            return take(course!, taken.transfers)
          case "End":
            return Effect.map(Effect.andThen(take(course!, taken.transfers), end(course!, taken.line)), (done) => {
              imported = done
            })
        }
      }
      yield* Stream.runForEach(lines, (line) =>
        Effect.flatMap(
          Effect.fromResult(reader.take(line)),
          (taken) => taken === undefined ? Effect.void : asStorageError(operation)(step(taken))
        ))
      yield* Effect.fromResult(reader.finish())
      return imported!
    })
}
