/** Raises signals, keeps reviews of them, and forgets both. */
import type { PlayerId } from "@purser/domain/rewards"
import type { Review, Signal } from "@purser/domain/risk"
import { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import { givenRows } from "../dialect/givenRows.ts"
import { bytesOf, hexOf } from "../hex.ts"
import { reviewColumnsOf, signalColumns, signalColumnsOf, verdicts } from "./riskRow.ts"
import type { Sql } from "./Tables.ts"

/** Answers with the keys that were new. */
const insert = ({ build, dialect }: Sql, raised: ReadonlyArray<Signal>, atMillis: number) =>
  build.insertInto("risk_signal")
    .columns(["dedupe_key", "player_id", "kind", "signal", "raised_at_millis"])
    .expression(givenRows[dialect](signalColumns, raised.map((signal) => signalColumnsOf(signal, atMillis))))
    .onConflict((conflict) => conflict.column("dedupe_key").doNothing())
    .returning("dedupe_key")

/** Keeps those whose key was new; answers with these, each once, in the order given. */
export const raise = (
  queries: Sql,
  raised: ReadonlyArray<Signal>,
  atMillis: number
): Effect.Effect<ReadonlyArray<Signal>, SqlError> =>
  Effect.map(queries.all(insert(queries, raised, atMillis)), (rows) => {
    const keys = new Set(rows.map((row) => hexOf(row.dedupe_key)))
    return raised.filter(({ dedupeKey }) => keys.delete(dedupeKey))
  })

/** Locks the signal, so that its verdict is always that of the review with the highest number. */
const decide = ({ build }: Sql, { dedupeKey, verdict }: Review) =>
  build.updateTable("risk_signal")
    .set({ verdict: verdicts.codeOf(verdict) })
    .where("dedupe_key", "=", bytesOf(dedupeKey))

const unknownSignal = new StorageError({ failure: "Broken", operation: "RiskStore.addReview", cause: "no such signal" })

/** Keeps a review as the last of its signal. To be run in a transaction. */
export const addReview = (queries: Sql, review: Review): Effect.Effect<void, SqlError | StorageError> =>
  Effect.gen(function*() {
    if ((yield* queries.changed(decide(queries, review))) === 0) return yield* unknownSignal
    yield* queries.run(queries.build.insertInto("risk_review").values(reviewColumnsOf(review)))
  })

/** Removes what was raised before a time and not confirmed. Reviews go with their signals. */
export const prune = ({ build }: Sql, beforeMillis: number) =>
  build.deleteFrom("risk_signal")
    .where("raised_at_millis", "<", BigInt(beforeMillis))
    .where(({ eb, or }) => or([eb("verdict", "is", null), eb("verdict", "=", verdicts.codeOf("cleared"))]))

/** Removes those of a player. Reviews go with their signals. */
export const forgetSignals = ({ build }: Sql, playerId: PlayerId) =>
  build.deleteFrom("risk_signal").where("player_id", "=", playerId)
