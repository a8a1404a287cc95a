/** Books the transfers of an archive as they were booked before, where the rules still say so. */
import {
  ArchiveError,
  type ConfirmedTransfers,
  type IdempotencyKey,
  LedgerRules,
  type ParsedRecord,
  type TransferId
} from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import type { Bench } from "../Bench.ts"
import { makeBookLocked, type Task } from "../posting/bookLocked.ts"

type Transfer = ParsedRecord["transfer"]

const refersTo = ({ id, pendingId, reverses }: Transfer): ReadonlyArray<TransferId> =>
  [id, pendingId, reverses].filter((each) => each !== null)

const keyOf = ({ idempotencyKey }: Transfer): ReadonlyArray<IdempotencyKey> =>
  idempotencyKey === null ? [] : [idempotencyKey]

const taskOf = (records: ReadonlyArray<ParsedRecord>): Task<LedgerRules.Retraced> => {
  const transfers = records.map(({ transfer }) => transfer)
  return {
    ids: new Set(transfers.flatMap(refersTo)),
    keys: new Set(transfers.flatMap(keyOf)),
    // Unlike a request a record names the accounts of the hold that it ends.
    ends: new Set(),
    accountsOf: () => transfers.flatMap(({ credit, debit }) => [debit, credit]),
    decide: (books, { assets, lastSequence }) => LedgerRules.retrace(books, transfers, { assets, lastSequence }),
    salts: records.map(({ salt }) => salt)
  }
}

/** Books transfers that lie side by side all together, or refuses with the line of the first that can not be. */
export const makeTakeTransfers = (bench: Bench) => {
  const book = makeBookLocked(bench, "LedgerArchive.importLines")
  return (parts: ReadonlyArray<ConfirmedTransfers>) => {
    const records = parts.flatMap((part) => part.records)
    const lines = parts.flatMap((part) => part.records.map((_, index) => part.line + index))
    const { firstSequence } = parts[0]!
    return bench.atomically(Effect.gen(function*() {
      const { decision } = yield* book(taskOf(records))
      const { fault } = decision
      if (fault !== undefined) {
        return yield* Effect.fail(
          new ArchiveError({ reason: fault.reason, line: lines[fault.index]!, detail: fault.detail })
        )
      }
      const booked = decision.transfers[0]!.sequence
      if (booked !== firstSequence) {
        const detail = `transfer ${firstSequence} would have become ${booked}`
        return yield* Effect.fail(new ArchiveError({ reason: "LedgerChanged", line: lines[0]!, detail }))
      }
    }))
  }
}
