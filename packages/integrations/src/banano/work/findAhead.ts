/** Finds the work of one block before it is asked for. */
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { BlockHash } from "../crypto/hash.ts"
import { isWorkEnough, type Work, workThreshold } from "../crypto/work.ts"
import type { WorkFailed, WorkSearch } from "./WorkSearch.ts"

/** A search that can begin before the work is needed. */
export interface AheadSearch extends WorkSearch {
  /**
   * Begins to find the work of this root at Banano's threshold and answers at once; `find` of the same root then waits
   * for what is left of it. An effort for another root is given up: one account has one next block.
   */
  readonly ahead: (root: BlockHash) => Effect.Effect<void>
}

interface Effort {
  readonly root: BlockHash
  readonly fiber: Fiber.Fiber<Work, WorkFailed>
}

/** Puts a search behind one that can begin early. What it began ends with the scope. */
export const findAhead = (search: WorkSearch["find"]): Effect.Effect<AheadSearch, never, Scope.Scope> =>
  Effect.gen(function*() {
    const scope = yield* Effect.scope
    const turn = yield* Semaphore.make(1)
    let effort: Effort | undefined

    const giveUp = Effect.suspend(() => {
      const given = effort
      effort = undefined
      return given === undefined ? Effect.void : Fiber.interrupt(given.fiber)
    })

    const begin = (root: BlockHash) =>
      giveUp.pipe(
        Effect.andThen(Effect.forkIn(search(root), scope)),
        Effect.map((fiber) => {
          effort = { root, fiber }
        })
      )

    const ahead = (root: BlockHash) =>
      turn.withPermit(Effect.suspend(() => effort?.root === root ? Effect.void : begin(root)))

    /** The thread has one search at a time: an effort for another root would be waited for. */
    const anew = (root: BlockHash, threshold: bigint) =>
      Effect.andThen(turn.withPermit(giveUp), search(root, threshold))

    const find = Effect.fnUntraced(function*(root: BlockHash, threshold: bigint = workThreshold) {
      const begun = effort
      if (begun?.root !== root) return yield* anew(root, threshold)
      const exit = yield* Fiber.await(begun.fiber)
      if (exit._tag === "Success" && isWorkEnough(root, exit.value, threshold)) return exit.value
      return yield* anew(root, threshold)
    })
    return { ahead, find }
  })
