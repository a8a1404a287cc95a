/** Finds work in a thread of its own, one root at a time. */
import { hexToBytes } from "@noble/curves/utils.js"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { randomBytes } from "node:crypto"
import { Worker } from "node:worker_threads"
import type { BlockHash } from "../crypto/hash.ts"
import { isWorkEnough, type Work, workFrom, workThreshold } from "../crypto/work.ts"
import { searchSlowly } from "./searchSlowly.ts"
import { wasmModule } from "./wasmModule.ts"
import { type Order, workerProgram } from "./workerProgram.ts"

/** The thread ended, or found what is no work. A retry starts another. */
export class WorkFailed extends Data.TaggedError("WorkFailed")<{ readonly why: string }> {
  override get message(): string {
    return `no work was found: ${this.why}`
  }
}

/** Finds work. */
export interface WorkSearch {
  /**
   * Work for a root, at Banano's threshold unless another is given. Takes some seconds of one core: about one on
   * average, and sometimes five. Interrupting it stops the thread's effort. Searches wait for one another.
   */
  readonly find: (root: BlockHash, threshold?: bigint) => Effect.Effect<Work, WorkFailed>
}

const wordsOf = (root: BlockHash): ReadonlyArray<bigint> => {
  const view = new DataView(hexToBytes(root).buffer)
  return [0, 8, 16, 24].map((offset) => view.getBigUint64(offset, true))
}

/** Somewhere at random: whoever searched the same root before need not be followed. */
const somewhere = (): bigint => new DataView(Uint8Array.from(randomBytes(8)).buffer).getBigUint64(0)

/** Without the environment: a thread that only counts has no business with settings. */
const start = (): Worker => {
  const worker = new Worker(workerProgram, { eval: true, workerData: wasmModule, env: {}, execArgv: [] })
  worker.unref()
  return worker
}

/** The one thread, while it lives. */
class Thread {
  #worker: Worker | undefined

  /** Answers a nonce. A thread that ends fails the search, and the next search starts another. */
  search(order: Order): Effect.Effect<bigint, WorkFailed> {
    return Effect.callback((resume) => {
      const worker = this.#worker ??= start()
      const settle = (outcome: Effect.Effect<bigint, WorkFailed>) => {
        worker.off("message", found).off("error", failed).off("exit", ended)
        worker.unref()
        resume(outcome)
      }
      const lose = (why: string) => {
        this.#worker = undefined
        settle(new WorkFailed({ why }))
      }
      const found = (nonce: bigint) => settle(Effect.succeed(nonce))
      const failed = (cause: Error) => lose(cause.name)
      const ended = () => lose("the thread ended")
      worker.on("message", found).on("error", failed).on("exit", ended)
      worker.ref()
      worker.postMessage(order, [])
      return this.#drop(worker)
    })
  }

  /** Ends the thread. */
  readonly close = Effect.suspend(() => this.#worker === undefined ? Effect.void : this.#drop(this.#worker))

  /** A find that is on its way when it is told to stop would be taken for the next order's: the thread goes too. */
  #drop(worker: Worker): Effect.Effect<void> {
    return Effect.promise(async () => {
      this.#worker = undefined
      worker.removeAllListeners()
      await worker.terminate()
    })
  }
}

const hasWasm = "WebAssembly" in globalThis

/** A search whose thread starts when it is first needed, and ends with the scope. */
export const makeWorkSearch: Effect.Effect<WorkSearch, never, Scope.Scope> = Effect.gen(function*() {
  const thread = yield* Effect.acquireRelease(Effect.sync(() => new Thread()), ({ close }) => close)
  const turn = yield* Semaphore.make(1)
  const nonceFor = (root: BlockHash, threshold: bigint): Effect.Effect<bigint, WorkFailed> =>
    hasWasm
      ? thread.search({ nonce: somewhere(), root: wordsOf(root), threshold })
      : searchSlowly(root, threshold, somewhere())
  const find = Effect.fnUntraced(function*(root: BlockHash, threshold: bigint = workThreshold) {
    const work = workFrom(yield* nonceFor(root, threshold))
    if (isWorkEnough(root, work, threshold)) return work
    return yield* new WorkFailed({ why: "what was found is no work" })
  })
  return {
    find: (root, threshold) => Effect.withSpan(turn.withPermit(find(root, threshold)), "banano.work")
  }
})
