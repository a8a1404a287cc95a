/** Asks databases how they would run what stores ask of them. */
import type { DialectName } from "@purser/storage"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import * as Tracer from "effect/Tracer"

/** The statements that an effect ran. */
export const statementsOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.suspend(() => {
    const spans: Array<Tracer.NativeSpan> = []
    const tracer = Tracer.make({
      span: (options) => {
        const span = new Tracer.NativeSpan(options)
        spans.push(span)
        return span
      }
    })
    return Effect.map(Effect.withTracer(effect, tracer), () =>
      spans.map(({ attributes }) => String(attributes.get("db.query.text"))))
  })

/** How a statement is planned for parameters that are not known. */
const explainers: Readonly<Record<DialectName, string>> = {
  sqlite: "EXPLAIN QUERY PLAN",
  postgres: "EXPLAIN (GENERIC_PLAN)"
}

/** The plan of a statement, a step a line. */
export const planOf = (dialect: DialectName, statement: string) => {
  // SQLite wants a value for each parameter, and does not look at it.
  const parameters = dialect === "sqlite" ? Array.from(statement.matchAll(/\?/gu), () => null) : []
  const explain = SqlClient.use((sql) =>
    sql.unsafe<Record<string, unknown>>(`${explainers[dialect]} ${statement}`, parameters).unprepared
  )
  return Effect.map(explain, (rows) => rows.map((row) => String(row["QUERY PLAN"] ?? row["detail"])).join("\n"))
}

const knownToAll = (tables: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient
    // Somebody who looks at the same database, such as what gathers statistics by itself, keeps pages from being settled.
    for (let time = 0; time < 100; time += 1) {
      yield* sql.unsafe("VACUUM ANALYZE")
      const open = yield* sql.unsafe<{ readonly relname: string }>(
        `SELECT relname FROM pg_class WHERE relname = ANY($1::text[]) AND relallvisible < relpages`,
        [tables]
      )
      if (open.length === 0) return
      yield* Effect.sleep(100)
    }
  })

/** Lets a database learn what its tables hold; PostgreSQL then knows which rows everybody sees, and reads an index alone. */
export const learn = (dialect: DialectName, tables: ReadonlyArray<string>) =>
  dialect === "sqlite" ? SqlClient.use((sql) => sql.unsafe("ANALYZE")) : knownToAll(tables)
