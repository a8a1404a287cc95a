import { assert, describe, layer, type Vitest } from "@effect/vitest"
import { LedgerLog } from "@purser/domain/ledger"
import { Frontier, type Hash, verifyConsistency } from "@purser/domain/transparency"
import { Dialect, type DialectName } from "@purser/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Result from "effect/Result"
import { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import { hash } from "node:crypto"
import { accountNow, booked, bookedEach, openedAsks } from "../asks.ts"
import { databases } from "../stores.ts"

type Ground = Layer.Success<typeof databases[DialectName]>

const sha256 = (bytes: Uint8Array): Hash => hash("sha256", bytes, "buffer")

const columns = "sequence, id, kind, debit_id, credit_id, asset, amount_minor, reason, effective_at_millis, "
  + "booked_at_millis, metadata, salt, leaf"

/** Rows whose leaves are their sequences, from one up to another. */
const plant: Readonly<Record<DialectName, (from: number, to: number) => string>> = {
  sqlite: (from, to) =>
    `INSERT INTO transfer (${columns})
      WITH RECURSIVE counted (n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM counted WHERE n < ${to})
      SELECT n, unhex(printf('%032x', n)), 1, 1, 2, 'EUR', 1, 'test', 0, 0, '{}', zeroblob(16), unhex(printf('%064x', n))
      FROM counted`,
  postgres: (from, to) =>
    `INSERT INTO transfer (${columns})
      SELECT n, lpad(to_hex(n), 32, '0')::uuid, 1, 1, 2, 'EUR', 1, 'test', 0, 0, '{}', decode(repeat('00', 16), 'hex'),
        decode(lpad(to_hex(n), 64, '0'), 'hex')
      FROM generate_series(${from}::bigint, ${to}::bigint) AS n`
}

const grow = (from: number, to: number) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient
    yield* sql.unsafe(plant[yield* Dialect](from, to))
    yield* sql.unsafe(`UPDATE head SET last = ${to} WHERE name = 'ledger'`)
  })

const leaf = (sequence: number): Hash => Buffer.from(sequence.toString(16).padStart(64, "0"), "hex")

const rootsAt = (sizes: ReadonlyArray<number>): ReadonlyMap<number, Hash> => {
  const tree = new Frontier(sha256)
  const roots = new Map<number, Hash>()
  for (let sequence = 1; sequence <= Math.max(...sizes); sequence += 1) {
    tree.append(leaf(sequence))
    if (sizes.includes(sequence)) roots.set(sequence, tree.root())
  }
  return roots
}

const tiles = SqlClient.use((sql) =>
  sql.unsafe<{ readonly level: bigint; readonly count: bigint }>(
    "SELECT level, count(*) AS count FROM tile GROUP BY level ORDER BY level"
  )
)

const refused = ["UPDATE tile SET idx = idx + 1", "DELETE FROM tile", "DELETE FROM signed_head"]

const tall = 65_536 + 700

