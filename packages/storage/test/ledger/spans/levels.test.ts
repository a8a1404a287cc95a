import { assert, describe, it } from "@effect/vitest"
import { LedgerStore } from "@purser/domain/ledger"
import type { DialectName } from "@purser/storage"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { SqlClient } from "effect/sql/SqlClient"
import { booked, openedAsks } from "../asks.ts"
import { databases } from "../stores.ts"

/** A full span of level 1, a few of level 0 after it, and some transfers that no span sums up. */
const transfers = 65 * 1024 + 1700

const newIds: Readonly<Record<DialectName, string>> = { sqlite: "randomblob(16)", postgres: "gen_random_uuid()" }

/** One unit each from the first account to the second, booked every 10 ms; a few took effect minutes before or after. */
const fill = (newId: string) => [
  `INSERT INTO transfer (sequence, id, kind, debit_id, credit_id, asset, amount_minor, reason, effective_at_millis,
      booked_at_millis, metadata)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${transfers})
    SELECT i, ${newId}, 1, 1, 2, 'EUR', 1, 'test',
      i * 10 + CASE WHEN i % 97 = 0 THEN -400000 WHEN i % 101 = 0 THEN 300000 ELSE (i * 37) % 500 END, i * 10, '{}'
    FROM n`,
  `INSERT INTO entry SELECT 1, sequence, sequence, sequence, 0, 0, 0 FROM transfer`,
  `INSERT INTO entry SELECT 2, sequence, sequence, 0, 0, sequence, 0 FROM transfer`,
  `UPDATE account SET version = ${transfers}, debits_posted_minor = ${transfers} WHERE id = 1`,
  `UPDATE account SET version = ${transfers}, credits_posted_minor = ${transfers} WHERE id = 2`,
  `UPDATE head SET last = ${transfers} WHERE name = 'ledger'`
]

const times = Array.from({ length: 30 }, (_, index) => index * 24_000 - 20_000 + (index * 7919) % 1000)

const ask = (text: string) => SqlClient.use((sql) => sql.unsafe<{ readonly found: bigint }>(text))

const spans = ask("SELECT count(*) AS found FROM span")

describe.each(Object.entries(databases))("LG-7 reads by spans of both levels on %s", (name, world) => {
  it.live("are those of the transfers", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("levels")
      yield* Effect.forEach(fill(newIds[name as DialectName]), ask)
      // The first posting sets the spans going.
      yield* booked(asks.post("last", { amountMinor: 1n, effectiveAtMillis: 10_000_000 }))
      while ((yield* spans)[0]!.found < 67n) yield* Effect.sleep("10 millis")
      for (const at of times) {
        const [expected] = yield* ask(`SELECT count(*) AS found FROM transfer WHERE effective_at_millis <= ${at}`)
        const balance = Option.getOrUndefined(yield* store.balanceAt(asks.code("a"), { effectiveAtMillis: at }))
        assert.deepStrictEqual(
          [balance?.accountVersion ?? 0n, balance?.debitsPostedMinor ?? 0n],
          [expected!.found, expected!.found],
          `at ${at}`
        )
        const inTime = `booked_at_millis >= ${at} AND booked_at_millis < ${at + 9000}`
        const sequences = yield* ask(
          `SELECT sequence AS found FROM transfer WHERE ${inTime} ORDER BY sequence DESC LIMIT 20`
        )
        const window = { bookedFromMillis: at, bookedToMillis: at + 9000 }
        const page = yield* store.transfers({ order: "newest_first", limit: 20, ...window })
        assert.deepStrictEqual(page.map(({ sequence }) => sequence), sequences.map(({ found }) => found))
      }
    }).pipe(Effect.provide(world as Layer.Layer<Layer.Success<typeof databases.sqlite>>, { local: true })))
})
