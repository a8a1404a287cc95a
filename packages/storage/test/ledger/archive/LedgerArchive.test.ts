import { assert, describe, it } from "@effect/vitest"
import {
  type Account,
  ArchiveError,
  LedgerArchive,
  LedgerLog,
  LedgerStore,
  LogSalt,
  printAccount,
  printBeginning,
  printEnd,
  printTransfer,
  recordOf,
  type Transfer
} from "@purser/domain/ledger"
import { snapshot } from "@purser/domain/ledger/testing"
import { Frontier, leafHash } from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { booked, makeAsks, opened } from "../asks.ts"
import { databases } from "../stores.ts"

type Lines = ReadonlyArray<string>
type Ground = Layer.Success<typeof databases.sqlite>

const exported = LedgerArchive.use(({ exportLines }) => Stream.runCollect(exportLines))

const imported = (lines: Lines) => LedgerArchive.use(({ importLines }) => importLines(Stream.fromIterable(lines)))

/** Where and why lines are refused. */
const refusal = (lines: Lines) =>
  Effect.map(Effect.flip(imported(lines)), (error) => {
    if (!(error instanceof ArchiveError)) throw new Error("another failure", { cause: error })
    return [error.reason, error.line] as const
  })

const asks = makeAsks("old")
const user = { balanceRule: "debits_at_most_credits" } as const

/** Opens four accounts, then books 600 transfers with a hold of each end, and closes an account. */
const oldLedger = Effect.gen(function*() {
  yield* opened(asks.account("a"), asks.account("b"), asks.account("user", user), asks.account("gone"))
  yield* booked(asks.post("funds", { credit: asks.code("user") }), asks.hold("h1"), asks.hold("h2"))
  yield* booked(asks.settle("s1", "h1", { amountMinor: 1n }), asks.release("v2", "h2"))
  for (let from = 0; from < 595; from += 85) {
    yield* booked(
      ...Array.from(
        { length: 85 },
        (_, index) => asks.post(String(from + index), { metadata: { "2": "two", "10": "ten" } })
      )
    )
  }
  yield* LedgerStore.use((store) => store.closeAccount(asks.code("gone")))
  return { lines: yield* exported, holds: yield* snapshot }
})

/** Lines 1 to 5 are the beginning and four accounts; line 5 + n is transfer n, and one more after each 256. */
const lineOf = (sequence: number): number => 5 + sequence + Math.floor((sequence - 1) / 256)

const without = (lines: Lines, line: number): Lines => lines.toSpliced(line - 1, 1)

const changed = (lines: Lines, line: number, change: readonly [string, string]): Lines => {
  const text = lines[line - 1]!
  assert.include(text, change[0])
  return lines.with(line - 1, text.replace(...change))
}

