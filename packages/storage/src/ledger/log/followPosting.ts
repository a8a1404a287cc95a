/** Lets the tree of the log grow behind the posting, in a fiber of its own. */
import { tileWidth } from "@purser/domain/transparency"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import type * as Scope from "effect/Scope"
import type { Bench } from "../Bench.ts"
import type { LedgerDialect, Write } from "../dialect/LedgerDialect.ts"
import { makeGrowTree } from "./growTree.ts"

/** Waits so long after a tile has become full, so that under load many tiles share one commit. */
const gathering = "250 millis"

const width = BigInt(tileWidth)

const followed = (write: Write, fill: () => void): Write => (sql, writing) =>
  Effect.map(write(sql, writing), (base) => {
    if (base !== undefined && base / width !== (base + writing.count) / width) fill()
    return base
  })

/**
 * The bench for posting, whose writing tells a fiber when a tile of leaves has become full. Posting neither waits for the
 * tree nor fails with it: what the fiber misses, also where this process ends first, is made up for with the next tile, or
 * by whoever asks for a proof.
 */
export const followPosting = (bench: Bench): Effect.Effect<Bench, never, Scope.Scope> =>
  Effect.gen(function*() {
    const filled = yield* Queue.sliding<void>(1)
    const growTree = makeGrowTree(bench)
    yield* Queue.take(filled).pipe(
      Effect.andThen(Effect.sleep(gathering)),
      Effect.andThen(growTree),
      Effect.catchCause((cause) =>
        Cause.hasInterruptsOnly(cause)
          ? Effect.failCause(cause)
          : Effect.logWarning("the tree of the ledger's log lags behind", cause)
      ),
      Effect.forever,
      Effect.forkScoped
    )
    const fill = () => {
      Queue.offerUnsafe(filled, undefined)
    }
    const { write, writeAtOnce } = bench.dialect
    const dialect: LedgerDialect = {
      ...bench.dialect,
      write: followed(write, fill),
      writeAtOnce: writeAtOnce === undefined ? undefined : followed(writeAtOnce, fill)
    }
    return { ...bench, dialect }
  })
