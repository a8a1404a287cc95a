import { assert, describe, it } from "@effect/vitest"
import { deriveTransferId, IdempotencyKey, type LinkedSet, maximumMinor, type Outcome } from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import * as Result from "effect/Result"
import { PlainBooks } from "./PlainBooks.ts"
import { account, code, hold, id, post, release, settle } from "./requests.ts"

const limited = { balanceRule: "debits_at_most_credits" } as const

/** `bank` pays `user`, who may spend only what came. */
const booksWith = (userMinor: bigint) => {
  const books = new PlainBooks()
  books.open(account("bank"), account("user", limited), account("shop"))
  if (userMinor > 0n) taken(books.post([[post("funding", between("bank", "user", userMinor))]]))
  return books
}

const exchange = (xmrMinor: bigint): LinkedSet => [
  post(`eur ${xmrMinor}`, between("user", "bank", 100n)),
  post(`xmr ${xmrMinor}`, { ...between("bank:xmr", "user:xmr", xmrMinor), asset: Asset.XMR.code })
]

const held = () => {
  const books = booksWith(100n)
  taken(books.post([[hold("h", { ...between("user", "shop", 60n), expiresAtMillis: 1_000 })]]))
  return books
}

const due = (name: string, expiresAtMillis: number) => hold(name, { ...between("user", "shop", 1n), expiresAtMillis })

const paid = () => {
  const books = booksWith(100n)
  taken(books.post([[post("p", between("user", "shop", 60n))]]))
  return books
}

const between = (debit: string, credit: string, amountMinor: bigint) => ({
  debit: code(debit),
  credit: code(credit),
  amountMinor
})

const answerOf = (outcome: Outcome | undefined) =>
  Result.match(outcome!, {
    onFailure: ({ index, reason }) => index === 0 ? reason : `${index} ${reason}`,
    onSuccess: ({ replayed }) => replayed ? "replayed" : "booked"
  })
const answers = (outcomes: ReadonlyArray<Outcome>) => outcomes.map(answerOf)
const taken = (outcomes: ReadonlyArray<Outcome>) => outcomes.map((outcome) => Result.getOrThrow(outcome))

const expiryId = (name: string, atMillis: number) => deriveTransferId("ledger.hold.expired", id(name), String(atMillis))

const totals = (books: PlainBooks, name: string) => {
  const account = books.accounts.get(code(name))!
  return [
    account.debitsPostedMinor,
    account.debitsPendingMinor,
    account.creditsPostedMinor,
    account.creditsPendingMinor
  ]
}

describe("LG-1 balance rules", () => {
  it.each(
    [
      { balanceRule: "debits_at_most_credits", overdraftMinor: 0n, beyond: "InsufficientFunds" },
      { balanceRule: "debits_at_most_credits", overdraftMinor: 40n, beyond: "InsufficientFunds" },
      { balanceRule: "none", overdraftMinor: 0n, beyond: "booked" }
    ] as const
  )("$balanceRule with an overdraft of $overdraftMinor: $beyond past the limit", ({ beyond, ...rule }) => {
    const books = new PlainBooks()
    books.open(account("bank"), account("user", rule))
    taken(books.post([[post("in", between("bank", "user", 100n))]]))
    const all = post("all", between("user", "bank", 100n + rule.overdraftMinor))
    assert.deepStrictEqual(answers(books.post([[all], [post("more", between("user", "bank", 1n))]])), [
      "booked",
      beyond
    ])
  })

  it("limit the credit side of a stock", () => {
    const books = new PlainBooks()
    books.open(account("stock", { balanceRule: "credits_at_most_debits", overdraftMinor: 1n }), account("out"))
    taken(books.post([[post("in", between("stock", "out", 5n))]]))
    assert.deepStrictEqual(
      answers(books.post([[post("all", between("out", "stock", 6n))], [post("more", between("out", "stock", 1n))]])),
      ["booked", "InsufficientFunds"]
    )
  })

  it("bind within one batch, in the order given", () => {
    const books = booksWith(100n)
    const sets = [60n, 60n, 40n].map((minor, index) => [post(`p${index}`, between("user", "shop", minor))])
    assert.deepStrictEqual(answers(books.post(sets)), ["booked", "InsufficientFunds", "booked"])
  })

  it("ignore what is only pending on the other side", () => {
    const books = booksWith(0n)
    taken(books.post([[hold("promise", between("bank", "user", 100n))]]))
    assert.deepStrictEqual(answers(books.post([[post("spend", between("user", "shop", 1n))]])), ["InsufficientFunds"])
    taken(books.post([[settle("kept", "promise")]]))
    assert.deepStrictEqual(answers(books.post([[post("spend", between("user", "shop", 100n))]])), ["booked"])
  })
})

