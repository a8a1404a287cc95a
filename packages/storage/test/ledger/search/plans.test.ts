import { assert, describe, it } from "@effect/vitest"
import { LedgerStore, ReasonCode, type TransferQuery } from "@purser/domain/ledger"
import type { DialectName } from "@purser/storage"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql/SqlClient"
import { planOf, statementsOf } from "../../plans.ts"
import { bookedEach, makeAsks, opened } from "../asks.ts"
import { databases } from "../stores.ts"

const asks = makeAsks("plans")
const reasons = ["usual", "usual", "usual", "other", "rare"]

const fill = Effect.gen(function*() {
  yield* opened(
    asks.account("a"),
    asks.account("b"),
    ...Array.from({ length: 50 }, (_, at) => asks.account(`user:${at}`))
  )
  yield* bookedEach(...Array.from({ length: 3000 }, (_, index) => {
    const fields = {
      credit: asks.code(`user:${index % 50}`),
      reason: ReasonCode.make(index % 500 === 0 ? "rare" : reasons[index % 4]!),
      reference: index % 2 === 0 ? `r${index % 400}` : null,
      metadata: index % 3 === 0 ? { channel: `c${index % 2}` } : {}
    }
    return index % 20 === 0 ? asks.hold(`${index}`, fields) : asks.post(`${index}`, fields)
  }))
  yield* SqlClient.use((sql) => sql.unsafe("ANALYZE"))
})

const cases: ReadonlyArray<readonly [index: string, query: Partial<TransferQuery>]> = [
  ["transfer_reason", { reason: "usual" }],
  ["transfer_reason", { reason: "rare", kind: "post", order: "oldest_first" }],
  ["transfer_reference", { reference: "r2" }],
  ["transfer_reference", { reference: "r2", reason: "usual", after: 900n }],
  ["transfer_kind", { kind: "hold" }],
  ["transfer_kind", { kind: "hold", reason: "usual" }],
  ["entry_sequence", { account: asks.code("user:7") }],
  ["entry_sequence", { account: asks.code("user:7"), reason: "usual", order: "oldest_first" }],
  ["entry_sequence", { accountPrefix: "plans:user:12" }]
]

const walks = /Seq Scan on (?:transfer|entry)\b|SCAN (?:transfer|t|entry|e)\b/u

describe.each(Object.entries(databases))("LG-7 plans of searches on %s", (name, world) => {
  it.live("read along the index that was chosen, whatever the parameters", () =>
    Effect.gen(function*() {
      yield* fill
      const store = yield* LedgerStore
      for (const [index, query] of cases) {
        const statements = yield* statementsOf(store.transfers({ order: "newest_first", limit: 20, ...query }))
        const pages = statements.filter((text) => text.includes("AS k CROSS JOIN transfer"))
        assert.isAbove(pages.length, 0)
        for (const page of pages) {
          const plan = yield* planOf(name as DialectName, page)
          assert.include(plan, index, Object.keys(query).join(" and "))
          assert.notMatch(plan, walks)
        }
      }
    }).pipe(Effect.provide(world as Layer.Layer<Layer.Success<typeof databases.sqlite>>, { local: true })))
})
