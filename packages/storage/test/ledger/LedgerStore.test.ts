import { assert, describe, it, layer, type Vitest } from "@effect/vitest"
import { type LedgerError } from "@purser/domain/ledger"
import { play, refusalBooks, refusalLadders, refusedAtMillis, snapshot } from "@purser/domain/ledger/testing"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { type Ground, stores } from "./stores.ts"
import { accountSuite } from "./suite/accountSuite.ts"
import { expirySuite, holdSuite } from "./suite/holdSuite.ts"
import { batchSuite, replaySuite, transferSuite } from "./suite/postingSuite.ts"
import { balanceSuite, searchSuite, sumSuite } from "./suite/readSuite.ts"
import { workSuite } from "./suite/workSuite.ts"

type Suite = (it: Vitest.MethodsNonLive<Ground>) => void

/** Suites whose tests share a ledger. */
const suites: ReadonlyArray<readonly [title: string, suite: Suite]> = [
  ["LG-1 accounts", accountSuite],
  ["LG-2 LG-8 LG-10 transfers", transferSuite],
  ["LG-4 sets and batches", batchSuite],
  ["LG-6 replays", replaySuite],
  ["LG-15 work that rides along", workSuite],
  ["LG-3 holds", holdSuite],
  ["LG-7 balances", balanceSuite],
  ["LG-7 searches", searchSuite]
]

const rungs = Object.values(refusalLadders).flat()

const refusalOf = ({ field, index, reason }: LedgerError) => ({ field, index, reason })

/** Every reason, and which one comes first where several hold. */
const refusalSuite: Suite = (it) => {
  it.effect("gives every reason, in order of precedence, and leaves no trace", () =>
    Effect.gen(function*() {
      yield* play(refusalBooks)
      const before = yield* snapshot
      const [answer] = yield* play([{ _tag: "Post", atMillis: refusedAtMillis, sets: rungs.map(({ set }) => set) }])
      const outcomes = answer?._tag === "Post" ? answer.outcomes : []
      assert.deepStrictEqual(
        outcomes.map((outcome) => Result.mapError(outcome, refusalOf)),
        rungs.map(({ field, index, reason }) => Result.fail({ field, index, reason }))
      )
      assert.deepStrictEqual(yield* snapshot, before)
    }))
}

/** Suites whose tests each need a ledger to themselves. */
const lonelySuites: typeof suites = [
  ["LG-5 refusals", refusalSuite],
  ["LG-3 expiries", expirySuite],
  ["LG-7 sums", sumSuite]
]

describe.each(stores)("ledger store in %s", (_, world) => {
  layer(world, { excludeTestServices: true })((it) => {
    for (const [title, suite] of suites) describe(title, () => suite(it))
  })
  for (const [title, suite] of lonelySuites) {
    describe(title, () =>
      suite({
        ...it,
        effect: ((name: string, self: () => Effect.Effect<void, unknown, Ground>) =>
          it.live(name, () => Effect.provide(self(), world, { local: true }))) as never
      } as never))
  }
})