describe("LG-3 holds", () => {
  it("count against what is available", () => {
    const books = held()
    assert.deepStrictEqual(totals(books, "user"), [0n, 60n, 100n, 0n])
    assert.deepStrictEqual(
      answers(books.post([[post("p", between("user", "shop", 41n))], [hold("h2", between("user", "shop", 41n))]])),
      ["InsufficientFunds", "InsufficientFunds"]
    )
    assert.deepStrictEqual(answers(books.post([[post("p", between("user", "shop", 40n))]])), ["booked"])
  })

  it.each([
    ["in full", settle("end", "h"), 60n],
    ["in part", settle("end", "h", { amountMinor: 25n }), 25n],
    ["up to all", settle("end", "h", { amountMinor: 60n }), 60n],
    ["not at all", release("end", "h"), 0n]
  ])("settle %s and release the rest", (_, ending, moved) => {
    const books = held()
    const [booked] = taken(books.post([[ending]]))
    assert.deepStrictEqual([totals(books, "user"), totals(books, "shop")], [[moved, 0n, 100n, 0n], [0n, 0n, moved, 0n]])
    assert.strictEqual(booked!.transfers[0]!.amountMinor, moved === 0n ? 60n : moved)
    assert.deepStrictEqual(answers(books.post([[post("rest", between("user", "shop", 100n - moved))]])), ["booked"])
  })

  it.each([
    ["settled", settle("end", "h"), "PendingTransferAlreadySettled"],
    ["voided", release("end", "h"), "PendingTransferAlreadyVoided"]
  ])("end once: %s", (_, ending, reason) => {
    const books = held()
    taken(books.post([[ending]]))
    assert.deepStrictEqual(answers(books.post([[settle("s", "h")], [release("v", "h")]])), [reason, reason])
    assert.deepStrictEqual(books.expire(5_000).transfers, [])
  })

  it.each([[999, "booked"], [1_000, "PendingTransferExpired"], [1_001, "PendingTransferExpired"]])(
    "can be settled at %d: %s",
    (atMillis, answer) => {
      assert.deepStrictEqual(answers(held().post([[settle("s", "h")]], atMillis)), [answer])
    }
  )

  it("expire when their time has come, once", () => {
    const books = held()
    assert.deepStrictEqual(books.expire(999).transfers, [])
    const [expired, ...others] = books.expire(1_000).transfers
    assert.deepStrictEqual(others, [])
    assert.deepInclude({ ...expired }, { kind: "expire", amountMinor: 60n, pendingId: id("h") })
    assert.strictEqual<string | undefined>(expired?.reason, "hold.expired")
    assert.deepStrictEqual(totals(books, "user"), [0n, 0n, 100n, 0n])
    assert.deepStrictEqual(books.expire(2_000).transfers, [])
    assert.deepStrictEqual(answers(books.post([[settle("s", "h")]], 500)), ["PendingTransferExpired"])
  })

  it("expire each under an id of its own, in the order given", () => {
    const books = booksWith(100n)
    taken(books.post([[due("1", 10)], [due("2", 20)], [due("3", 30)]]))
    const { transfers } = books.expire(20)
    assert.deepStrictEqual(
      transfers.map((transfer) => [transfer.id, transfer.pendingId, transfer.sequence]),
      [[expiryId("1", 20), id("1"), 5n], [expiryId("2", 20), id("2"), 6n]]
    )
  })

  it("expire a moment later when somebody has taken the id", () => {
    const books = booksWith(100n)
    taken(books.post([[due("1", 10)], [due("2", 10)]]))
    taken(books.post([[post("taken", { ...between("user", "shop", 1n), id: expiryId("1", 10) })]]))
    const pendingIds = (atMillis: number) => books.expire(atMillis).transfers.map(({ pendingId }) => pendingId)
    assert.deepStrictEqual(pendingIds(10), [id("2")])
    assert.deepStrictEqual(pendingIds(11), [id("1")])
  })

  it("without an expiry stay", () => {
    const books = booksWith(100n)
    taken(books.post([[hold("h", between("user", "shop", 60n))]]))
    assert.deepStrictEqual(books.expire(Number.MAX_SAFE_INTEGER).transfers, [])
  })

  it("can be made and ended in one set", () => {
    const books = booksWith(100n)
    taken(books.post([[hold("h", between("user", "shop", 60n)), settle("s", "h", { amountMinor: 10n })]]))
    assert.deepStrictEqual(totals(books, "user"), [10n, 0n, 100n, 0n])
  })
})

