import { assert, describe, layer, type Vitest } from "@effect/vitest"
import { LedgerLog, LedgerStore } from "@purser/domain/ledger"
import { Transaction } from "@purser/domain/transaction"
import { printCheckpoint } from "@purser/domain/transparency"
import { Dialect, type DialectName } from "@purser/storage"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql/SqlClient"
import { booked, openedAsks } from "../asks.ts"
import { databases } from "../stores.ts"

type Ground = Layer.Success<typeof databases[DialectName]>

const execute = (text: string) => SqlClient.use((sql) => sql.unsafe(text))

const openings: Readonly<Record<DialectName, (table: string) => ReadonlyArray<string>>> = {
  sqlite: (table) => [`DROP TRIGGER ${table}_refuses_update`, `DROP TRIGGER ${table}_refuses_delete`],
  postgres: (table) => [`DROP TRIGGER ${table}_refuses_changes ON ${table}`]
}

const fives: Readonly<Record<DialectName, (bytes: number) => string>> = {
  sqlite: (bytes) => `unhex('${"05".repeat(bytes)}')`,
  postgres: (bytes) => `decode('${"05".repeat(bytes)}', 'hex')`
}

/** The note of a head; verifying asks for no key, so that the signature may be anybody's. */
const noteOf = (size: bigint, root: Uint8Array) =>
  `${printCheckpoint({ origin: "example.com/books", size, root })}\n— example.com/books ${"A".repeat(92)}\n`

type Corruption = (bytes: (count: number) => string) => string

const corruptions: ReadonlyArray<readonly [title: string, Corruption, ReadonlyArray<string>]> = [
  ["another reason of a transfer", () => "UPDATE transfer SET reason = 'other' WHERE sequence = 7", [
    "LeafMatchesTransfer"
  ]],
  ["another leaf in a full tile", (bytes) => `UPDATE transfer SET leaf = ${bytes(32)} WHERE sequence = 7`, [
    "HeadMatchesLog",
    "LeafMatchesTransfer",
    "TilesMatchLeaves"
  ]],
  [
    "another leaf after the last signed head",
    (bytes) => `UPDATE transfer SET leaf = ${bytes(32)} WHERE sequence = 600`,
    ["LeafMatchesTransfer"]
  ],
  ["another salt", (bytes) => `UPDATE transfer SET salt = ${bytes(16)} WHERE sequence = 600`, ["LeafMatchesTransfer"]],
  ["no leaf", () => "UPDATE transfer SET salt = NULL, leaf = NULL WHERE sequence = 7", [
    "HeadMatchesLog",
    "TilesMatchLeaves"
  ]],
  ["another root of a tile", (bytes) => `UPDATE tile SET root = ${bytes(32)} WHERE idx = 1`, ["TilesMatchLeaves"]],
  ["other hashes in a tile", (bytes) => `UPDATE tile SET hashes = ${bytes(8192)} WHERE idx = 0`, ["TilesMatchLeaves"]],
  ["a hole in the tiles", () => "DELETE FROM tile WHERE idx = 0", ["TilesMatchLeaves"]],
  ["a tile that is not full", () => "INSERT INTO tile SELECT level, 2, root, hashes FROM tile WHERE idx = 1", [
    "TilesMatchLeaves"
  ]],
  ["a tile of a level without", () => "INSERT INTO tile SELECT 1, 0, root, hashes FROM tile WHERE idx = 1", [
    "TilesMatchLeaves"
  ]],
  [
    "a head that is one of another size",
    () => "UPDATE signed_head SET note = (SELECT note FROM signed_head WHERE size = 300) WHERE size = 2",
    ["HeadMatchesLog"]
  ],
  ["a head that is none", () => "UPDATE signed_head SET note = 'x' WHERE size = 0", ["HeadMatchesLog"]],
  ["a head of a longer log", () => "INSERT INTO signed_head SELECT 601, note, 0 FROM signed_head WHERE size = 300", [
    "HeadMatchesLog"
  ]]
]

/** Plants a corruption, verifies, and takes it back. */
const foundAfter = (corrupt: Corruption) =>
  Effect.gen(function*() {
    const { atomically } = yield* Transaction
    const store = yield* LedgerStore
    const dialect = yield* Dialect
    const discrepancies = yield* Effect.flip(atomically(Effect.gen(function*() {
      yield* Effect.forEach(["transfer", "tile", "signed_head"].flatMap(openings[dialect]), execute)
      yield* execute(corrupt(fives[dialect]))
      return yield* Effect.fail((yield* store.verify).discrepancies)
    })))
    if (!Array.isArray(discrepancies)) return yield* Effect.fail(discrepancies)
    return [...new Set(discrepancies.map(({ invariant }) => invariant))].toSorted()
  })

const suite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("begins with a log that is in order", () =>
    Effect.gen(function*() {
      const log = yield* LedgerLog
      const store = yield* LedgerStore
      const asks = yield* openedAsks("audit")
      for (let from = 0; from < 600; from += 100) {
        yield* booked(...Array.from({ length: 100 }, (_, index) => asks.post(String(from + index))))
      }
      for (const size of [0n, 2n, 300n, 512n]) {
        yield* log.keepHead({ size, note: noteOf(size, yield* log.root(size)), signedAtMillis: 0 })
      }
      assert.deepStrictEqual(yield* store.verify, { accounts: 2n, transfers: 600n, discrepancies: [] })
    }))

  it.effect.each(corruptions)("finds %s", ([, corrupt, invariants]) =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* foundAfter(corrupt), [...invariants])
    }))

  it.effect("is as it was after all that, also where the tree lags behind", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      assert.deepStrictEqual((yield* store.verify).discrepancies, [])
      assert.deepStrictEqual(yield* foundAfter(() => "DELETE FROM tile WHERE idx = 1"), [])
    }))
}

describe.each(Object.entries(databases))("LG-9 audit of the log on %s", (_, world) => {
  layer(world as Layer.Layer<Ground>, { excludeTestServices: true, timeout: "180 seconds" })(suite)
})
