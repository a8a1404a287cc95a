/** Writes how far Epic accounts were read, and what was booked of it. */
import type { PayoutId } from "@purser/domain/payouts"
import type { Accrual, AccrualId, EarningStore, EpicAccount, PlayerId, SettlementRules } from "@purser/domain/rewards"
import type { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import { decoded } from "../decoded.ts"
import { givenRows } from "../dialect/givenRows.ts"
import { amongTexts } from "../dialect/lists.ts"
import { asStorageError } from "../failures.ts"
import type * as Queries from "../Queries.ts"
import {
  accrualColumns,
  type AccrualRow,
  accrualRowOf,
  booksOf,
  epicAccountColumns,
  type EpicAccountRow,
  type EpicEarnerRow,
  epicRowOf,
  keptAccrualOf
} from "./accrualRow.ts"
import { contended } from "./contended.ts"
import type { EarningTables } from "./earningTables.ts"
import { inOrderOfBooking } from "./inOrderOfBooking.ts"

type Sql = Queries.Queries<EarningTables>
type Store = EarningStore["Service"]

const columns = Object.keys(accrualColumns) as ReadonlyArray<keyof AccrualRow>

const higher = (one: bigint | null, other: bigint | null | undefined): bigint | null =>
  one === null || other === null || other === undefined ? one ?? other ?? null : one > other ? one : other

/** One row for each account, in the order of ids: the order in which rows are locked everywhere. */
const distinctRows = (accounts: ReadonlyArray<EpicAccount>): ReadonlyArray<EpicAccountRow> => {
  const rows = new Map<string, EpicAccountRow>()
  for (const row of accounts.map(epicRowOf)) {
    const high_water_kills = higher(row.high_water_kills, rows.get(row.epic_id)?.high_water_kills)
    rows.set(row.epic_id, { ...row, high_water_kills })
  }
  return [...rows.values()].sort((left, right) => left.epic_id < right.epic_id ? -1 : 1)
}

/** Without knowing one of the two marks no comparison holds, and the one that is known counts. */
const putEpicAccounts = ({ build, dialect }: Sql, accounts: ReadonlyArray<EpicAccount>) =>
  build.insertInto("epic_account").columns(["epic_id", "cursor_kills", "high_water_kills"])
    .expression(givenRows[dialect](epicAccountColumns, distinctRows(accounts)))
    .onConflict((conflict) =>
      conflict.column("epic_id").doUpdateSet(({ eb, or, ref }) => {
        const [stored, given] = [ref("epic_account.high_water_kills"), ref("excluded.high_water_kills")]
        return {
          cursor_kills: ref("excluded.cursor_kills"),
          high_water_kills: eb.case().when(or([eb(given, "is", null), eb(given, "<", stored)])).then(stored).else(given)
            .end()
        }
      })
    )

const insert = ({ build, dialect }: Sql, rows: ReadonlyArray<AccrualRow>) =>
  build.insertInto("accrual").columns([...columns]).expression(givenRows[dialect](accrualColumns, rows))

const earnerColumns = { epic_id: "text", player_id: "text" } as const

/** In one order, so that two who add the same wait for each other and not in a circle. */
const addEarners = ({ build, dialect }: Sql, accruals: ReadonlyArray<Accrual>) => {
  const pairs = new Map(
    accruals.map(({ epicId, playerId }) => [`${epicId} ${playerId}`, { epic_id: epicId, player_id: playerId }])
  )
  const rows: ReadonlyArray<EpicEarnerRow> = [...pairs].sort(([left], [right]) => left < right ? -1 : 1).map((
    [, row]
  ) => row)
  return build.insertInto("epic_earner").columns(["epic_id", "player_id"])
    .expression(givenRows[dialect](earnerColumns, rows)).onConflict((conflict) => conflict.doNothing())
}

/** Waits for whoever is adding the same row. */
const add = Effect.fnUntraced(
  function*(queries: Sql, accruals: ReadonlyArray<Accrual>, booked: Parameters<Store["add"]>[1]) {
    const booking = {
      booked_at_millis: BigInt(booked.atMillis),
      dry_run: booksOf(booked.dryRun),
      payout_id: null,
      last_payout_id: null
    }
    const rows = accruals.map((accrual) => accrualRowOf(accrual, booking))
    const added = yield* queries.changed(insert(queries, rows).onConflict((conflict) => conflict.doNothing()))
    if (added < rows.length) yield* contended("EarningStore.add", "a row exists")
    yield* queries.run(addEarners(queries, accruals))
  }
)

const takeWholes = ({ build, dialect }: Sql, ids: ReadonlyArray<AccrualId>) =>
  build.deleteFrom("accrual").where(amongTexts[dialect]("id", ids)).where("payout_id", "is", null).returningAll()

const split = Effect.fnUntraced(function*(queries: Sql, splits: ReadonlyArray<SettlementRules.Split>) {
  const taken = yield* queries.all(takeWholes(queries, splits.map(({ whole }) => whole.id)))
  if (taken.length < splits.length) yield* contended("EarningStore.split", "a row is in a payout, or is not there")
  const wholes = new Map(taken.map((row) => [row.id, row]))
  const parts = splits.flatMap(({ paid, rest, whole }) =>
    [paid, rest].map((accrual) => accrualRowOf(accrual, wholes.get(whole.id)!))
  )
  yield* queries.run(insert(queries, parts))
})

const putInto = ({ build, dialect }: Sql, payoutId: PayoutId, ids: ReadonlyArray<AccrualId>) =>
  build.updateTable("accrual").set({ payout_id: payoutId, last_payout_id: payoutId })
    .where(amongTexts[dialect]("id", ids)).where("payout_id", "is", null)

/** Waits for whoever is putting one of the rows into another payout, and finds it there. */
const assign = Effect.fnUntraced(function*(queries: Sql, payoutId: PayoutId, ids: ReadonlyArray<AccrualId>) {
  const assigned = yield* queries.changed(putInto(queries, payoutId, ids))
  if (assigned < new Set(ids).size) yield* contended("EarningStore.assign", "a row is in a payout, or is not there")
})

const release = ({ build }: Sql, payoutId: PayoutId) =>
  build.updateTable("accrual").set({ payout_id: null })
    .where("last_payout_id", "=", payoutId).where("payout_id", "=", payoutId).returningAll()

const removeOpen = ({ build }: Sql, playerId: PlayerId) =>
  build.deleteFrom("accrual").where("player_id", "=", playerId).where("payout_id", "is", null).returningAll()

const unlessEmpty = <E>(given: ReadonlyArray<unknown>, effect: () => Effect.Effect<void, E>) =>
  given.length === 0 ? Effect.void : effect()

type Writes = Pick<Store, "putEpicAccounts" | "add" | "split" | "assign" | "release" | "removeOpen">

/** The methods that write. Those that can refuse undo what they wrote before. */
export const makeEarningWrites = (queries: Sql, { atomically }: Transaction["Service"]): Writes => ({
  putEpicAccounts: (accounts) =>
    unlessEmpty(
      accounts,
      () => asStorageError("EarningStore.putEpicAccounts")(queries.run(putEpicAccounts(queries, accounts)))
    ),
  add: (accruals, booked) =>
    unlessEmpty(accruals, () => atomically(asStorageError("EarningStore.add")(add(queries, accruals, booked)))),
  split: (splits) =>
    unlessEmpty(splits, () => atomically(asStorageError("EarningStore.split")(split(queries, splits)))),
  assign: (payoutId, ids) =>
    unlessEmpty(ids, () => atomically(asStorageError("EarningStore.assign")(assign(queries, payoutId, ids)))),
  release: (payoutId) =>
    asStorageError("EarningStore.release")(
      Effect.map(
        decoded(queries.all(release(queries, payoutId)), keptAccrualOf),
        (rows) => inOrderOfBooking(rows).map(({ accrual }) => accrual.id)
      )
    ),
  removeOpen: (playerId) =>
    asStorageError("EarningStore.removeOpen")(
      Effect.map(decoded(queries.all(removeOpen(queries, playerId)), keptAccrualOf), inOrderOfBooking)
    )
})
