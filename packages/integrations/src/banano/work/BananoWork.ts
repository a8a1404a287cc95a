/** Finds work for blocks: with the node's help where it gives some, and here in any case. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { BlockHash } from "../crypto/hash.ts"
import { type Work, workThreshold } from "../crypto/work.ts"
import { BananoNode } from "../node/BananoNode.ts"
import { type AheadSearch, findAhead } from "./findAhead.ts"
import { makeWorkSearch, type WorkFailed } from "./WorkSearch.ts"

/** Finds work. It depends on the root alone, so it can be found before the block is built. */
export class BananoWork extends Context.Service<BananoWork, {
  /** At Banano's threshold unless another is given. Interrupting it stops the effort. */
  readonly find: (root: BlockHash, threshold?: bigint) => Effect.Effect<Work, WorkFailed>
  /**
   * Begins to find it and answers at once: `find` of the same root then waits for what is left. Call it with the hash of
   * the newest block as soon as that is published. An effort for another root is given up.
   */
  readonly ahead: AheadSearch["ahead"]
}>()("@purser/integrations/banano/BananoWork") {
  /** Finds it in a thread of this machine. */
  static readonly layerLocal: Layer.Layer<BananoWork> = Layer.effect(
    BananoWork,
    Effect.flatMap(makeWorkSearch, ({ find }) => findAhead(find))
  )

  /** Asks the node first; what it cannot or will not give, or what is too little, is found here. */
  static readonly layerNodeFirst: Layer.Layer<BananoWork, never, BananoNode> = Layer.effect(
    BananoWork,
    Effect.gen(function*() {
      const { generateWork } = yield* BananoNode
      const search = yield* makeWorkSearch
      return yield* findAhead((root, threshold = workThreshold) =>
        Effect.catch(generateWork(root, threshold), (error) =>
          Effect.andThen(
            Effect.logDebug(`work is found here: ${error.message}`),
            search.find(root, threshold)
          ))
      )
    })
  )
}
