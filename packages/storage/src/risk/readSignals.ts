/** Reads signals with what was decided about them. */
import type { PlayerId } from "@purser/domain/rewards"
import type { DedupeKey, OutcomeRules, RaisedSignal, SignalQuery } from "@purser/domain/risk"
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import { decoded } from "../decoded.ts"
import { amongBytes, amongTexts } from "../dialect/lists.ts"
import { bytesOf, hexOf } from "../hex.ts"
import { raisedOf, reviewOf, signalOf, type SignalRow } from "./riskRow.ts"
import type { Sql } from "./Tables.ts"

const signalsOf = ({ build, dialect }: Sql, ids: ReadonlyArray<PlayerId>) =>
  build.selectFrom("risk_signal")
    .select(["player_id", "signal"])
    .where(amongTexts[dialect]("player_id", ids))
    .orderBy("sequence")

const reviewsOf = ({ build, dialect }: Sql, ids: ReadonlyArray<PlayerId>) =>
  build.selectFrom("risk_review")
    .innerJoin("risk_signal", "risk_signal.dedupe_key", "risk_review.dedupe_key")
    .selectAll("risk_review")
    .select("risk_signal.player_id")
    .where(amongTexts[dialect]("risk_signal.player_id", ids))
    .orderBy("risk_review.sequence")

interface Owned<A> {
  readonly playerId: string
  readonly value: A
}

const byPlayer = <A>(rows: ReadonlyArray<Owned<A>>): ReadonlyMap<string, ReadonlyArray<A>> => {
  const groups = new Map<string, Array<A>>()
  for (const { playerId, value } of rows) {
    const group = groups.get(playerId)
    if (group === undefined) groups.set(playerId, [value])
    else group.push(value)
  }
  return groups
}

/** One case for each player, also where nothing was raised. */
export const readCases = (
  queries: Sql,
  ids: ReadonlyArray<PlayerId>
): Effect.Effect<ReadonlyMap<PlayerId, OutcomeRules.Case>, SqlError> =>
  Effect.gen(function*() {
    const signals = yield* decoded(
      queries.all(signalsOf(queries, ids)),
      (row) => ({ playerId: row.player_id, value: signalOf(row.signal) })
    )
    const reviews = yield* decoded(
      queries.all(reviewsOf(queries, ids)),
      (row) => ({ playerId: row.player_id, value: reviewOf(row) })
    )
    const signalsBy = byPlayer(signals)
    const reviewsBy = byPlayer(reviews)
    return new Map(ids.map((id) => [id, { signals: signalsBy.get(id) ?? [], reviews: reviewsBy.get(id) ?? [] }]))
  })

const page = ({ build }: Sql, { before, isOpen, limit, playerId }: SignalQuery) => {
  let query = build.selectFrom("risk_signal").selectAll()
  if (playerId !== undefined) query = query.where("player_id", "=", playerId)
  if (isOpen !== undefined) query = query.where("verdict", isOpen ? "is" : "is not", null)
  if (before !== undefined) query = query.where("sequence", "<", before)
  return query.orderBy("sequence", "desc").limit(limit)
}

const reviewsOn = ({ build, dialect }: Sql, keys: ReadonlyArray<string>) =>
  build.selectFrom("risk_review").selectAll().where(amongBytes[dialect]("dedupe_key", keys)).orderBy("sequence")

/** Only what was decided has reviews to be read. */
const withReviews = (
  queries: Sql,
  rows: ReadonlyArray<SignalRow>
): Effect.Effect<ReadonlyArray<RaisedSignal>, SqlError> =>
  Effect.gen(function*() {
    const keys = rows.filter(({ verdict }) => verdict !== null).map((row) => hexOf(row.dedupe_key))
    const reviews = keys.length === 0 ? [] : yield* decoded(queries.all(reviewsOn(queries, keys)), reviewOf)
    const last = new Map<string, typeof reviews[number]>(reviews.map((review) => [review.dedupeKey, review]))
    return yield* decoded(Effect.succeed(rows), (row) => raisedOf(row, last.get(hexOf(row.dedupe_key)) ?? null))
  })

/** The signal of a key, if there is one. */
export const readByKey = (queries: Sql, key: DedupeKey): Effect.Effect<ReadonlyArray<RaisedSignal>, SqlError> =>
  Effect.flatMap(
    queries.all(queries.build.selectFrom("risk_signal").selectAll().where("dedupe_key", "=", bytesOf(key))),
    (rows) => withReviews(queries, rows)
  )

/** A page, newest first. */
export const readPage = (queries: Sql, query: SignalQuery): Effect.Effect<ReadonlyArray<RaisedSignal>, SqlError> =>
  Effect.flatMap(queries.all(page(queries, query)), (rows) => withReviews(queries, rows))
