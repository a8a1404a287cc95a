import { assert, describe, it } from "@effect/vitest"
import { AccountRequest, deriveTransferId, Ledger, LedgerStore, PostTransfer } from "@purser/domain/ledger"
import { DatabaseRefused, Migrations } from "@purser/storage"
import { layerPostgres, layerSqlite } from "@purser/storage/ledger"
import { temporaryPath, temporaryPostgres } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql/SqlClient"
import { inject } from "vitest"

const side = { asset: "EUR", balanceRule: "none" } as const
const sale = { debit: "cash", credit: "sales", asset: "EUR", amountMinor: 1250n, reason: "sale" }

/** Opens the accounts, posts once, and answers with the sequence. */
const post = (order: string) =>
  Effect.gen(function*() {
    const ledger = yield* Ledger
    yield* ledger.open(AccountRequest.from({ ...side, code: "cash", normalSide: "debit" }))
    yield* ledger.open(AccountRequest.from({ ...side, code: "sales", normalSide: "credit" }))
    const { sequence } = yield* ledger.post(PostTransfer.from({ ...sale, id: deriveTransferId("order", order) }))
    assert.deepStrictEqual((yield* LedgerStore.use((store) => store.verify)).discrepancies, [])
    return sequence
  })

const onPostgres = (schema?: string) =>
  Effect.map(temporaryPostgres(inject("postgresUrl")), (url) => {
    const layer = layerPostgres({ url: Redacted.make(url), ...schema === undefined ? {} : { schema } })
    return <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.provide(effect, layer, { local: true })
  })

const refusal = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (error) => error instanceof DatabaseRefused ? error.message : error)

const build = (address: string, schema: string) =>
  refusal(Effect.scoped(Layer.build(layerPostgres({ url: Redacted.make(address), schema }))))

describe("LG-13 the ledger alone on SQLite", () => {
  it.live("makes its file, and goes on in it", () =>
    Effect.gen(function*() {
      const path = yield* temporaryPath
      const opened = layerSqlite({ path })
      assert.strictEqual(yield* Effect.provide(post("1"), opened, { local: true }), 1n)
      assert.strictEqual(yield* Effect.provide(post("2"), opened, { local: true }), 2n)
    }))
})

describe("LG-13 the ledger alone on PostgreSQL", () => {
  it.live("is brought up to date by several at once", () =>
    Effect.gen(function*() {
      const here = yield* onPostgres()
      const sequences = yield* Effect.forEach(["1", "2", "3"], (order) => here(post(order)), { concurrency: 3 })
      assert.sameMembers(sequences, [1n, 2n, 3n])
    }))

  it.live("keeps to its schema, beside tables of the same names", () =>
    Effect.gen(function*() {
      const here = yield* onPostgres("books")
      const rows = yield* here(Effect.gen(function*() {
        const sql = yield* SqlClient
        yield* sql`CREATE TABLE public.account (id int PRIMARY KEY)`
        yield* sql`CREATE TABLE public.orders (id int PRIMARY KEY)`
        yield* post("1")
        yield* sql`INSERT INTO orders (id) VALUES (1)`
        return yield* sql<
          { n: bigint }
        >`SELECT count(*) AS n FROM account UNION ALL SELECT count(*) FROM public.account`
      }))
      assert.deepStrictEqual(rows.map(({ n }) => n), [2n, 0n])
      assert.strictEqual(yield* here(post("2")), 2n)
      const states = yield* here(Migrations.status)
      assert.isTrue(states.every(({ appliedAtMillis }) => appliedAtMillis !== null))
    }))

  it.live("makes its schema once although several begin", () =>
    Effect.gen(function*() {
      const here = yield* onPostgres("books")
      const starts = ["1", "2", "3", "4"]
      assert.strictEqual((yield* Effect.forEach(starts, (order) => here(post(order)), { concurrency: 4 })).length, 4)
    }))

  it.live("refuses what is no schema, and one that it may not make", () =>
    Effect.gen(function*() {
      const url = yield* temporaryPostgres(inject("postgresUrl"))
      for (const schema of ["", "a b", "Books", "books,public", "1st", "x".repeat(64), "a -c fsync=off"]) {
        assert.strictEqual(yield* build(url, schema), `${schema}: SchemaNotAName`)
      }
      const role = `reader_${process.pid}`
      yield* Effect.provide(
        SqlClient.use((sql) => sql.unsafe(`CREATE ROLE ${role} LOGIN PASSWORD 'reader'`)),
        layerPostgres({ url: Redacted.make(url) }),
        { local: true }
      )
      const asReader = new URL(url)
      asReader.username = role
      asReader.password = "reader"
      assert.strictEqual(yield* build(asReader.href, "books"), "books: SchemaNotWritable")
      yield* Effect.provide(
        SqlClient.use((sql) => sql.unsafe(`DROP ROLE ${role}`)),
        layerPostgres({ url: Redacted.make(url) }),
        { local: true }
      )
    }))
})