describe("LG-2 LG-4 linked sets", () => {
  it("move several assets together", () => {
    const books = booksWith(100n)
    books.open(account("bank:xmr", { asset: Asset.XMR.code }), account("user:xmr", { asset: Asset.XMR.code }))
    assert.deepStrictEqual(answers(books.post([exchange(0n), exchange(7n)])), ["1 AmountMustBePositive", "booked"])
    assert.deepStrictEqual([totals(books, "user")[0], totals(books, "user:xmr")[2]], [100n, 7n])
  })

  it("see what came before them in the set", () => {
    const books = booksWith(0n)
    assert.deepStrictEqual(
      answers(books.post([
        [post("spend", between("user", "shop", 10n)), post("in", between("bank", "user", 10n))],
        [post("in", between("bank", "user", 10n)), post("spend", between("user", "shop", 10n))]
      ])),
      ["InsufficientFunds", "booked"]
    )
  })

  it("undo holds, ends and reversals when they fail at the end", () => {
    const books = booksWith(100n)
    taken(books.post([[hold("h", between("user", "shop", 60n))], [post("p", between("user", "shop", 5n))]]))
    const before = structuredClone({ ...books })
    const failing = [
      settle("s", "h"),
      hold("h2", between("user", "shop", 1n)),
      post("r", { ...between("shop", "user", 5n), reverses: id("p") }),
      post("keyed", { ...between("bank", "user", 1n), idempotencyKey: IdempotencyKey.make("key") }),
      post("too much", between("user", "shop", 1_000n))
    ]
    assert.deepStrictEqual(answers(books.post([failing, failing])), ["4 InsufficientFunds", "4 InsufficientFunds"])
    assert.deepStrictEqual(structuredClone({ ...books }), before)
    assert.deepStrictEqual(answers(books.post([failing, failing.slice(0, 4)])), ["4 InsufficientFunds", "booked"])
    assert.isTrue(failing.slice(0, 4).every((request) => books.transfers.has(request.id)))
  })

  it("book only the rest of what was booked in part", () => {
    const books = booksWith(100n)
    const [first, second] = [post("1", between("user", "shop", 10n)), post("2", between("user", "shop", 20n))]
    taken(books.post([[first]]))
    const [booked] = taken(books.post([[first, second]]))
    assert.deepStrictEqual(booked!.transfers.map(({ sequence }) => sequence), [2n, 3n])
    assert.isFalse(booked!.replayed)
    const [mixed] = taken(books.post([[post("3", between("user", "shop", 1n)), first]]))
    assert.isFalse(mixed!.replayed)
    const [again] = taken(books.post([[first, second]]))
    assert.isTrue(again!.replayed)
    assert.strictEqual(totals(books, "user")[0], 31n)
  })
})

