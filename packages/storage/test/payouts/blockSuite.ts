/** Tells what every store of blocks must do. */
import { assert, type Vitest } from "@effect/vitest"
import { BlockReference, BlockStore, type OperatorBlock, OperatorBlockState, PayoutStore } from "@purser/domain/payouts"
import { payoutOf, receiveOf, sendOf } from "@purser/domain/payouts/testing"
import { Transaction } from "@purser/domain/transaction"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import { failureOf } from "../onEveryStore.ts"

type Suite = (it: Vitest.MethodsNonLive<BlockStore | PayoutStore | Transaction>) => void

const ref = (name: string) => BlockReference.make(name)

const add = (block: OperatorBlock) => BlockStore.use((blocks) => blocks.add(block))

const byHashes = (...names: ReadonlyArray<string>) => BlockStore.use((blocks) => blocks.byHashes(names.map(ref)))

const hashesOf = (blocks: ReadonlyArray<OperatorBlock>): ReadonlyArray<string> => blocks.map(({ hash }) => hash)

const owed = (name: string) => {
  const payout = payoutOf(name)
  return Effect.as(PayoutStore.use((payouts) => payouts.add([payout])), payout)
}

/** A block of a test: in an account of its own it stands alone. */
const block = (account: string, name: string, fields: Partial<OperatorBlock> = {}) =>
  receiveOf(`${account}/${name}`, { account, previous: ref(`${account}/before/${name}`), ...fields })

const incoming = (name: string) => block("once", name, { source: ref("once/incoming") })

const adding: Suite = (it) => {
  it.effect("gives back every field exactly", () =>
    Effect.gen(function*() {
      const payout = yield* owed("exact")
      const fields = {
        account: "exact",
        height: Number.MAX_SAFE_INTEGER,
        amountMinor: 2n ** 63n - 1n,
        balanceRaw: "9".repeat(39),
        body: `{"odd":"\\ 'quoted' ä\n${"x".repeat(3000)}"}`,
        state: "landed",
        storedAtMillis: Number.MAX_SAFE_INTEGER
      } as const
      const send = sendOf("exact/send", payout, fields)
      const receive = block("exact", "receive", { amountMinor: 0n, balanceRaw: "0" })
      assert.isTrue(yield* add(send))
      assert.isTrue(yield* add(receive))
      assert.deepStrictEqual(yield* byHashes("exact/send"), [send])
      assert.deepStrictEqual(yield* byHashes("exact/receive", "exact/receive", "nobody"), [receive])
      assert.deepStrictEqual(yield* byHashes(), [])
    }))

  it.effect("keeps one block of a hash", () =>
    Effect.gen(function*() {
      const kept = block("hash", "one")
      assert.isTrue(yield* add(kept))
      assert.isFalse(yield* add(kept))
      assert.isFalse(yield* add(block("hash_too", "one", { hash: kept.hash })))
      assert.isFalse(yield* add(block("hash_too", "one", { hash: kept.hash, state: "dead" })))
      assert.deepStrictEqual(yield* byHashes("hash/one"), [kept])
    }))

  it.effect("lets one block that may land into a place, until it is dead", () =>
    Effect.gen(function*() {
      const blocks = yield* BlockStore
      const previous = ref("place/frontier")
      for (const state of ["stored", "landed", "confirmed"] as const) {
        const place = ref(`place/${state}`)
        assert.isTrue(yield* add(block("place", state, { previous: place, state })))
        assert.isFalse(yield* add(block("place", `${state}/rival`, { previous: place })), state)
      }
      assert.isTrue(yield* add(block("place", "first", { previous })))
      assert.isFalse(yield* add(block("place", "second", { previous })))
      assert.deepStrictEqual(yield* byHashes("place/second"), [])
      assert.isTrue(yield* blocks.move(ref("place/first"), "stored", "dead"))
      assert.isTrue(yield* add(block("place", "second", { previous })))
      assert.isFalse(yield* add(block("place", "third", { previous })))
      assert.isTrue(yield* add(block("another_place", "third", { previous })))
    }))

  it.effect("signs once for a payout and once for what comes in, until the block is dead", () =>
    Effect.gen(function*() {
      const blocks = yield* BlockStore
      const payout = yield* owed("once_signed")
      const send = (name: string) => sendOf(`once/${name}`, payout, { account: "once", previous: ref(`once/${name}`) })
      for (const [first, second] of [[send("s1"), send("s2")], [incoming("r1"), incoming("r2")]] as const) {
        assert.isTrue(yield* add(first))
        assert.isFalse(yield* add(second))
        yield* blocks.move(first.hash, "stored", "dead")
        assert.isTrue(yield* add(second))
      }
    }))

  it.effect("keeps what was dead when it came beside the living", () =>
    Effect.gen(function*() {
      const previous = ref("graves/frontier")
      assert.isTrue(yield* add(block("graves", "alive", { previous })))
      assert.isTrue(yield* add(block("graves", "dead", { previous, state: "dead" })))
      assert.isTrue(yield* add(block("graves", "dead_too", { previous, state: "dead" })))
    }))

  it.effect("keeps no block for a payout that is not kept", () =>
    Effect.gen(function*() {
      const orphan = sendOf("orphan", payoutOf("nobodys"), { account: "orphan" })
      assert.strictEqual(yield* failureOf(add(orphan)), "Broken")
      assert.deepStrictEqual(yield* byHashes("orphan"), [])
    }))

  it.effect("leaves a transaction whole whose place is taken", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      const previous = ref("whole/frontier")
      yield* add(block("whole", "taken", { previous }))
      const work = Effect.all([
        add(block("whole", "before")),
        add(block("whole", "rival", { previous })),
        add(block("whole", "after"))
      ])
      assert.deepStrictEqual(yield* atomically(work), [true, false, true])
      assert.lengthOf(yield* byHashes("whole/before", "whole/rival", "whole/after"), 2)
    }))

  it.effect("frees a place whose transaction is undone", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      const undone = block("undone", "block", { previous: ref("undone/frontier") })
      yield* Effect.flip(atomically(Effect.andThen(add(undone), Effect.fail("no"))))
      assert.deepStrictEqual(yield* byHashes("undone/block"), [])
      assert.isTrue(yield* add(block("undone", "next", { previous: ref("undone/frontier") })))
    }))
}

