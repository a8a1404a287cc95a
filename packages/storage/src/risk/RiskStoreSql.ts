/** Keeps signals of abuse, their reviews and how players play in the database at hand. */
import { boundSignalPages, RiskStore } from "@purser/domain/risk"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { Services } from "../Database.ts"
import { decoded } from "../decoded.ts"
import { asStorageError } from "../failures.ts"
import * as Queries from "../Queries.ts"
import { addReview, forgetSignals, prune, raise } from "./changeSignals.ts"
import { forgetProfile, profilesOf, putProfiles } from "./profiles.ts"
import { readByKey, readCases, readPage } from "./readSignals.ts"
import { profileOf } from "./riskRow.ts"
import type { Sql } from "./Tables.ts"

/** A `RiskStore` on SQLite or PostgreSQL. */
export const layer: Layer.Layer<RiskStore, never, Services> = Layer.effect(
  RiskStore,
  Effect.gen(function*() {
    const queries: Sql = yield* Queries.make()
    const { atomically } = yield* Transaction
    return RiskStore.of(boundSignalPages({
      profiles: (ids) =>
        ids.length === 0
          ? Effect.succeed([])
          : asStorageError("RiskStore.profiles")(decoded(queries.all(profilesOf(queries, ids)), profileOf)),
      putProfiles: (changed) =>
        changed.length === 0
          ? Effect.void
          : asStorageError("RiskStore.putProfiles")(queries.run(putProfiles(queries, changed))),
      raise: (raised, atMillis) =>
        raised.length === 0 ? Effect.succeed([]) : asStorageError("RiskStore.raise")(raise(queries, raised, atMillis)),
      cases: (ids) =>
        ids.length === 0 ? Effect.succeed(new Map()) : asStorageError("RiskStore.cases")(readCases(queries, ids)),
      byKey: (key) =>
        Effect.map(
          asStorageError("RiskStore.byKey")(readByKey(queries, key)),
          ([found]) => Option.fromUndefinedOr(found)
        ),
      list: (query) => asStorageError("RiskStore.list")(readPage(queries, query)),
      addReview: (review) => atomically(asStorageError("RiskStore.addReview")(addReview(queries, review))),
      prune: (beforeMillis) => asStorageError("RiskStore.prune")(queries.changed(prune(queries, beforeMillis))),
      forget: (playerId) =>
        atomically(
          asStorageError("RiskStore.forget")(
            Effect.andThen(queries.run(forgetProfile(queries, playerId)), queries.run(forgetSignals(queries, playerId)))
          )
        )
    }))
  })
)