describe("LG-6 PF-4 repeated requests", () => {
  const key = IdempotencyKey.make("order-1")

  it("are booked once by their id", () => {
    const books = booksWith(100n)
    const request = post("p", between("user", "shop", 60n))
    const first = taken(books.post([[request]], 5))
    assert.deepStrictEqual(taken(books.post([[request], [request]], 9)), [
      { ...first[0]!, replayed: true },
      { ...first[0]!, replayed: true }
    ])
    assert.strictEqual(totals(books, "user")[0], 60n)
  })

  it("are booked once by their key, under whatever id", () => {
    const books = booksWith(100n)
    const request = post("p", { ...between("user", "shop", 60n), idempotencyKey: key })
    const first = taken(books.post([[request]]))
    const again = post("another", { ...between("user", "shop", 60n), idempotencyKey: key })
    assert.deepStrictEqual(taken(books.post([[again]])), [{ ...first[0]!, replayed: true }])
  })

  it("are booked once within a batch", () => {
    const request = post("p", between("user", "shop", 60n))
    assert.deepStrictEqual(answers(booksWith(100n).post([[request], [request]])), ["booked", "replayed"])
  })

  it("name the field that differs", () => {
    const books = booksWith(100n)
    taken(books.post([[post("p", { ...between("user", "shop", 60n), idempotencyKey: key })]]))
    const clash = post("another", { ...between("user", "shop", 61n), idempotencyKey: key })
    const error = Result.getOrThrow(Result.flip(books.post([[clash]])[0]!))
    assert.deepInclude({ ...error }, { reason: "IdempotencyKeyUsedWithDifferentRequest", field: "amountMinor" })
  })

  it("may be tried again after a refusal", () => {
    const books = booksWith(0n)
    const request = post("p", { ...between("user", "shop", 60n), idempotencyKey: key })
    assert.deepStrictEqual(
      answers(books.post([[request], [post("in", between("bank", "user", 60n))], [request]])),
      ["InsufficientFunds", "booked", "booked"]
    )
  })

  it.each([
    { first: null, second: null, answer: "replayed" },
    { first: null, second: 5, answer: "replayed" },
    { first: 3, second: null, answer: "TransferExistsWithDifferentEffectiveTime" },
    { first: 3, second: 3, answer: "replayed" }
  ])("compare the effective time $first, booked at 5, with $second: $answer", ({ answer, first, second }) => {
    const books = booksWith(0n)
    taken(books.post([[post("p", { ...between("bank", "user", 1n), effectiveAtMillis: first })]], 5))
    const again = post("p", { ...between("bank", "user", 1n), effectiveAtMillis: second })
    assert.deepStrictEqual(answers(books.post([[again]], 9)), [answer])
  })

  it.each([
    { metadata: { b: "2", a: "1" }, answer: "replayed" },
    { metadata: { a: "1", b: "3" }, answer: "TransferExistsWithDifferentMetadata" },
    { metadata: { a: "1", c: "2" }, answer: "TransferExistsWithDifferentMetadata" },
    { metadata: { a: "1" }, answer: "TransferExistsWithDifferentMetadata" },
    { metadata: { a: "1", b: "2", c: "3" }, answer: "TransferExistsWithDifferentMetadata" }
  ])("compare the metadata a = 1, b = 2 with $metadata: $answer", ({ answer, metadata }) => {
    const books = booksWith(0n)
    taken(books.post([[post("p", { ...between("bank", "user", 1n), metadata: { a: "1", b: "2" } })]]))
    assert.deepStrictEqual(answers(books.post([[post("p", { ...between("bank", "user", 1n), metadata })]])), [answer])
  })

  it("compare a settlement by what it moves", () => {
    const books = booksWith(100n)
    taken(books.post([[hold("h", between("user", "shop", 60n))], [settle("s", "h")]]))
    assert.deepStrictEqual(
      answers(books.post([[settle("s", "h", { amountMinor: 60n })], [settle("s", "h", { amountMinor: 59n })]])),
      ["replayed", "TransferExistsWithDifferentAmount"]
    )
  })
})