const reading: Suite = (it) => {
  it.effect("lists what is neither confirmed nor dead, lowest first", () =>
    Effect.gen(function*() {
      const blocks = yield* BlockStore
      const at = (name: string, height: number, state: OperatorBlockState) =>
        add(block("open", name, { height, state }))
      yield* at("e", 5, "stored")
      yield* at("b", 2, "landed")
      yield* at("c", 3, "confirmed")
      yield* at("a", 2, "stored")
      yield* at("d", 4, "dead")
      yield* add(block("open_too", "z"))
      assert.deepStrictEqual(hashesOf(yield* blocks.open("open", 1000)), ["open/a", "open/b", "open/e"])
      assert.deepStrictEqual(hashesOf(yield* blocks.open("open", 2)), ["open/a", "open/b"])
      assert.deepStrictEqual(yield* blocks.open("nobody", 1), [])
    }))

  it.effect("tells the highest block that is not dead", () =>
    Effect.gen(function*() {
      const blocks = yield* BlockStore
      const newest = Effect.map(blocks.newest("newest"), (found) => found?.hash)
      assert.isUndefined(yield* newest)
      yield* add(block("newest", "dead", { height: 4, state: "dead" }))
      assert.isUndefined(yield* newest)
      yield* add(block("newest", "high", { height: 3, state: "confirmed" }))
      yield* add(block("newest", "low", { height: 2 }))
      yield* add(block("newest_too", "higher", { height: 9 }))
      assert.strictEqual(yield* newest, ref("newest/high"))
      yield* add(block("newest", "top", { height: 4 }))
      assert.strictEqual(yield* newest, ref("newest/top"))
    }))

  it.effect("sums what sends took since a time, without dead ones", () =>
    Effect.gen(function*() {
      const blocks = yield* BlockStore
      const account = "spent"
      const send = (name: string, amountMinor: bigint, fields: Partial<OperatorBlock>) =>
        Effect.flatMap(owed(`spent/${name}`), (payout) =>
          add(sendOf(`spent/${name}`, payout, { account, previous: ref(`spent/${name}`), amountMinor, ...fields })))
      assert.strictEqual(yield* blocks.sentSinceMinor(account, 0), 0n)
      yield* send("early", 1n, { storedAtMillis: 99 })
      yield* send("at", 10n, { storedAtMillis: 100 })
      yield* send("late", 100n, { storedAtMillis: 101, state: "confirmed" })
      yield* send("dead", 1000n, { storedAtMillis: 101, state: "dead" })
      yield* send("elsewhere", 10_000n, { storedAtMillis: 101, account: "spent_too" })
      yield* add(block(account, "receive", { storedAtMillis: 101, amountMinor: 100_000n }))
      assert.strictEqual(yield* blocks.sentSinceMinor(account, 100), 110n)
      assert.strictEqual(yield* blocks.sentSinceMinor(account, 102), 0n)
      yield* send("most", 2n ** 62n, { storedAtMillis: 200 })
      assert.strictEqual(yield* blocks.sentSinceMinor(account, 0), 2n ** 62n + 111n)
    }))

  it.effect("ends with a defect where a page is out of bounds", () =>
    Effect.gen(function*() {
      const blocks = yield* BlockStore
      for (const limit of [0, -1, 1001, 0.5]) {
        const exit = yield* Effect.exit(blocks.open("bounds", limit))
        assert.isTrue(exit._tag === "Failure" && Cause.hasDies(exit.cause), String(limit))
      }
    }))
}

