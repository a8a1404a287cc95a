/** Lets a sandbox go wrong around a publication, and proves that the same bytes settle what became of it. */
import { assert, describe, it } from "@effect/vitest"
import type { BananoNode, SignedBlock } from "@purser/integrations/banano"
import type { SandboxFault } from "@purser/integrations/banano/sandbox"
import * as Effect from "effect/Effect"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { accountAt, receiveAll, rich, sending, standing, withSandbox } from "./running.ts"

const ban = 10n ** 29n

type Case = Pick<SandboxFault, "kind" | "isDone" | "text"> & { readonly error: object }

const cases: ReadonlyArray<Case> = [false, true].flatMap((isDone): ReadonlyArray<Case> => [
  { kind: "error500", isDone, error: { _tag: "BananoStatus", status: 500 } },
  { kind: "silence", isDone, error: { _tag: "BananoUnreachable", why: "timed out" } },
  { kind: "reset", isDone, error: { _tag: "BananoUnreachable", why: "ECONNRESET" } },
  { kind: "truncated", isDone, error: { _tag: "BananoMalformed", where: "not JSON" } }
])

/** Publishes the same bytes until the node has them; answers how often. */
const settle = Effect.fnUntraced(function*(node: BananoNode["Service"], block: SignedBlock) {
  for (let times = 1; times < 5; times++) {
    const { _tag } = yield* node.publish(block)
    if (_tag === "Taken" || _tag === "Known") return _tag
  }
  return assert.fail("the block is not taken")
})

describe("RW-8 a publication that goes wrong", () => {
  it.live.each(cases)(
    "is unclear after $kind (done: $isDone), asked once, and paid once by the same bytes",
    ({ error, isDone, kind }) =>
      withSandbox(
        (sandbox, node) =>
          Effect.gen(function*() {
            const from = yield* rich(sandbox, node, 10n * ban)
            const block = yield* sending(node, from, ban)
            yield* sandbox.fail({ kind, isDone, answers: 2, action: "process" })
            const outcome = yield* node.publish(block, "send")
            assert.strictEqual(outcome._tag, "Unclear")
            assert.deepInclude(outcome._tag === "Unclear" ? outcome.error : {}, error)
            assert.deepInclude(yield* sandbox.status, { faults: 1 })
            assert.strictEqual((yield* node.blockInfo(block.hash)) !== undefined, isDone)

            yield* sandbox.fail({ kind, isDone, answers: 0 })
            assert.strictEqual(yield* settle(node, block), isDone ? "Known" : "Taken")
            yield* sandbox.confirm()
            assert.deepInclude(yield* node.accountInfo(from.address), { balanceRaw: 9n * ban, blockCount: 2 })
            assert.deepInclude(yield* node.blockInfo(block.hash), { isConfirmed: true })
            assert.deepInclude(yield* node.accountBalance(accountAt(1).address), { receivableRaw: ban })
          }),
        {},
        { timeoutMillis: kind === "silence" ? 500 : 10_000 }
      )
  )

  it.live.each<{ readonly text: string; readonly outcome: object }>([
    { text: "Old block", outcome: { _tag: "Known" } },
    { text: "Fork", outcome: { _tag: "Displaced" } },
    { text: "Gap previous block", outcome: { _tag: "Early", reason: "GapPrevious" } },
    { text: "Block work is less than threshold", outcome: { _tag: "Early", reason: "WorkTooLow" } },
    { text: "Insufficient balance", outcome: { _tag: "Unclear" } },
    { text: "The stars are wrong", outcome: { _tag: "Unclear" } }
  ])("is told \"$text\"", ({ outcome, text }) =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const from = yield* rich(sandbox, node, ban)
        const block = yield* sending(node, from, 1n)
        yield* sandbox.fail({ kind: "refusal", text, isDone: true, answers: 1 })
        assert.deepInclude(yield* node.publish(block), outcome)
        assert.isUndefined(yield* node.blockInfo(block.hash))
        assert.deepStrictEqual(yield* node.publish(block), { _tag: "Taken" })
      })
    ))

  it.live("is taken, dropped under load, and taken again", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const from = yield* rich(sandbox, node, ban)
        const block = yield* sending(node, from, 1n)
        yield* sandbox.fail({ kind: "drop", isDone: true, answers: 1, action: "process" })
        assert.deepStrictEqual(yield* node.publish(block), { _tag: "Taken" })
        assert.isUndefined(yield* node.blockInfo(block.hash))
        assert.deepStrictEqual(yield* node.publish(block), { _tag: "Taken" })
        assert.deepInclude(yield* node.blockInfo(block.hash), { isConfirmed: false })
      })
    ))

  it.live("is taken back by an election with all that rests on it", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const from = yield* rich(sandbox, node, ban)
        const block = yield* sending(node, from, 5n)
        yield* node.publish(block)
        yield* sandbox.confirm()
        yield* receiveAll(sandbox, node, accountAt(1))
        yield* sandbox.rollBack(block.hash)
        assert.isUndefined(yield* node.accountInfo(accountAt(1).address))
        assert.deepInclude(yield* node.accountInfo(from.address), { balanceRaw: ban, blockCount: 1 })
      })
    ))
})

const dataFile = Effect.map(
  Effect.acquireRelease(
    Effect.promise(() => mkdtemp(join(tmpdir(), "purser-banano-"))),
    (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true }))
  ),
  (folder) => join(folder, "ledger.json")
)

describe("RW-8 a node that restarts", () => {
  it.live("still knows what it took", () =>
    Effect.gen(function*() {
      const file = yield* dataFile
      const block = yield* withSandbox((sandbox, node) =>
        Effect.gen(function*() {
          const from = yield* rich(sandbox, node, ban)
          const sent = yield* sending(node, from, 1n)
          yield* node.publish(sent, "send")
          return sent
        }), { dataFile: file })
      yield* withSandbox((sandbox, node) =>
        Effect.gen(function*() {
          assert.deepInclude(yield* node.blockInfo(block.hash), { isConfirmed: false, height: 2, amountRaw: 1n })
          assert.deepStrictEqual(yield* node.publish(block), { _tag: "Known" })
          assert.deepInclude(yield* sandbox.status, { blocks: 2, confirmed: 1 })
        }), { dataFile: file })
    }))

  it.live("calls a gap what it knew, once its data are gone", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const from = yield* rich(sandbox, node, ban)
        const block = yield* sending(node, from, 1n)
        yield* node.publish(block)
        yield* sandbox.wipe
        assert.deepStrictEqual(yield* sandbox.status, { blocks: 0, confirmed: 0, unchecked: 0, faults: 0 })
        assert.deepStrictEqual(yield* node.publish(block), { _tag: "Early", reason: "GapPrevious" })
        assert.deepInclude(yield* standing(node, from), { balanceRaw: 0n })
      })
    ))

  it.live("refuses a file that is no ledger, and leaves it alone", () =>
    Effect.gen(function*() {
      const file = yield* dataFile
      yield* Effect.promise(() => writeFile(file, "{\"format\":2}"))
      const refused = yield* Effect.flip(withSandbox(({ status }) => status, { dataFile: file }))
      assert.deepInclude(refused, { _tag: "SandboxRefused", reason: "DataFile" })
      assert.strictEqual(yield* Effect.promise(() => readFile(file, "utf8")), "{\"format\":2}")
    }))

  it.live("listens on loopback only", () =>
    Effect.gen(function*() {
      const refused = yield* Effect.flip(withSandbox(({ status }) => status, { host: "0.0.0.0" }))
      assert.deepInclude(refused, { _tag: "SandboxRefused", reason: "HostNotLoopback" })
    }))
})
