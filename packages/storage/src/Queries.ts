/** Runs typed queries of Kysely on the SQL client at hand, so that each joins the surrounding transaction. */
import * as Effect from "effect/Effect"
import * as References from "effect/References"
import { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler
} from "kysely"
import { Dialect, type DialectName } from "./Dialect.ts"
import { Reading } from "./ReadNow.ts"

/**
 * Builds and runs queries over `Tables`. Integers come back as bigint on both databases, bytes as `Uint8Array`.
 * Queries are only built by Kysely: its own `execute` does nothing here.
 */
export interface Queries<Tables> {
  readonly dialect: DialectName
  readonly build: Kysely<Tables>
  /** All rows. */
  readonly all: <Row>(query: Compilable<Row>) => Effect.Effect<ReadonlyArray<Row>, SqlError>
  /** The first row, undefined where there is none. */
  readonly first: <Row>(query: Compilable<Row>) => Effect.Effect<Row | undefined, SqlError>
  /** A query that only reads, compiled now, once, and run with other values later: for what every request asks. */
  readonly compiled: <Values extends ReadonlyArray<unknown>, Row>(
    query: (...values: Values) => Compilable<Row>,
    ...examples: Values
  ) => (...values: Values) => Effect.Effect<ReadonlyArray<Row>, SqlError>
  /** Runs a statement for its effect. */
  readonly run: (query: Compilable<unknown>) => Effect.Effect<void, SqlError>
  /** Runs a statement without `RETURNING`; answers how many rows it wrote or removed. */
  readonly changed: (query: Compilable<unknown>) => Effect.Effect<number, SqlError>
}

const builders: Readonly<Record<DialectName, Kysely<unknown>>> = {
  sqlite: new Kysely({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler()
    }
  }),
  postgres: new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler()
    }
  })
}

/** What each driver says about a statement that gives no rows. */
const counts: Readonly<Record<DialectName, (said: unknown) => number>> = {
  sqlite: (said) => Number((said as { readonly changes: number | bigint }).changes),
  postgres: (said) => (said as { readonly rowCount: number | null }).rowCount ?? 0
}

/** Queries on the client at hand. `Tables` names tables and the types of their columns. */
export const make = <Tables>(): Effect.Effect<Queries<Tables>, never, SqlClient | Dialect> =>
  Effect.gen(function*() {
    const sql = yield* SqlClient
    const dialect = yield* Dialect
    const readNow = yield* Reading
    const all = <Row>(query: Compilable<Row>): Effect.Effect<ReadonlyArray<Row>, SqlError> => {
      const { parameters, sql: text } = query.compile()
      return sql.unsafe<Row & object>(text, parameters)
    }
    return {
      dialect,
      build: builders[dialect] as Kysely<Tables>,
      all,
      first: (query) => Effect.map(all(query), (rows) => rows[0]),
      compiled: <Values extends ReadonlyArray<unknown>, Row>(
        query: (...values: Values) => Compilable<Row>,
        ...examples: Values
      ) => {
        const { parameters, sql: text } = query(...examples).compile()
        if (parameters.length !== examples.length) throw new Error(`a compiled query takes each value once: ${text}`)
        return (...values: Values) =>
          Effect.withFiber((fiber) => {
            const now = fiber.getRef(References.TracerEnabled) ? undefined : readNow(text, values)
            return now ?? sql.unsafe<Row & object>(text, values)
          })
      },
      run: (query) => Effect.asVoid(all(query)),
      changed: (query) => {
        const { parameters, sql: text } = query.compile()
        return Effect.map(sql.unsafe(text, parameters).raw, counts[dialect])
      }
    }
  })