const moving: Suite = (it) => {
  it.effect("moves a block only from the state that it is in", () =>
    Effect.gen(function*() {
      const blocks = yield* BlockStore
      const states = OperatorBlockState.literals
      for (const state of states) {
        const stored = block("states", state, { state })
        yield* add(stored)
        for (const from of states.filter((other) => other !== state)) {
          assert.isFalse(yield* blocks.move(stored.hash, from, "landed"), `${state} is not ${from}`)
        }
        assert.deepStrictEqual(yield* byHashes(stored.hash), [stored])
      }
      assert.isFalse(yield* blocks.move(ref("nobody"), "stored", "landed"))
      assert.isTrue(yield* blocks.move(ref("states/stored"), "stored", "landed"))
      assert.isTrue(yield* blocks.move(ref("states/stored"), "landed", "confirmed"))
      assert.isFalse(yield* blocks.move(ref("states/stored"), "landed", "dead"))
      const [moved] = yield* byHashes("states/stored")
      assert.deepStrictEqual(moved, block("states", "stored", { state: "confirmed" }))
    }))

  it.effect("brings no dead block back to a place that another has", () =>
    Effect.gen(function*() {
      const blocks = yield* BlockStore
      const previous = ref("return/frontier")
      yield* add(block("return", "dead", { previous, state: "dead" }))
      yield* add(block("return", "alive", { previous }))
      assert.strictEqual(yield* failureOf(blocks.move(ref("return/dead"), "dead", "stored")), "Broken")
      assert.deepStrictEqual(hashesOf(yield* blocks.open("return", 9)), ["return/alive"])
    }))

  it.effect("forgets a move that its transaction undoes", () =>
    Effect.gen(function*() {
      const blocks = yield* BlockStore
      const { atomically } = yield* Transaction
      const stored = block("undo", "move")
      yield* add(stored)
      yield* Effect.flip(atomically(Effect.andThen(blocks.move(stored.hash, "stored", "dead"), Effect.fail("no"))))
      assert.deepStrictEqual(yield* byHashes("undo/move"), [stored])
    }))
}

/** The suite. */
export const blockSuite: Suite = (it) => {
  adding(it)
  reading(it)
  moving(it)
}
