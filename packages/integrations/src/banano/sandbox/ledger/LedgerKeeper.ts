/** Keeps the one state of a ledger, in memory and in its file, one change at a time. */
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Semaphore from "effect/Semaphore"
import { SandboxRefused } from "../../../loopback/SandboxRefused.ts"
import { openStateFile, type StateFile } from "../../../loopback/stateFile.ts"
import { SandboxRefusedRequest } from "../SandboxError.ts"
import { empty, LedgerState } from "./LedgerState.ts"

/** The state, and how it changes. */
export interface LedgerKeeper {
  readonly read: Effect.Effect<LedgerState>
  /** Answers what the step answers once the state is in the file. A file that cannot be written changes nothing. */
  readonly change: <A>(
    step: (state: LedgerState) => { readonly state: LedgerState; readonly answer: A }
  ) => Effect.Effect<A, SandboxRefusedRequest>
}

const inMemory: StateFile<LedgerState> = { first: empty, write: () => Effect.void }

const open = (dataFile: string | null): Effect.Effect<StateFile<LedgerState>, SandboxRefused> =>
  dataFile === null
    ? Effect.succeed(inMemory)
    : Effect.mapError(
      openStateFile(dataFile, LedgerState, empty),
      (failure) => new SandboxRefused({ reason: "DataFile", detail: `${dataFile}: ${failure}` })
    )

const unwritable = (failure: string): SandboxRefusedRequest =>
  new SandboxRefusedRequest({ code: "data_file", detail: `the ledger cannot be written: ${failure}` })

/** A keeper of the ledger in that file; of an empty one in memory where there is none. */
export const makeLedgerKeeper = (dataFile: string | null): Effect.Effect<LedgerKeeper, SandboxRefused> =>
  Effect.gen(function*() {
    const { first, write } = yield* open(dataFile)
    const kept = yield* Ref.make(first)
    const turn = yield* Semaphore.make(1)
    const change = Effect.fnUntraced(function*<A>(
      step: (state: LedgerState) => { readonly state: LedgerState; readonly answer: A }
    ) {
      const { answer, state } = step(yield* Ref.get(kept))
      yield* Effect.mapError(write(state), unwritable)
      yield* Ref.set(kept, state)
      return answer
    }, Effect.uninterruptible)
    return { read: Ref.get(kept), change: (step) => turn.withPermit(change(step)) }
  })
