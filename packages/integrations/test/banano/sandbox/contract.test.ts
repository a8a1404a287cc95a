/** Holds the sandbox to what nodes of Banano do, by their documentation and source, as our client sees it. */
import { assert, describe, it } from "@effect/vitest"
import {
  addressOf,
  type BlockHash,
  isAuthentic,
  noBlock,
  rawMost,
  receiveBlock,
  rootOf,
  sendBlock,
  type Signature,
  signBlock,
  type Work,
  workThreshold
} from "@purser/integrations/banano"
import * as Effect from "effect/Effect"
import { accountAt, receiveAll, rich, sending, sign, standing, withSandbox } from "./running.ts"

const ban = 10n ** 29n
const nowhere = "AB".repeat(32) as BlockHash

describe("RW-12 RW-8 a node of Banano", () => {
  it.live("opens, sends, receives and confirms, raw by raw", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const [from, to] = [accountAt(0), accountAt(1)]
        assert.isUndefined(yield* node.accountInfo(from.address))
        assert.deepStrictEqual(yield* node.receivable(from.address), [])
        const funded = yield* sandbox.fund({ address: from.address, amountRaw: 100n * ban + 1n })
        const [waiting] = yield* node.receivable(from.address)
        assert.deepInclude(waiting, { hash: funded.hash, amountRaw: 100n * ban + 1n })
        yield* receiveAll(sandbox, node, from)

        const before = yield* standing(node, from)
        assert.deepInclude(yield* node.accountInfo(from.address), {
          balanceRaw: 100n * ban + 1n,
          openBlock: before.frontier,
          blockCount: 1,
          confirmedFrontier: before.frontier
        })
        const block = sign(sendBlock(before, to.address, 21n * ban / 10n), from)
        assert.isTrue(isAuthentic(block))
        assert.deepStrictEqual(yield* node.publish(block, "send"), { _tag: "Taken" })
        const sent = { account: from.address, amountRaw: 21n * ban / 10n, balanceRaw: 979n * ban / 10n + 1n, height: 2 }
        assert.deepStrictEqual(yield* node.blockInfo(block.hash), {
          ...sent,
          isConfirmed: false,
          subtype: "send",
          successor: undefined
        })
        assert.deepInclude(yield* node.blockInfo(before.frontier), { successor: block.hash })
        assert.deepInclude(yield* node.accountInfo(from.address), {
          frontier: block.hash,
          confirmedFrontier: before.frontier,
          confirmedBalanceRaw: 100n * ban + 1n
        })
        assert.deepStrictEqual(yield* node.receivable(to.address), [])

        yield* sandbox.confirm(block.hash)
        assert.deepInclude(yield* node.blockInfo(block.hash), { isConfirmed: true })
        assert.deepStrictEqual(yield* node.accountBalance(to.address), {
          balanceRaw: 0n,
          receivableRaw: 21n * ban / 10n
        })
        yield* receiveAll(sandbox, node, to)
        assert.deepStrictEqual(yield* node.accountBalance(to.address), {
          balanceRaw: 21n * ban / 10n,
          receivableRaw: 0n
        })
      })
    ))

  it.live("calls a block that comes again old, unless it is told what the block does", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const from = yield* rich(sandbox, node, ban)
        const block = yield* sending(node, from, 1n)
        assert.deepStrictEqual(yield* node.publish(block, "send"), { _tag: "Taken" })
        assert.deepStrictEqual(yield* node.publish(block), { _tag: "Known" })
        const again = yield* node.publish(block, "send")
        assert.strictEqual(again._tag, "Unclear")
        assert.deepInclude(again._tag === "Unclear" ? again.error : {}, { reason: "SubtypeBalance" })
      })
    ))

  it.live("takes one of two blocks in the same place", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const from = yield* rich(sandbox, node, ban)
        const [first, second] = [yield* sending(node, from, 1n), yield* sending(node, from, 2n)]
        assert.deepStrictEqual(yield* node.publish(first), { _tag: "Taken" })
        assert.deepStrictEqual(yield* node.publish(second), { _tag: "Displaced" })
        assert.isUndefined(yield* node.blockInfo(second.hash))
        yield* sandbox.rollBack(first.hash)
        assert.deepStrictEqual(yield* node.publish(second), { _tag: "Taken" })
        assert.deepStrictEqual(yield* node.publish(first), { _tag: "Displaced" })
      })
    ))

  it.live("keeps a block that comes too early until the one before it is there", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const from = yield* rich(sandbox, node, ban)
        const first = yield* sending(node, from, 1n)
        const after = { ...first, frontier: first.hash }
        const second = sign(sendBlock(after, accountAt(1).address, 2n), from)
        assert.deepStrictEqual(yield* node.publish(second), { _tag: "Early", reason: "GapPrevious" })
        assert.deepStrictEqual(yield* node.publish(second), { _tag: "Early", reason: "GapPrevious" })
        assert.deepInclude(yield* sandbox.status, { unchecked: 1 })
        assert.deepStrictEqual(yield* node.publish(first), { _tag: "Taken" })
        assert.deepInclude(yield* node.blockInfo(second.hash), { height: 3 })
        assert.deepInclude(yield* sandbox.status, { unchecked: 0, blocks: 3 })
      })
    ))

  it.live("refuses what can never be right", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const from = yield* rich(sandbox, node, 5n)
        const good = yield* sending(node, from, 1n)
        const stranger = accountAt(7)
        const at = yield* standing(node, from)
        const forged = { ...good, signature: stranger.sign(good.hash) as Signature }
        assert.deepStrictEqual(yield* node.publish(forged), { _tag: "Invalid", reason: "BadSignature" })
        const minted = sign({ ...at, previous: at.frontier, balanceRaw: 6n, link: noBlock }, from)
        assert.deepStrictEqual(yield* node.publish(minted), { _tag: "Invalid", reason: "BalanceMismatch" })
        const unsent = sign(receiveBlock(at, { hash: nowhere, amountRaw: 1n }), from)
        assert.deepStrictEqual(yield* node.publish(unsent), { _tag: "Early", reason: "GapSource" })
        const { hash } = yield* sandbox.fund({ address: from.address, amountRaw: 9n })
        const greedy = sign(receiveBlock(at, { hash, amountRaw: 10n }), from)
        assert.deepStrictEqual(yield* node.publish(greedy), { _tag: "Invalid", reason: "BalanceMismatch" })
        const foreign = yield* sandbox.fund({ address: stranger.address, amountRaw: 9n })
        const stolen = yield* node.publish(sign(receiveBlock(at, { hash: foreign.hash, amountRaw: 9n }), from))
        assert.deepInclude(stolen._tag === "Unclear" ? stolen.error : {}, { reason: "Unreceivable" })
        assert.deepInclude(yield* standing(node, from), { balanceRaw: 5n, frontier: at.frontier })
      })
    ))

  it.live("asks for as much work as Banano does", () =>
    withSandbox(
      (sandbox, node) =>
        Effect.gen(function*() {
          const signer = accountAt(0)
          const { hash } = yield* sandbox.fund({ address: signer.address, amountRaw: 1n })
          const block = receiveBlock(yield* standing(node, signer), { hash, amountRaw: 1n })
          const idle = sign(block, signer)
          assert.deepStrictEqual(yield* node.publish(idle), { _tag: "Early", reason: "WorkTooLow" })
          const work = yield* node.generateWork(rootOf(block))
          const worked = signBlock(block, signer, work)!
          assert.strictEqual(worked.hash, idle.hash)
          assert.deepStrictEqual(yield* node.publish(worked, "open"), { _tag: "Taken" })
        }),
      { workThreshold, generatesWork: true },
      { timeoutMillis: 100_000 }
    ), 120_000)

  it.live("makes no work where control is off", () =>
    withSandbox((_, node) =>
      Effect.gen(function*() {
        const refused = yield* Effect.flip(node.generateWork(nowhere))
        assert.deepInclude(refused, { _tag: "BananoRefused", reason: "ControlDisabled" })
      })
    ))

  it.live("confirms by itself after a while, and tells what it is", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const signer = accountAt(0)
        const { hash } = yield* sandbox.fund({ address: signer.address, amountRaw: 1n })
        const block = sign(receiveBlock(yield* standing(node, signer), { hash, amountRaw: 1n }), signer)
        yield* node.publish(block)
        assert.deepInclude(yield* node.blockInfo(block.hash), { isConfirmed: true })
        assert.deepInclude(yield* node.health, { network: "sandbox", blocks: 1, unchecked: 0 })
      }), { confirmationMillis: 0 }))

  it.live("moves all the money that there is, to the last raw", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const from = yield* rich(sandbox, node, rawMost)
        assert.deepInclude(yield* node.accountInfo(from.address), { balanceRaw: rawMost })
        const block = yield* sending(node, from, rawMost - 1n)
        assert.deepStrictEqual(yield* node.publish(block, "send"), { _tag: "Taken" })
        assert.deepInclude(yield* node.blockInfo(block.hash), { amountRaw: rawMost - 1n, balanceRaw: 1n })
      })
    ))

  it.live("lists what is worth receiving, the largest first, as many as are asked for", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const { address } = accountAt(0)
        for (const amountRaw of [3n, 1n, 2n, 4n]) yield* sandbox.fund({ address, amountRaw })
        const listed = yield* node.receivable(address, { leastRaw: 2n, most: 2 })
        assert.deepStrictEqual(listed.map(({ amountRaw }) => amountRaw), [4n, 3n])
        assert.strictEqual(listed[0]?.source, addressOf(noBlock))
      })
    ))
})

