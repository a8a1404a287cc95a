/** Keeps the audit log in the database at hand. */
import { AuditLog } from "@purser/domain/audit"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Services } from "../Database.ts"
import { decoded } from "../decoded.ts"
import { asStorageError } from "../failures.ts"
import * as Queries from "../Queries.ts"
import { appendEntry, type Tables } from "./appendEntry.ts"
import { columnsOf, recordOf } from "./auditRow.ts"

type Query = Parameters<AuditLog["Service"]["list"]>[0]

const millis = (value: number | undefined): bigint | undefined => value === undefined ? undefined : BigInt(value)

const list = ({ build }: Queries.Queries<Tables>, query: Query) =>
  build.selectFrom("audit").selectAll().where(({ and, eb }) => {
    const conditions = [
      ["actor", "=", query.actor],
      ["action", "=", query.action],
      ["subject", "=", query.subject],
      ["at_millis", ">=", millis(query.fromMillis)],
      ["at_millis", "<=", millis(query.toMillis)],
      ["sequence", "<", query.before]
    ] as const
    return and(
      conditions.flatMap(([column, operator, value]) => value === undefined ? [] : [eb(column, operator, value)])
    )
  }).orderBy("sequence", "desc").limit(query.limit)

/** An `AuditLog` on SQLite or PostgreSQL. Its numbers have no gap and follow the order of commits. */
export const layer: Layer.Layer<AuditLog, never, Services> = Layer.effect(
  AuditLog,
  Effect.gen(function*() {
    const queries = yield* Queries.make<Tables>()
    const transaction = yield* Transaction
    return AuditLog.of({
      append: (entry) =>
        Effect.map(
          appendEntry[queries.dialect]({ queries, transaction }, columnsOf(entry)),
          (sequence) => ({ sequence, entry })
        ),
      list: (query) => asStorageError("AuditLog.list")(decoded(queries.all(list(queries, query)), recordOf))
    })
  })
)