const saltDigit = /(?<="salt":")./u
const otherDigit = (digit: string): string => digit === "0" ? "1" : "0"

const forgeries: ReadonlyArray<readonly [title: string, forge: (lines: Lines) => Lines, readonly [string, number]]> = [
  ["nothing", () => [], ["FileIsTruncated", 0]],
  ["another version", (lines) => changed(lines, 1, ["\"v\":1", "\"v\":2"]), ["VersionUnknown", 1]],
  ["another format", () => ["id,amount"], ["VersionUnknown", 1]],
  ["a gap", (lines) => without(lines, lineOf(300)), ["SequenceHasGap", lineOf(300)]],
  [
    "a changed amount",
    (lines) => changed(lines, lineOf(300), ["\"amount_minor\":\"100\"", "\"amount_minor\":\"101\""]),
    [
      "RootDiffers",
      lineOf(257)
    ]
  ],
  ["a changed salt", (lines) => lines.with(lineOf(7) - 1, lines[lineOf(7) - 1]!.replace(saltDigit, otherDigit)), [
    "RootDiffers",
    6
  ]],
  ["a record that is not canonical", (lines) => changed(lines, lineOf(7), ["\"v\":1,", "\"v\":1, "]), [
    "LineIsMalformed",
    lineOf(7)
  ]],
  ["a missing head", (lines) => without(lines, lineOf(256) + 1), ["LineOutOfPlace", lineOf(256) + 1]],
  ["a missing account", (lines) => without(lines, 3), ["CountsDiffer", 607]],
  ["an account after transfers", (lines) => lines.toSpliced(10, 0, lines[1]!), ["LineOutOfPlace", 11]],
  ["no end", (lines) => lines.slice(0, -1), ["FileIsTruncated", 607]],
  ["half a line at the end", (lines) => [...lines.slice(0, 400), lines[400]!.slice(0, 50)], ["FileIsTruncated", 401]],
  ["lines after the end", (lines) => [...lines, lines.at(-1)!], ["LineOutOfPlace", 609]],
  ["an unknown asset", (lines) => changed(lines, 2, ["\"EUR\"", "\"ZZZ\""]), ["AssetUnknown", 2]]
]

const salt = LogSalt.make("")

/** An archive that is sound in itself, of accounts and transfers that no ledger came to. */
const forged = (accounts: ReadonlyArray<Account>, transfers: ReadonlyArray<Transfer>): Lines => {
  const tree = new Frontier()
  for (const transfer of transfers) tree.append(leafHash(recordOf(transfer, salt)))
  const totals = {
    accounts: BigInt(accounts.length),
    transfers: BigInt(transfers.length),
    root: tree.root()
  }
  return [
    printBeginning(totals),
    ...accounts.map(printAccount),
    ...transfers.map((transfer) => printTransfer(transfer, salt)),
    printEnd(totals)
  ]
}

describe.each(Object.entries(databases))("LG-9 archives on %s", (_, world) => {
  const inNewLedger = <A, E>(effect: Effect.Effect<A, E, Ground>) =>
    Effect.provide(effect, world as Layer.Layer<Ground>, { local: true })

  it.live("are the same after a move, and are taken in bit by bit", () =>
    Effect.gen(function*() {
      const { holds, lines } = yield* inNewLedger(oldLedger)
      assert.strictEqual(lines.length, 608)
      yield* inNewLedger(Effect.gen(function*() {
        assert.deepStrictEqual(yield* refusal(lines.slice(0, 20)), ["FileIsTruncated", 20])
        assert.deepStrictEqual(yield* refusal(lines.slice(0, 590)), ["FileIsTruncated", 590])
        const { skipped, transfers } = yield* imported(lines)
        assert.strictEqual(transfers, 600n)
        assert.strictEqual(skipped, 0n)
        assert.deepStrictEqual(yield* snapshot, holds)
        assert.deepStrictEqual(yield* exported, lines)
        assert.strictEqual((yield* imported(lines)).skipped, 600n)
      }))
    }), 60_000)

  it.live("are refused by name and line, and leave nothing of what is wrong", () =>
    Effect.gen(function*() {
      const { lines } = yield* inNewLedger(oldLedger)
      yield* inNewLedger(Effect.gen(function*() {
        for (const [title, forge, expected] of forgeries) {
          assert.deepStrictEqual(yield* refusal(forge(lines)), expected, title)
        }
        assert.deepStrictEqual((yield* LedgerStore.use((store) => store.verify)).discrepancies, [])
        yield* imported(lines)
      }))
    }), 60_000)

  it.live("are decided again by the rules", () =>
    Effect.gen(function*() {
      const { holds } = yield* inNewLedger(oldLedger)
      const [funds, hold] = holds.transfers as [Transfer, Transfer]
      const accounts = holds.accounts
      const spent = { ...funds, debit: asks.code("user"), credit: asks.code("a"), amountMinor: 101n }
      const second = { ...spent, id: asks.id("second"), sequence: 2n }
      const cases: ReadonlyArray<readonly [ReadonlyArray<Transfer>, readonly [string, number]]> = [
        [[funds, second], ["TransferRefused", 7]],
        [[funds, { ...funds, sequence: 2n }], ["TransferRefused", 7]],
        [[{ ...hold, sequence: 1n, expiresAtMillis: hold.bookedAtMillis }], ["TransferRefused", 6]],
        [[{ ...funds, expiresAtMillis: 9 }], ["TransferDiffers", 6]],
        [[funds, { ...hold, kind: "expire", pendingId: funds.id, id: asks.id("x"), sequence: 2n }], [
          "TransferDiffers",
          7
        ]]
      ]
      yield* inNewLedger(Effect.gen(function*() {
        for (const [transfers, expected] of cases) {
          assert.deepStrictEqual(yield* refusal(forged(accounts, transfers)), expected)
        }
        assert.strictEqual(yield* LedgerLog.use(({ size }) => size), 0n)
      }))
    }), 60_000)

  it.live("take in transfers from before there was a log, without salts", () =>
    Effect.gen(function*() {
      const { holds } = yield* inNewLedger(oldLedger)
      const accounts = holds.accounts.map((account): Account => ({ ...account, state: "open" }))
      const lines = forged(accounts, holds.transfers.slice(0, 5))
      yield* inNewLedger(Effect.gen(function*() {
        yield* imported(lines)
        assert.deepStrictEqual(yield* exported, lines)
        assert.deepStrictEqual((yield* LedgerStore.use((store) => store.verify)).discrepancies, [])
      }))
    }), 60_000)

  it.live("do not go into a ledger that holds something else", () =>
    Effect.gen(function*() {
      const { holds, lines } = yield* inNewLedger(oldLedger)
      yield* inNewLedger(Effect.gen(function*() {
        const others = makeAsks("others")
        yield* opened(others.account("a"), others.account("b"))
        const [other] = yield* booked(others.post("1"))
        assert.deepStrictEqual(yield* refusal(lines), ["LedgerHoldsOtherTransfers", 6])
        assert.deepStrictEqual(yield* refusal(forged([], [])), ["LedgerHoldsOtherTransfers", 1])
        const after = yield* snapshot
        assert.strictEqual(after.accounts.length, 2)
        assert.deepStrictEqual(after.transfers, [other!])
      }))
      yield* inNewLedger(Effect.gen(function*() {
        yield* opened(asks.account("user"))
        assert.deepStrictEqual(yield* refusal(lines), ["AccountDiffers", holds.accounts.length + 1])
      }))
    }), 60_000)
})
