/** Runs one suite on memory, SQLite and PostgreSQL. */
import { describe, layer, type Vitest } from "@effect/vitest"
import { StorageError, type Transaction } from "@purser/domain/transaction"
import { MemoryState } from "@purser/domain/transaction/testing"
import { type Database, Stores } from "@purser/storage"
import { layerPostgresTemporary, layerSqliteTemporary } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { inject } from "vitest"

/** The ports that every keeper has. */
type Ports = Layer.Success<typeof Stores.layer>

/** What the stores on databases have besides their ports. */
export type Everything = Ports | Database.Services

type Suite<Port> = (it: Vitest.MethodsNonLive<Port>) => void

/** Both kinds of database, each new and empty, with every store on it. */
export const databases = (): Readonly<Record<string, Layer.Layer<Everything>>> => ({
  "on SQLite": Stores.layer.pipe(Layer.provideMerge(layerSqliteTemporary)),
  "on PostgreSQL": Stores.layer.pipe(Layer.provideMerge(layerPostgresTemporary(inject("postgresUrl"))))
})

/** Runs a suite on both databases, for what memory does not do. */
export const onBothDatabases = (suite: Suite<Everything>): void => {
  for (const [place, world] of Object.entries(databases())) {
    describe(place, () => {
      layer(world, { excludeTestServices: true })(suite)
    })
  }
}

/**
 * Holds the store in memory and those on databases to one suite, and the latter to a further one. Tests tell their rows
 * apart by names of their own: those of one place share it.
 */
export const onEveryStore = <Port extends Ports>(
  memory: Layer.Layer<Port, never, MemoryState>,
  suite: Suite<Port | Transaction>,
  ofDatabases: Suite<Everything> = () => {}
): void => {
  describe("in memory", () => {
    layer(memory.pipe(Layer.provideMerge(MemoryState.layer)), { excludeTestServices: true })(suite)
  })
  onBothDatabases((it) => {
    suite(it as Vitest.MethodsNonLive<Port | Transaction>)
    ofDatabases(it)
  })
}

/** How an effect failed against storage; dies when it did not. */
export const failureOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (error) => {
    if (!(error instanceof StorageError)) throw new Error("another failure", { cause: error })
    return error.failure
  })
