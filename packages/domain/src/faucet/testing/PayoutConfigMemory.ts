/** Keeps the config of payouts in memory. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { StorageError } from "../../transaction/index.ts"
import { MemoryState } from "../../transaction/testing/index.ts"
import { PayoutConfigStore, type VersionedConfig } from "../PayoutConfig.ts"

const changedMeanwhile = new StorageError({
  failure: "Contended",
  operation: "PayoutConfigStore.write",
  cause: "not the newest version"
})

/** A `PayoutConfigStore` in a cell. */
export const payoutConfigInMemory: Layer.Layer<PayoutConfigStore, never, MemoryState> = Layer.effect(
  PayoutConfigStore,
  Effect.gen(function*() {
    const { cell, statement } = yield* MemoryState
    const newest = cell<VersionedConfig | undefined>(undefined)
    return PayoutConfigStore.of({
      read: statement(() => Option.fromUndefinedOr(newest.get())),
      write: (config, version) =>
        Effect.flatMap(
          statement(() => {
            if ((newest.get()?.version ?? 0) !== version) return undefined
            const written = { version: version + 1, config }
            newest.set(written)
            return written
          }),
          (written) => written === undefined ? Effect.fail(changedMeanwhile) : Effect.succeed(written)
        )
    })
  })
)
