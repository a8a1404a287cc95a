/** Runs one suite on memory, SQLite and PostgreSQL. */
import { describe, layer, type Vitest } from "@effect/vitest"
import { StorageError, type Transaction } from "@purser/domain/transaction"
import { MemoryState } from "@purser/domain/transaction/testing"
import { Stores } from "@purser/storage"
import { layerPostgresTemporary, layerSqliteTemporary } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { inject } from "vitest"

/** The ports that every keeper has. */
type Ports = Layer.Success<typeof Stores.layer>

/** The places that a suite runs in, each empty at its start and shared by its tests. */
const worlds = <Port extends Ports>(
  memory: Layer.Layer<Port, never, MemoryState>
): Readonly<Record<string, Layer.Layer<Port | Transaction>>> => ({
  "in memory": memory.pipe(Layer.provideMerge(MemoryState.layer)),
  "on SQLite": Stores.layer.pipe(Layer.provideMerge(layerSqliteTemporary)) as Layer.Layer<Port | Transaction>,
  "on PostgreSQL": Stores.layer.pipe(
    Layer.provideMerge(layerPostgresTemporary(inject("postgresUrl")))
  ) as Layer.Layer<Port | Transaction>
})

/** Holds the store in memory and those on databases to one suite. Tests tell their rows apart by names of their own. */
export const onEveryStore = <Port extends Ports>(
  memory: Layer.Layer<Port, never, MemoryState>,
  suite: (it: Vitest.MethodsNonLive<Port | Transaction>) => void
): void => {
  for (const [place, world] of Object.entries(worlds(memory))) {
    describe(place, () => {
      layer(world, { excludeTestServices: true })(suite)
    })
  }
}

/** How an effect failed against storage; dies when it did not. */
export const failureOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (error) => {
    if (!(error instanceof StorageError)) throw new Error("another failure", { cause: error })
    return error.failure
  })
