/** Holds the write lock of a SQLite file for a while: `holdLock.ts PATH MILLIS`. */
import { Transaction } from "@purser/domain/transaction"
import { Database } from "@purser/storage"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"

const [path, millis] = process.argv.slice(2)

const hold = Effect.gen(function*() {
  const sql = yield* SqlClient
  yield* sql`INSERT INTO note (n) VALUES (1)`
  yield* Effect.sync(() => process.stdout.write("locked\n"))
  yield* Effect.sleep(Number(millis))
})

await Effect.runPromise(
  Transaction.use(({ atomically }) => atomically(hold)).pipe(Effect.provide(Database.layerSqlite({ path: path! })))
)
