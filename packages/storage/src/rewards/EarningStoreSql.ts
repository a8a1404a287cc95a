/** Keeps what players earn in the database at hand. */
import { boundEarningPages, EarningStore } from "@purser/domain/rewards"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Services } from "../Database.ts"
import * as Queries from "../Queries.ts"
import type { EarningTables } from "./earningTables.ts"
import { makeEarningReads } from "./readEarnings.ts"
import { makeEarningWrites } from "./writeEarnings.ts"

/** An `EarningStore` on SQLite or PostgreSQL. */
export const layer: Layer.Layer<EarningStore, never, Services> = Layer.effect(
  EarningStore,
  Effect.gen(function*() {
    const queries = yield* Queries.make<EarningTables>()
    return boundEarningPages({
      ...makeEarningReads(queries),
      ...makeEarningWrites(queries, yield* Transaction)
    })
  })
)
