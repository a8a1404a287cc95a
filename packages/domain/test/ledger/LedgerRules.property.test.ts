import { assert, describe, it } from "@effect/vitest"
import { type AccountCode, LedgerRules, type LinkedSet, maximumMinor, type Transfer } from "@purser/domain/ledger"
import { histories, type History } from "@purser/domain/ledger/testing"
import * as Schema from "effect/Schema"
import { PlainBooks } from "./PlainBooks.ts"

const arbitrary = { runs: 40, size: 40 }
const history = histories({ steps: 40, refusals: true })

const played = (history: History): PlainBooks => {
  const books = new PlainBooks()
  for (const step of history) books.take(step)
  return books
}

/** What a transfer and the hold that it ends move: posted and pending. */
const movement = (transfer: Transfer, held: Transfer | undefined): readonly [bigint, bigint] => {
  if (transfer.kind === "post") return [transfer.amountMinor, 0n]
  if (transfer.kind === "hold") return [0n, transfer.amountMinor]
  return [transfer.kind === "settle" ? transfer.amountMinor : 0n, -held!.amountMinor]
}

describe("LG-1 LG-2 LG-3 any history", () => {
  it.prop("keeps debits equal to credits per asset", { history }, ({ history }) => {
    const sums = new Map<string, bigint>()
    for (const account of played(history).accounts.values()) {
      for (const [name, minor] of Object.entries(sidesOf(account))) {
        sums.set(`${account.asset} ${name}`, (sums.get(`${account.asset} ${name}`) ?? 0n) + minor)
      }
    }
    assert.deepStrictEqual([...sums].filter(([, sum]) => sum !== 0n), [])
  }, { arbitrary })

  const sidesOf = (account: PlainAccount) => ({
    posted: account.debitsPostedMinor - account.creditsPostedMinor,
    pending: account.debitsPendingMinor - account.creditsPendingMinor
  })
  type PlainAccount = Pick<
    PlainBooks["entries"][number],
    "debitsPostedMinor" | "debitsPendingMinor" | "creditsPostedMinor" | "creditsPendingMinor"
  >

  it.prop("keeps every account within its rule and 64 bits, at every step", { history }, ({ history }) => {
    const books = played(history)
    for (const entry of books.entries) {
      const account = { ...books.accounts.get(entry.account)!, ...entry }
      assert.isFalse(LedgerRules.breaksRule(account), `${entry.account} at ${entry.accountVersion}`)
      for (
        const [posted, pending] of [
          [entry.debitsPostedMinor, entry.debitsPendingMinor],
          [entry.creditsPostedMinor, entry.creditsPendingMinor]
        ] as const
      ) {
        assert.isTrue(posted >= 0n && pending >= 0n && posted + pending <= maximumMinor)
      }
    }
  }, { arbitrary })

  it.prop("numbers transfers without a gap, in order", { history }, ({ history }) => {
    const sequences = [...played(history).transfers.values()].map(({ sequence }) => sequence)
    assert.deepStrictEqual(sequences, sequences.map((_, index) => BigInt(index + 1)))
  }, { arbitrary })

  it.prop("has totals that add up from its transfers", { history }, ({ history }) => {
    const books = played(history)
    const totals = new Map<AccountCode, Array<bigint>>()
    const add = (code: AccountCode, at: number, moved: readonly [bigint, bigint]) => {
      const sums = totals.get(code) ?? [0n, 0n, 0n, 0n, 0n]
      totals.set(code, sums)
      sums[at]! += moved[0]
      sums[at + 1]! += moved[1]
      sums[4]! += 1n
    }
    for (const transfer of books.transfers.values()) {
      const moved = movement(
        transfer,
        transfer.pendingId === null ? undefined : books.transfers.get(transfer.pendingId)
      )
      add(transfer.debit, 0, moved)
      add(transfer.credit, 2, moved)
    }
    for (const account of books.accounts.values()) {
      assert.deepStrictEqual(
        [
          account.debitsPostedMinor,
          account.debitsPendingMinor,
          account.creditsPostedMinor,
          account.creditsPendingMinor,
          account.version
        ],
        totals.get(account.code) ?? [0n, 0n, 0n, 0n, 0n],
        account.code
      )
    }
  }, { arbitrary })

  it.prop("has exactly its open holds pending", { history }, ({ history }) => {
    const books = played(history)
    const ended = [...books.transfers.values()].flatMap(({ pendingId }) => pendingId ?? [])
    assert.strictEqual(new Set(ended).size, ended.length, "a hold ended twice")
    const open = [...books.transfers.values()].filter(({ id, kind }) => kind === "hold" && !ended.includes(id))
    assert.sameMembers(
      [...books.holds].filter(([, state]) => state === "pending").map(([id]) => id),
      open.map(({ id }) => id)
    )
    const pending = (side: "debit" | "credit", code: AccountCode) =>
      open.filter((held) => held[side] === code).reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
    for (const account of books.accounts.values()) {
      assert.strictEqual(account.debitsPendingMinor, pending("debit", account.code))
      assert.strictEqual(account.creditsPendingMinor, pending("credit", account.code))
    }
  }, { arbitrary })

  it.prop("passes the audit", { history }, ({ history }) => {
    assert.deepStrictEqual(played(history).verify().discrepancies, [])
  }, { arbitrary: { ...arbitrary, runs: 20 } })

  it.prop("reverses a transfer at most once", { history }, ({ history }) => {
    const reversed = [...played(history).transfers.values()].flatMap(({ reverses }) => reverses ?? [])
    assert.strictEqual(new Set(reversed).size, reversed.length)
  }, { arbitrary })
})

