/** Finds work for blocks: with the node's help where it gives some, and here in any case. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { BlockHash } from "../crypto/hash.ts"
import { type Work, workThreshold } from "../crypto/work.ts"
import { BananoNode } from "../node/BananoNode.ts"
import { makeWorkSearch, type WorkFailed } from "./WorkSearch.ts"

/** Finds work. It depends on the root alone, so it can be found before the block is built. */
export class BananoWork extends Context.Service<BananoWork, {
  /** At Banano's threshold unless another is given. Interrupting it stops the effort. */
  readonly find: (root: BlockHash, threshold?: bigint) => Effect.Effect<Work, WorkFailed>
}>()("@purser/integrations/banano/BananoWork") {
  /** Finds it in a thread of this machine. */
  static readonly layerLocal: Layer.Layer<BananoWork> = Layer.effect(BananoWork, makeWorkSearch)

  /** Asks the node first; what it cannot or will not give, or what is too little, is found here. */
  static readonly layerNodeFirst: Layer.Layer<BananoWork, never, BananoNode> = Layer.effect(
    BananoWork,
    Effect.gen(function*() {
      const { generateWork } = yield* BananoNode
      const search = yield* makeWorkSearch
      return {
        find: (root, threshold = workThreshold) =>
          Effect.catch(generateWork(root, threshold), (error) =>
            Effect.andThen(
              Effect.logDebug(`work is found here: ${error.message}`),
              search.find(root, threshold)
            ))
      }
    })
  )
}