describe("LG-8 reversals", () => {
  const reversal = (name: string, fields = {}) =>
    post(name, { ...between("shop", "user", 60n), reverses: id("p"), ...fields })

  it("undo a transfer in full, once", () => {
    const books = paid()
    assert.deepStrictEqual(answers(books.post([[reversal("r")], [reversal("again")]])), [
      "booked",
      "TransferAlreadyReversed"
    ])
    assert.deepStrictEqual(totals(books, "user"), [60n, 0n, 160n, 0n])
    assert.strictEqual(books.transfers.get(id("r"))!.reverses, id("p"))
  })

  it.each([
    ["another amount", { amountMinor: 59n }],
    ["another debit", { debit: code("bank") }],
    ["another credit", { credit: code("bank") }],
    ["the same direction", between("user", "shop", 60n)]
  ])("mirror it: refused with %s", (_, fields) => {
    assert.deepStrictEqual(answers(paid().post([[reversal("r", fields)]])), ["ReversalMustMirrorTransfer"])
  })

  it("can be reversed themselves", () => {
    const books = paid()
    const back = post("back", { ...between("user", "shop", 60n), reverses: id("r") })
    assert.deepStrictEqual(answers(books.post([[reversal("r")], [back]])), ["booked", "booked"])
  })

  it("undo a settlement, not a hold or its release", () => {
    const books = booksWith(100n)
    taken(books.post([[hold("h", between("user", "shop", 60n))], [settle("s", "h")]]))
    taken(books.post([[hold("h2", between("user", "shop", 1n))], [release("v", "h2")]]))
    const undo = (name: string, what: string) => [
      post(name, { ...between("shop", "user", 60n), reverses: id(what) })
    ]
    assert.deepStrictEqual(answers(books.post([undo("1", "h"), undo("2", "v"), undo("3", "s")])), [
      "ReversedTransferMustBePosted",
      "ReversedTransferMustBePosted",
      "booked"
    ])
  })

  it("obey the balance rules", () => {
    const books = booksWith(100n)
    taken(books.post([[post("spend", between("user", "shop", 100n))]]))
    const undo = post("undo", { ...between("user", "bank", 100n), reverses: id("funding") })
    assert.deepStrictEqual(answers(books.post([[undo]])), ["InsufficientFunds"])
  })
})

describe("LG-10 large amounts", () => {
  it("are exact up to 2^63 - 1", () => {
    const books = new PlainBooks()
    books.open(account("a"), account("b"))
    taken(books.post([[post("most", between("a", "b", maximumMinor - 1n))], [post("one", between("a", "b", 1n))]]))
    assert.deepStrictEqual(totals(books, "b"), [0n, 0n, maximumMinor, 0n])
    assert.deepStrictEqual(answers(books.post([[post("over", between("a", "b", 1n))]])), ["TotalOverflows"])
    taken(books.post([[post("back", between("b", "a", maximumMinor))]]))
    assert.deepStrictEqual(books.verify().discrepancies, [])
  })

  it("count pending amounts towards the limit", () => {
    const books = new PlainBooks()
    books.open(account("a"), account("b"), account("c"))
    taken(books.post([[hold("h", between("a", "b", maximumMinor))]]))
    assert.deepStrictEqual(
      answers(books.post([[post("debit", between("a", "c", 1n))], [post("credit", between("c", "b", 1n))]])),
      ["TotalOverflows", "TotalOverflows"]
    )
    taken(books.post([[release("v", "h")]]))
    assert.deepStrictEqual(answers(books.post([[post("debit", between("a", "c", 1n))]])), ["booked"])
  })

  it.each([0n, -0n, -1n, -maximumMinor])("refuse %d", (amountMinor) => {
    const books = booksWith(0n)
    assert.deepStrictEqual(answers(books.post([[post("p", between("bank", "user", amountMinor))]])), [
      "AmountMustBePositive"
    ])
  })
})
