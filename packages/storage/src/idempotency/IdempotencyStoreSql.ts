/** Keeps answers by idempotency key in the database at hand. */
import { type Beginning, type IdempotencyScope, IdempotencyStore, type StoredAnswer } from "@purser/domain/idempotency"
import { StorageError, Transaction } from "@purser/domain/transaction"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import type { Services } from "../Database.ts"
import type { DialectName } from "../Dialect.ts"
import { asStorageError } from "../failures.ts"
import * as Queries from "../Queries.ts"
import { type IdempotencyRow, judge, type Request, scopeColumns, takenRow } from "./idempotencyRow.ts"

interface Tables {
  readonly idempotency: IdempotencyRow
}
type Sql = Queries.Queries<Tables>

/** Takes a key that nobody has, or that its holder held too long for the same request; no row when it can not. */
const take = ({ build }: Sql, scope: IdempotencyScope, request: Request) =>
  build.insertInto("idempotency").values(takenRow(scope, request))
    .onConflict((conflict) =>
      conflict.columns(["principal", "operation", "idempotency_key"])
        .doUpdateSet(({ ref }) => ({ lease_ends_at_millis: ref("excluded.lease_ends_at_millis") }))
        .where("idempotency.completed_at_millis", "is", null)
        .where("idempotency.lease_ends_at_millis", "<=", BigInt(request.atMillis))
        .whereRef("idempotency.request_hash", "=", "excluded.request_hash")
    )
    .returning("lease_ends_at_millis")

const find = ({ build }: Sql, scope: IdempotencyScope) =>
  build.selectFrom("idempotency").selectAll().where(({ and }) => and({ ...scopeColumns(scope) }))

const complete = ({ build }: Sql, scope: IdempotencyScope, answer: StoredAnswer & { readonly atMillis: number }) =>
  build.updateTable("idempotency")
    .set({ status: BigInt(answer.status), body: answer.body, completed_at_millis: BigInt(answer.atMillis) })
    .where(({ and }) => and({ ...scopeColumns(scope) }))
    .where("completed_at_millis", "is", null)

const abandon = ({ build }: Sql, scope: IdempotencyScope) =>
  build.deleteFrom("idempotency").where(({ and }) => and({ ...scopeColumns(scope) }))
    .where("completed_at_millis", "is", null)

const prune = ({ build }: Sql, beforeMillis: number) =>
  build.deleteFrom("idempotency").where(({ and, eb, or }) =>
    or([
      eb("completed_at_millis", "<", BigInt(beforeMillis)),
      and([eb("completed_at_millis", "is", null), eb("lease_ends_at_millis", "<", BigInt(beforeMillis))])
    ])
  )

/** Undefined when the row went or its lease ended between the two looks. */
const beginOnce = Effect.fnUntraced(function*(
  queries: Sql,
  scope: IdempotencyScope,
  request: Request
): Effect.fn.Return<Beginning | undefined, SqlError> {
  const taken = yield* queries.first(take(queries, scope, request))
  if (taken !== undefined) return { _tag: "Started" }
  const row = yield* queries.first(find(queries, scope))
  return row === undefined ? undefined : judge(row, request)
})

/** On SQLite it had better share its commit with those who wait at the moment; elsewhere a statement commits alone. */
const committed: Readonly<
  Record<DialectName, (transaction: Transaction["Service"]) => Transaction["Service"]["atomically"]>
> = {
  sqlite: ({ atomically }) => atomically,
  postgres: () => (effect) => effect
}

const refusal = (method: string, failure: StorageError["failure"], cause: string) =>
  new StorageError({ failure, operation: `IdempotencyStore.${method}`, cause })

const maximumLooks = 5
const contended = refusal("begin", "Contended", `the key changed hands ${maximumLooks} times`)
const insideTransaction = refusal("begin", "Broken", "called in a transaction, so it could not commit at once")
/** Its holder let the lease pass, and another one answered or gave up: what was done must not be committed twice. */
const superseded = refusal("complete", "Contended", "the key is not in flight any more")

/**
 * An `IdempotencyStore` on SQLite or PostgreSQL. `begin` fails inside a transaction. `complete` fails when the key is no
 * longer in flight, so that the transaction of a holder that was too slow commits nothing.
 */
export const layer: Layer.Layer<IdempotencyStore, never, Services> = Layer.effect(
  IdempotencyStore,
  Effect.gen(function*() {
    const queries = yield* Queries.make<Tables>()
    const { transactionService } = yield* SqlClient
    const commit = committed[queries.dialect](yield* Transaction)
    const begin = (scope: IdempotencyScope, request: Request, looks: number): Effect.Effect<Beginning, StorageError> =>
      Effect.flatMap(
        commit(asStorageError("IdempotencyStore.begin")(beginOnce(queries, scope, request))),
        (beginning) => {
          if (beginning !== undefined) return Effect.succeed(beginning)
          return looks > 1 ? begin(scope, request, looks - 1) : Effect.fail(contended)
        }
      )
    return IdempotencyStore.of({
      begin: (scope, request) =>
        Effect.contextWith((context: Context.Context<never>) =>
          Context.getOrUndefined(context, transactionService) === undefined
            ? begin(scope, request, maximumLooks)
            : Effect.fail(insideTransaction)
        ),
      complete: (scope, answer) =>
        Effect.flatMap(Clock.currentTimeMillis, (atMillis) =>
          commit(
            asStorageError("IdempotencyStore.complete")(
              queries.changed(complete(queries, scope, { ...answer, atMillis }))
            )
          )).pipe(
            Effect.flatMap((changed) => changed === 1 ? Effect.void : Effect.fail(superseded))
          ),
      abandon: (scope) => commit(asStorageError("IdempotencyStore.abandon")(queries.run(abandon(queries, scope)))),
      prune: (beforeMillis) => asStorageError("IdempotencyStore.prune")(queries.changed(prune(queries, beforeMillis)))
    })
  })
)
