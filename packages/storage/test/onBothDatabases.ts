/** Runs one suite on SQLite and PostgreSQL, for what a database does and memory does not. */
import { describe, layer, type Vitest } from "@effect/vitest"
import { type Database, Stores } from "@purser/storage"
import { layerPostgresTemporary, layerSqliteTemporary } from "@purser/storage/testing"
import * as Layer from "effect/Layer"
import { inject } from "vitest"

/** Every store, and the database below. */
export type Everything = Layer.Success<typeof Stores.layer> | Database.Services

/** Runs the suite on a new database of each kind, shared by its tests. */
export const onBothDatabases = (suite: (it: Vitest.MethodsNonLive<Everything>) => void): void => {
  const databases = {
    "on SQLite": layerSqliteTemporary,
    "on PostgreSQL": layerPostgresTemporary(inject("postgresUrl"))
  }
  for (const [place, database] of Object.entries(databases)) {
    describe(place, () => {
      layer(Stores.layer.pipe(Layer.provideMerge(database)), { excludeTestServices: true })(suite)
    })
  }
}
