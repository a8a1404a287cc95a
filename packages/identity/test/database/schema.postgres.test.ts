/** Keeps users in a schema of a database that others use as well. */
import { assert, describe, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import { postgresStage, signedIn, users } from "../support/stage.ts"

describe("RW-1 users in a schema of their own", () => {
  layer(postgresStage({ schema: "books" }), { excludeTestServices: true })((it) => {
    it.effect("sign in, and are nowhere else", () =>
      Effect.gen(function*() {
        const sql = yield* SqlClient
        yield* signedIn(users.ada)
        const places = yield* sql<{ readonly schemaname: string }>`
          SELECT DISTINCT schemaname FROM pg_tables WHERE tablename LIKE 'identity_%'`
        assert.deepStrictEqual(places.map(({ schemaname }) => schemaname), ["books"])
        const [row] = yield* sql<{ readonly count: bigint }>`SELECT count(*) AS count FROM books.identity_session`
        assert.strictEqual(Number(row!.count), 1)
      }))
  })
})
