/** Keeps the one state of a chain, in memory and in its file, one change at a time. */
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Semaphore from "effect/Semaphore"
import { SandboxRefused } from "../../../loopback/SandboxRefused.ts"
import { openStateFile, type StateFile } from "../../../loopback/stateFile.ts"
import { SandboxRefusedRequest } from "../SandboxError.ts"
import { ChainState, genesis } from "./ChainState.ts"
import type { Step } from "./network.ts"

/** The state, and how it changes. */
export interface ChainKeeper {
  readonly read: Effect.Effect<ChainState>
  /** Answers the new state once it is in the file. A refused step, or a file that cannot be written, changes nothing. */
  readonly change: (step: (state: ChainState) => Step) => Effect.Effect<ChainState, SandboxRefusedRequest>
}

const inMemory: StateFile<ChainState> = { first: genesis, write: () => Effect.void }

const open = (dataFile: string | null): Effect.Effect<StateFile<ChainState>, SandboxRefused> =>
  dataFile === null
    ? Effect.succeed(inMemory)
    : Effect.mapError(
      openStateFile(dataFile, ChainState, genesis),
      (failure) => new SandboxRefused({ reason: "DataFile", detail: `${dataFile}: ${failure}` })
    )

const unwritable = (failure: string): SandboxRefusedRequest =>
  new SandboxRefusedRequest({ code: "data_file", detail: `the chain cannot be written: ${failure}` })

/** A keeper of the chain in that file; of a fresh chain in memory where there is none. */
export const makeChainKeeper = (dataFile: string | null): Effect.Effect<ChainKeeper, SandboxRefused> =>
  Effect.gen(function*() {
    const { first, write } = yield* open(dataFile)
    const state = yield* Ref.make(first)
    const turn = yield* Semaphore.make(1)
    const change = Effect.fnUntraced(function*(step: (state: ChainState) => Step) {
      const next = yield* Effect.fromResult(step(yield* Ref.get(state)))
      yield* Effect.mapError(write(next), unwritable)
      yield* Ref.set(state, next)
      return next
    }, Effect.uninterruptible)
    return { read: Ref.get(state), change: (step) => turn.withPermit(change(step)) }
  })