describe("LG-4 LG-5 any batch", () => {
  it.prop("is decided alike from the rows that it asks for", { history }, ({ history }) => {
    const books = new PlainBooks()
    for (const step of history) {
      if (step._tag === "Post") {
        const booking = books.booking(step.atMillis)
        assert.deepStrictEqual(
          LedgerRules.decideBatch(books.partFor(step.sets), step.sets, booking),
          LedgerRules.decideBatch(books, step.sets, booking)
        )
      }
      books.take(step)
    }
  }, { arbitrary })

  const place = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 20 }))

  it.prop("may be split anywhere", { history, place }, ({ history, place }) => {
    const [whole, split] = [new PlainBooks(), new PlainBooks()]
    for (const step of history) {
      if (step._tag !== "Post") {
        whole.take(step)
        split.take(step)
        continue
      }
      const outcomes = whole.post(step.sets, step.atMillis)
      const parts: ReadonlyArray<ReadonlyArray<LinkedSet>> = [step.sets.slice(0, place % 5), step.sets.slice(place % 5)]
      assert.deepStrictEqual(parts.flatMap((sets) => split.post(sets, step.atMillis)), outcomes)
    }
    assert.deepStrictEqual(split, whole)
  }, { arbitrary })

  it.prop("leaves no trace of a set that is refused", { history }, ({ history }) => {
    const [all, taken] = [new PlainBooks(), new PlainBooks()]
    for (const step of history) {
      if (step._tag !== "Post") {
        all.take(step)
        taken.take(step)
        continue
      }
      const outcomes = all.post(step.sets, step.atMillis)
      taken.post(step.sets.filter((_, index) => outcomes[index]!._tag === "Success"), step.atMillis)
    }
    assert.deepStrictEqual(taken, all)
  }, { arbitrary })
})

describe("LG-6 any history of requests that were taken", () => {
  const history = histories({ steps: 40 })

  it.prop("changes nothing when it comes again, and is answered alike", { history }, ({ history }) => {
    const books = new PlainBooks()
    const answered = history.map((step) =>
      step._tag === "Post" ? books.post(step.sets, step.atMillis) : books.take(step)
    )
    const before = structuredClone([books.accounts, books.transfers, books.holds, books.entries])
    for (const [index, step] of history.entries()) {
      if (step._tag !== "Post") continue
      const again = books.post(step.sets, step.atMillis + 1_000_000)
      const first = answered[index] as typeof again
      assert.deepStrictEqual(
        again.map((outcome) => outcome._tag === "Success" && outcome.success),
        first.map((outcome) => outcome._tag === "Success" && { ...outcome.success, replayed: true })
      )
    }
    assert.deepStrictEqual(structuredClone([books.accounts, books.transfers, books.holds, books.entries]), before)
  }, { arbitrary })
})
