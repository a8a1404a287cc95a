/** Loads the transfers that a batch refers to, and what became of them. */
import type { IdempotencyKey, LedgerRules, Transfer, TransferId } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import { decoded } from "../../decoded.ts"
import type { Bench } from "../Bench.ts"
import { holdStates, type TransferRow } from "../rows.ts"

/** What is known of transfers; accounts come from elsewhere. */
export type Loaded = Omit<LedgerRules.Books, "accounts">

/** Loads transfers by id and by idempotency key. */
export type LoadBooks = (
  ids: Iterable<TransferId>,
  keys: Iterable<IdempotencyKey>
) => Effect.Effect<Loaded, SqlError>

interface FoundRow extends TransferRow {
  readonly hold_state: bigint | null
  readonly reversed_by: bigint | null
}

interface Found {
  readonly transfer: Transfer
  readonly holdState: LedgerRules.HoldState | undefined
  readonly isReversed: boolean
}

const idColumns = { id: "uuid" } as const
const keyColumns = { idempotency_key: "text" } as const

/** What belongs to a transfer is looked up for each by itself: there are few, and mostly none. */
const textOf = ({ dialect: { find, table } }: Bench): string =>
  `WITH found AS (
    SELECT t.* FROM ${table(idColumns, 1)} ${find("transfer", "t", "id")}
    UNION ALL
    SELECT t.* FROM ${table(keyColumns, 1 + Object.keys(idColumns).length)} ${find("transfer", "t", "idempotency_key")}
  )
  SELECT t.*,
    (SELECT a.code FROM account AS a WHERE a.id = t.debit_id) AS debit,
    (SELECT a.code FROM account AS a WHERE a.id = t.credit_id) AS credit,
    (SELECT h.state FROM hold AS h WHERE h.id = t.id) AS hold_state,
    (SELECT v.sequence FROM transfer AS v WHERE v.reverses = t.id) AS reversed_by
  FROM found AS t`

const booksOf = (found: ReadonlyArray<Found>): Loaded => {
  const transfersByKey = new Map<IdempotencyKey, Transfer>()
  const holds = new Map<TransferId, LedgerRules.HoldState>()
  for (const { holdState, transfer } of found) {
    if (transfer.idempotencyKey !== null) transfersByKey.set(transfer.idempotencyKey, transfer)
    if (holdState !== undefined) holds.set(transfer.id, holdState)
  }
  return {
    transfers: new Map(found.map(({ transfer }) => [transfer.id, transfer])),
    transfersByKey,
    holds,
    reversed: new Set(found.filter(({ isReversed }) => isReversed).map(({ transfer }) => transfer.id))
  }
}

/** Makes the loader; one statement whatever the number of transfers. */
export const makeLoadBooks = (bench: Bench): LoadBooks => {
  const text = textOf(bench)
  const { dialect: { parameters }, sql, transferOf } = bench
  const foundOf = (row: FoundRow): Found => ({
    transfer: transferOf(row),
    holdState: row.hold_state === null ? undefined : holdStates.nameOf(row.hold_state),
    isReversed: row.reversed_by !== null
  })
  return (ids, keys) => {
    const given = [
      ...parameters({ columns: idColumns, rows: Array.from(ids, (id) => ({ id })) }),
      ...parameters({ columns: keyColumns, rows: Array.from(keys, (key) => ({ idempotency_key: key })) })
    ]
    return Effect.map(decoded(sql.unsafe<FoundRow>(text, given), foundOf), booksOf)
  }
}
