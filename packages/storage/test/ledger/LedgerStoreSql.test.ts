import { assert, describe, layer, type Vitest } from "@effect/vitest"
import { LedgerStore } from "@purser/domain/ledger"
import { Transaction } from "@purser/domain/transaction"
import { Dialect, type DialectName } from "@purser/storage"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql/SqlClient"
import { bookedEach, openedAsks } from "./asks.ts"
import { databases } from "./stores.ts"

type Ground = Layer.Success<typeof databases[DialectName]>

const execute = (text: string) => SqlClient.use((sql) => sql.unsafe(text))

/** How the tables are made to take what they refuse. */
const openings: Readonly<Record<DialectName, (table: string) => ReadonlyArray<string>>> = {
  sqlite: (table) => [`DROP TRIGGER ${table}_refuses_update`, `DROP TRIGGER ${table}_refuses_delete`],
  postgres: (table) => [`DROP TRIGGER ${table}_refuses_changes ON ${table}`]
}

const unlock = Effect.gen(function*() {
  const dialect = yield* Dialect
  yield* Effect.forEach(["transfer", "entry"].flatMap(openings[dialect]), execute)
})

/** Plants a corruption, verifies, and takes it back; answers with the invariants that were found broken. */
const foundAfter = (...statements: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const { atomically } = yield* Transaction
    const store = yield* LedgerStore
    const discrepancies = yield* Effect.flip(atomically(Effect.gen(function*() {
      yield* unlock
      yield* Effect.forEach(statements, execute)
      return yield* Effect.fail((yield* store.verify).discrepancies)
    })))
    if (!Array.isArray(discrepancies)) return yield* Effect.fail(discrepancies)
    return [...new Set(discrepancies.map(({ invariant }) => invariant))].toSorted()
  })

const corruptions = [
  [["UPDATE account SET debits_posted_minor = debits_posted_minor + 1 WHERE code = 'sql:a'"], [
    "DebitsEqualCredits",
    "TotalsEqualTransfers"
  ]],
  [["UPDATE account SET version = version + 1 WHERE code = 'sql:a'"], ["TotalsEqualTransfers"]],
  [["UPDATE hold SET state = 1 WHERE state = 3"], ["PendingMatchesHolds"]],
  [["DELETE FROM hold WHERE state = 1"], ["PendingMatchesHolds"]],
  [["UPDATE entry SET credits_posted_minor = credits_posted_minor + 1 WHERE sequence = 2"], ["EntriesMatchTransfers"]],
  [["DELETE FROM entry WHERE sequence = 2"], ["EntriesMatchTransfers"]],
  [["INSERT INTO entry VALUES (99, 1, 2, 0, 0, 0, 0)"], ["EntriesMatchTransfers"]],
  [["UPDATE transfer SET amount_minor = amount_minor + 1 WHERE sequence = 1"], [
    "EntriesMatchTransfers",
    "LeafMatchesTransfer",
    "TotalsEqualTransfers"
  ]],
  [["UPDATE transfer SET debit_id = credit_id, credit_id = debit_id WHERE sequence = 1"], [
    "EntriesMatchTransfers",
    "LeafMatchesTransfer",
    "TotalsEqualTransfers"
  ]],
  [["DELETE FROM transfer WHERE sequence = 2", "DELETE FROM entry WHERE sequence = 2"], [
    "EntriesMatchTransfers",
    "SequenceHasNoGap",
    "TotalsEqualTransfers"
  ]],
  [["UPDATE head SET last = last + 1 WHERE name = 'ledger'"], ["SequenceHasNoGap"]],
  // All traces of the newest transfer are gone, but it was counted.
  [[
    "DELETE FROM entry WHERE sequence = 6",
    "DELETE FROM transfer WHERE sequence = 6",
    "UPDATE account SET debits_posted_minor = 0, version = 0 WHERE code = 'sql:c'",
    "UPDATE account SET credits_posted_minor = credits_posted_minor - 100, version = version - 1 WHERE code = 'sql:b'"
  ], ["SequenceHasNoGap"]]
] as const

const refused = [
  "UPDATE transfer SET reason = 'other'",
  "DELETE FROM transfer",
  "UPDATE entry SET sequence = sequence + 1",
  "DELETE FROM entry",
  "UPDATE transfer_metadata SET value = 'other'",
  "DELETE FROM transfer_metadata",
  "UPDATE account SET debits_posted_minor = -1 WHERE code = 'sql:a'",
  "UPDATE account SET state = 3 WHERE code = 'sql:a'",
  "UPDATE account SET balance_rule = 2 WHERE code = 'sql:a'",
  "UPDATE account SET balance_rule = 3 WHERE code = 'sql:b'",
  "INSERT INTO transfer (sequence, id, kind, debit_id, credit_id, asset, amount_minor, reason, reference, idempotency_key, pending_id, reverses, expires_at_millis, effective_at_millis, booked_at_millis, metadata) SELECT 9, id, kind, debit_id, credit_id, asset, amount_minor, reason, reference, NULL, pending_id, reverses, expires_at_millis, effective_at_millis, booked_at_millis, metadata FROM transfer WHERE sequence = 1",
  "UPDATE transfer SET leaf = salt",
  "INSERT INTO entry SELECT account_id, version + 9, sequence, 0, 0, 0, 0 FROM entry WHERE sequence = 1",
  "INSERT INTO account SELECT 99, code, asset, 1, 1, 0, metadata, 1, 0, 0, 0, 0, 0, 0 FROM account WHERE code = 'sql:a'"
]

const suite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("begins with books that are in order", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("sql")
      yield* store.openAccounts([asks.account("c")])
      yield* bookedEach(
        asks.post("1", { metadata: { a: "b" } }),
        asks.post("2"),
        asks.hold("3"),
        asks.hold("4"),
        asks.release("5", "4"),
        asks.post("6", { debit: asks.code("c") })
      )
      assert.deepStrictEqual(yield* store.verify, { accounts: 3n, transfers: 6n, discrepancies: [] })
    }))

  it.effect.each(corruptions)("finds what is wrong after %s", ([statements, invariants]) =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* foundAfter(...statements), [...invariants])
    }))

  it.effect.each(refused)("refuses %s", (statement) =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      const error = yield* Effect.flip(atomically(execute(statement)))
      assert.strictEqual("failure" in error && error.failure, "Broken")
    }))

  it.effect("is as it was after all that", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      assert.deepStrictEqual((yield* store.verify).discrepancies, [])
    }))
}

describe.each(Object.entries(databases))("LG-2 LG-13 tables of the ledger on %s", (_, world) => {
  layer(world as Layer.Layer<Ground>, { excludeTestServices: true })(suite)
})