const raw = (url: string, body: string) =>
  Effect.promise(async () => {
    const response = await fetch(url, { method: "POST", body })
    return { status: response.status, answer: await response.json() as Record<string, unknown> }
  })

describe("RW-12 the wire of a node of Banano", () => {
  it.live.each<readonly [what: string, body: string, error: string]>([
    ["no JSON", "{", "Unable to parse JSON"],
    ["an unknown action", "{\"action\":\"dance\"}", "Unknown command"],
    ["no account", "{\"action\":\"account_info\"}", "Bad account number"],
    ["an account with a typo", "{\"action\":\"account_balance\",\"account\":\"ban_1\"}", "Bad account number"],
    ["no hash", "{\"action\":\"block_info\",\"hash\":\"x\"}", "Invalid block hash"],
    ["an unknown hash", `{"action":"block_info","hash":"${nowhere}"}`, "Block not found"],
    ["no block", "{\"action\":\"process\",\"json_block\":\"true\",\"block\":{}}", "Block is invalid"]
  ])("tells of %s with status 200", ([, body, error]) =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* raw(sandbox.nodeUrl, body), { status: 200, answer: { error } })
      })
    ))

  it.live("has numbers and flags as strings", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const { address } = yield* rich(sandbox, node, ban)
        const { answer } = yield* raw(sandbox.nodeUrl, JSON.stringify({ action: "account_info", account: address }))
        assert.deepInclude(answer, { balance: String(ban), block_count: "1", confirmation_height: "1" })
        assert.notProperty(answer, "representative")
        const hash = answer["frontier"]
        const info = yield* raw(sandbox.nodeUrl, JSON.stringify({ action: "block_info", hash, json_block: "true" }))
        assert.deepInclude(info.answer, { confirmed: "true", amount: String(ban), height: "1", subtype: "receive" })
        assert.deepInclude(info.answer["contents"] as object, {
          type: "state",
          balance: String(ban),
          previous: noBlock
        })
        const nothing = yield* raw(sandbox.nodeUrl, JSON.stringify({ action: "receivable", account: address }))
        assert.deepStrictEqual(nothing.answer, { blocks: "" })
      })
    ))

  it.live("counts a work of 16 digits, in capitals or not", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const from = yield* rich(sandbox, node, ban)
        const block = yield* sending(node, from, 1n)
        assert.deepStrictEqual(yield* node.publish({ ...block, work: "ABCDEF0123456789" as Work }), { _tag: "Taken" })
      })
    ))
})