const suite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("grows tiles of several levels by whoever reads first, some at a time", () =>
    Effect.gen(function*() {
      const log = yield* LedgerLog
      const sizes = [1, 256, 40_000, 65_535, 65_536, 65_537, 65_536 + 300, tall]
      const roots = rootsAt(sizes)
      // What is planted is not searched for.
      yield* SqlClient.use((sql) => sql.unsafe("DROP INDEX transfer_reason"))
      yield* grow(1, 300)
      assert.deepStrictEqual(Buffer.from(yield* log.root(256n)), Buffer.from(roots.get(256)!))
      assert.deepStrictEqual(yield* tiles, [{ level: 0n, count: 1n }])
      yield* grow(301, tall)
      for (const size of sizes) {
        assert.deepStrictEqual(Buffer.from(yield* log.root(BigInt(size))), Buffer.from(roots.get(size)!))
      }
      assert.deepStrictEqual(yield* tiles, [{ level: 0n, count: 258n }, { level: 1n, count: 1n }])
      for (const [from, to] of [[1, tall], [256, 65_537], [40_000, 65_536 + 300], [65_536, tall]] as const) {
        const hashes = yield* log.consistency(BigInt(from), BigInt(to))
        const head = (size: number) => ({ size: BigInt(size), root: roots.get(size)! })
        assert.isTrue(Result.isSuccess(verifyConsistency({ from: head(from), to: head(to), hashes })))
      }
    }))

  it.effect("grows once however many read at once", () =>
    Effect.gen(function*() {
      const log = yield* LedgerLog
      yield* grow(tall + 1, tall + 4_000)
      const size = BigInt(tall + 4_000)
      const roots = yield* Effect.all(Array.from({ length: 6 }, () => log.root(size)), { concurrency: "unbounded" })
      for (const root of roots) assert.deepStrictEqual(Buffer.from(root), Buffer.from(roots[0]!))
      assert.deepStrictEqual(yield* tiles, [{ level: 0n, count: 274n }, { level: 1n, count: 1n }])
    }))

  it.effect("proves no row that is not what was logged", () =>
    Effect.gen(function*() {
      const log = yield* LedgerLog
      yield* SqlClient.use((sql) =>
        Effect.forEach(["a", "b"], (code) =>
          sql.unsafe(
            `INSERT INTO account (code, asset, normal_side, balance_rule, overdraft_minor, metadata, state,
              debits_posted_minor, debits_pending_minor, credits_posted_minor, credits_pending_minor, version,
              opened_at_millis) VALUES ('${code}', 'EUR', 1, 1, 0, '{}', 1, 0, 0, 0, 0, 0, 0)`
          ))
      )
      const id = "00000000-0000-0000-0000-000000000001" as Parameters<typeof log.inclusion>[0]
      const error = yield* Effect.flip(log.inclusion(id, 1000n))
      assert.strictEqual("reason" in error && error.reason, "RecordDiffersFromLog")
    }))

  it.effect.each(refused)("refuses %s", (statement) =>
    Effect.gen(function*() {
      const log = yield* LedgerLog
      yield* log.keepHead({ size: 1n, note: "one", signedAtMillis: 0 })
      const error = yield* Effect.flip(SqlClient.use((sql) => sql.unsafe(statement)))
      assert.include(String((error.reason.cause as Error).message), "is append-only")
    }))
}

/** Waits until so many tiles are there, though nobody reads the log. */
const awaited = (count: bigint): Effect.Effect<void, SqlError, SqlClient> =>
  Effect.flatMap(
    tiles,
    ([lowest]) =>
      lowest?.count === count
        ? Effect.void
        : Effect.andThen(Effect.sleep("20 millis"), Effect.suspend(() => awaited(count)))
  )

const followingSuite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("follows the posting, and makes up for what a dead process left", () =>
    Effect.gen(function*() {
      yield* grow(1, 600)
      const asks = yield* openedAsks("follow")
      yield* bookedEach(...Array.from({ length: 100 }, (_, index) => asks.post(String(index))))
      assert.deepStrictEqual(yield* tiles, [])
      yield* booked(...Array.from({ length: 100 }, (_, index) => asks.post(String(100 + index))))
      yield* awaited(3n)
    }))

  it.effect("does not stand in the way of posting when it can not grow", () =>
    Effect.gen(function*() {
      yield* SqlClient.use((sql) => sql.unsafe("DROP TABLE tile"))
      const asks = yield* openedAsks("broken")
      for (const round of ["1", "2"]) {
        yield* booked(...Array.from({ length: 300 }, (_, index) => asks.post(`${round} ${index}`)))
        yield* Effect.sleep("400 millis")
      }
      const { debitsPostedMinor } = yield* accountNow(asks.code("a"))
      assert.strictEqual(debitsPostedMinor, 60_000n)
    }))
}

describe.each(Object.entries(databases))("LG-9 tree of the log on %s", (_, world) => {
  layer(world as Layer.Layer<Ground>, { excludeTestServices: true, timeout: "180 seconds" })(suite)
  const quiet = Layer.provide(world as Layer.Layer<Ground>, Logger.layer([]))
  layer(quiet, { excludeTestServices: true, timeout: "180 seconds" })("behind", followingSuite)
})
