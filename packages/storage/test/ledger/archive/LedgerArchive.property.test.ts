import { assert, describe, it } from "@effect/vitest"
import { LedgerArchive, LedgerLog } from "@purser/domain/ledger"
import { historyOf, play, snapshot } from "@purser/domain/ledger/testing"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { databases } from "../stores.ts"

const exported = LedgerArchive.use(({ exportLines }) => Stream.runCollect(exportLines))

const imported = (lines: ReadonlyArray<string>) =>
  LedgerArchive.use(({ importLines }) => importLines(Stream.fromIterable(lines)))

const rootNow = LedgerLog.use((log) => Effect.flatMap(log.size, log.root))

const written = (seed: string) =>
  Effect.gen(function*() {
    yield* play(historyOf(seed, { steps: 160, refusals: true }))
    return { lines: yield* exported, root: yield* rootNow, holds: yield* snapshot }
  })

const moves = [["sqlite", "postgres"], ["postgres", "sqlite"]] as const

describe.each(moves)("LG-9 archives of random histories from %s to %s", (from, to) => {
  it.live.each([1, 2].map((number) => `archive ${from} ${to} ${number}`))(
    "end with the same root and the same books, seed %s",
    (seed) =>
      Effect.gen(function*() {
        const before = yield* Effect.provide(written(seed), databases[from], { local: true })
        assert.isAbove(before.holds.transfers.length, 100)
        const move = Effect.gen(function*() {
          const answer = yield* imported(before.lines)
          return { answer, again: yield* exported, root: yield* rootNow, holds: yield* snapshot }
        })
        const after = yield* Effect.provide(move, databases[to], { local: true })
        const transfers = BigInt(before.holds.transfers.length)
        assert.deepStrictEqual(after.answer, { accounts: 9n, transfers, skipped: 0n, root: after.answer.root })
        assert.deepStrictEqual(Buffer.from(after.answer.root), Buffer.from(before.root))
        assert.deepStrictEqual(Buffer.from(after.root), Buffer.from(before.root))
        assert.deepStrictEqual(after.holds, before.holds)
        assert.deepStrictEqual(after.holds.verification.discrepancies, [])
        assert.deepStrictEqual(after.again, before.lines)
      }),
    60_000
  )
})
