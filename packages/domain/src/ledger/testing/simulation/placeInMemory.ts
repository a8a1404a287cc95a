/** Puts a simulated ledger into memory, with processes that can be harmed as those on a database can. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { StorageError, type StorageFailure, Transaction } from "../../../transaction/index.ts"
import { MemoryState } from "../../../transaction/testing/index.ts"
import { LedgerStore } from "../../index.ts"
import { layerMemory } from "../LedgerStoreMemory.ts"
import type { Fault, Place, Process } from "./Place.ts"

type Store = LedgerStore["Service"]

const failed = (failure: StorageFailure) => new StorageError({ failure, operation: "a simulated fault" })

const makeProcess = (store: Store, atomically: Transaction["Service"]["atomically"]): Process => {
  let armed: Fault | undefined
  let struck = false
  let crashed = false
  const strike = (isCrash: boolean): StorageError => {
    struck = true
    crashed ||= isCrash
    return failed(isCrash ? "Unavailable" : "InDoubt")
  }
  const before = <A>(call: Effect.Effect<A, StorageError>, writes: (answer: A) => boolean, isCrash: boolean) =>
    atomically(
      Effect.flatMap(call, (answer) =>
        writes(answer)
          ? Effect.suspend(() => Effect.fail(strike(isCrash)))
          : Effect.succeed(answer))
    )
  const after = <A>(call: Effect.Effect<A, StorageError>, writes: (answer: A) => boolean, isCrash: boolean) =>
    Effect.flatMap(
      call,
      (answer) => writes(answer) ? Effect.suspend(() => Effect.fail(strike(isCrash))) : Effect.succeed(answer)
    )
  const unavailable = Effect.suspend(() => {
    struck = true
    return Effect.fail(failed("Unavailable"))
  })
  const harmed = <A>(
    call: Effect.Effect<A, StorageError>,
    writes: (answer: A) => boolean = () => true
  ): Effect.Effect<A, StorageError> =>
    Effect.suspend(() => {
      switch (armed) {
        case "CrashBeforeCommit":
        case "CommitLost":
          return before(call, writes, armed === "CrashBeforeCommit")
        case "CrashAfterCommit":
        case "AnswerLost":
          return after(call, writes, armed === "CrashAfterCommit")
        case "Unavailable":
        case "StatementLost":
          return unavailable
        default:
          return call
      }
    })
  return {
    store: {
      ...store,
      openAccounts: (requests) => harmed(store.openAccounts(requests)),
      closeAccount: (code) => harmed(store.closeAccount(code)),
      post: (sets) => sets.length === 0 ? store.post(sets) : harmed(store.post(sets)),
      expireHolds: (limit) => harmed(store.expireHolds(limit), (transfers) => transfers.length > 0)
    },
    arm: (fault) => {
      armed = fault
    },
    disarm: () => {
      const hasStruck = struck
      armed = undefined
      struck = false
      return hasStruck
    },
    hasCrashed: () => crashed
  }
}

/** A ledger in memory that all processes share; it stands for the disk, and only processes come and go. */
export const placeInMemory: Effect.Effect<Place, never, Scope.Scope> = Effect.map(
  Layer.build(Layer.fresh(Layer.provideMerge(layerMemory, MemoryState.layer))),
  (memory): Place => ({
    name: "memory",
    isShared: true,
    start: Effect.sync(() => makeProcess(Context.get(memory, LedgerStore), Context.get(memory, Transaction).atomically))
  })
)
