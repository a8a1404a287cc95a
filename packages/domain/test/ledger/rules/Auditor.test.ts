import { assert, describe, it } from "@effect/vitest"
import {
  type Account,
  AccountCode,
  type Discrepancy,
  type Entry,
  LedgerRules,
  type Transfer,
  type TransferId
} from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import { PlainBooks } from "../PlainBooks.ts"
import { account, code, hold, id, post, release, settle } from "../requests.ts"

/** What an audit is shown; plants change it. */
interface Shown {
  log: Array<{ transfer: Transfer; entries: Array<Entry> }>
  accounts: Array<Account>
  holds: Map<TransferId, LedgerRules.HoldState>
}

/** Two posts, a hold that is open, one that is settled and one that is voided. */
const sound = (): Shown => {
  const books = new PlainBooks()
  books.open(account("a"), account("b"), account("c", { balanceRule: "debits_at_most_credits" }), account("unused"))
  const toC = { debit: code("b"), credit: code("c"), amountMinor: 30n }
  books.post([[post("p1")], [post("p2", toC)], [hold("open")], [hold("settled")], [settle("s", "settled")]])
  books.post([[hold("voided")], [release("v", "voided")]])
  return {
    log: [...books.transfers.values()].map((transfer) => ({
      transfer,
      entries: books.entries.filter((entry) => entry.transfer.id === transfer.id)
    })),
    accounts: [...books.accounts.values()],
    holds: new Map(books.holds)
  }
}

const audit = ({ accounts, holds, log }: Shown) => {
  const auditor = new LedgerRules.Auditor()
  for (const { entries, transfer } of log) auditor.see(transfer, entries)
  return auditor.finish(accounts, holds)
}

/** Shows how each hold ended with its end; at the end only those that are open, and those that no transfer made. */
const auditAsTheyEnd = ({ accounts, holds, log }: Shown) => {
  const auditor = new LedgerRules.Auditor()
  for (const { entries, transfer } of log) {
    const { pendingId } = transfer
    auditor.see(transfer, entries, pendingId === null ? undefined : holds.get(pendingId) ?? "none")
  }
  const made = new Set(log.filter(({ transfer }) => transfer.kind === "hold").map(({ transfer }) => transfer.id))
  for (const account of accounts) auditor.seeAccount(account)
  return auditor.finish([], [...holds].filter(([id, state]) => state === "pending" || !made.has(id)))
}

const audits = { "after all": audit, "as they end": auditAsTheyEnd }

const changeAccount = (shown: Shown, name: string, change: (account: Account) => Partial<Account>) => {
  shown.accounts = shown.accounts.map((account) => account.code === name ? { ...account, ...change(account) } : account)
}
const changeTransfer = (shown: Shown, name: string, change: Partial<Transfer>) => {
  const seen = shown.log.find(({ transfer }) => transfer.id === id(name))!
  seen.transfer = { ...seen.transfer, ...change }
}
const changeEntry = (shown: Shown, name: string, change: (entry: Entry) => Partial<Entry>) => {
  const seen = shown.log.find(({ transfer }) => transfer.id === id(name))!
  seen.entries[0] = { ...seen.entries[0]!, ...change(seen.entries[0]!) }
}
const again = (shown: Shown, name: string) => {
  const seen = shown.log.find(({ transfer }) => transfer.id === id(name))!
  const sequence = BigInt(shown.log.length + 1)
  shown.log.push({ ...seen, transfer: { ...seen.transfer, id: id("again"), sequence } })
}

type Plant = readonly [name: string, subject: string, plant: (shown: Shown) => void]

const figures = ["debitsPostedMinor", "debitsPendingMinor", "creditsPostedMinor", "creditsPendingMinor"] as const

const inTransfer = (name: string, change: Partial<Transfer>) => (shown: Shown) => changeTransfer(shown, name, change)
const inAccount = (name: string, change: Partial<Account>) => (shown: Shown) => changeAccount(shown, name, () => change)
const inHold = (name: string, state: LedgerRules.HoldState) => (shown: Shown) => shown.holds.set(id(name), state)

/** Those of the log are looked for where the log is kept. */
type Audited = Exclude<Discrepancy["invariant"], "LeafMatchesTransfer" | "TilesMatchLeaves" | "HeadMatchesLog">

const plants: Readonly<Record<Audited, ReadonlyArray<Plant>>> = {
  SequenceHasNoGap: [
    ["a transfer that is gone", id("p2"), (shown) => shown.log.splice(0, 1)],
    ["a sequence that is skipped", id("p2"), inTransfer("p2", { sequence: 9n })],
    ["a sequence that comes twice", id("p2"), inTransfer("p2", { sequence: 1n })]
  ],
  TotalsEqualTransfers: [
    ["an amount that was changed", "c", inTransfer("p2", { amountMinor: 29n })],
    ["an account that was changed", "c", inTransfer("p2", { credit: code("a") })],
    ["an asset that was changed", id("p2"), inTransfer("p2", { asset: Asset.XMR.code })],
    ["an account in another asset", "c", inAccount("c", { asset: Asset.XMR.code })],
    ["an account that is gone", "c", (shown) => shown.accounts.splice(2, 1)],
    ["money on an account without transfers", "unused", inAccount("unused", { creditsPostedMinor: 1n })],
    ...[...figures, "version" as const].map((figure): Plant => [
      `${figure} of an account`,
      "a",
      (shown) => changeAccount(shown, "a", (account) => ({ [figure]: account[figure] + 1n }))
    ])
  ],
  DebitsEqualCredits: [
    ["sides that differ", "EUR", inAccount("a", { debitsPostedMinor: 0n })],
    ["sides that differ by an asset", "EUR", inAccount("c", { asset: Asset.XMR.code })],
    ["pending sides that differ", "EUR", inAccount("a", { debitsPendingMinor: 0n })]
  ],
  BalanceRuleKept: [
    ["an account over its limit", "a", inAccount("a", { balanceRule: "debits_at_most_credits" })],
    ["a stock below nothing", "c", inAccount("c", { balanceRule: "credits_at_most_debits" })]
  ],
  EntriesMatchTransfers: [
    ...[...figures, "accountVersion" as const].map((figure): Plant => [
      `${figure} of an entry`,
      `${id("p2")} b`,
      (shown) => changeEntry(shown, "p2", (entry) => ({ [figure]: entry[figure] + 1n }))
    ]),
    [
      "an entry of another account",
      `${id("p2")} b`,
      (shown) => changeEntry(shown, "p2", () => ({ account: code("a") }))
    ],
    ["an entry that is gone", id("p2"), (shown) => shown.log[1]!.entries.pop()],
    ["an entry too many", id("p2"), (shown) => shown.log[1]!.entries.push(shown.log[0]!.entries[0]!)]
  ],
  PendingMatchesHolds: [
    ["a hold in a wrong state", id("open"), inHold("open", "voided")],
    ["a settled hold that is open", id("settled"), inHold("settled", "pending")],
    ["a hold that is gone", id("open"), (shown) => shown.holds.delete(id("open"))],
    ["a hold without a transfer", id("x"), inHold("x", "pending")],
    ["an end of nothing", id("v"), inTransfer("v", { pendingId: id("x") })],
    ["an end of a post", id("v"), inTransfer("v", { pendingId: id("p1") })],
    ["a hold that is settled twice", id("again"), (shown) => again(shown, "s")],
    ["a hold that is voided twice", id("again"), (shown) => again(shown, "v")],
    ["a hold that is settled for more", id("s"), inTransfer("s", { amountMinor: 101n })],
    ["a hold that is settled elsewhere", id("s"), inTransfer("s", { credit: code("c") })]
  ]
}

describe.each(Object.entries(audits))("LG-1 LG-2 LG-3 audits that see holds %s", (_, audit) => {
  it("find nothing where all is well", () => {
    assert.deepStrictEqual(audit(sound()), { accounts: 4n, transfers: 7n, discrepancies: [] })
  })

  for (const [invariant, planted] of Object.entries(plants)) {
    it.each(planted)(`find ${invariant} broken by %s`, (_, subject, plant) => {
      const shown = sound()
      plant(shown)
      const found = audit(shown).discrepancies.map((one) => `${one.invariant} ${one.subject}`)
      assert.include(found, `${invariant} ${subject}`)
    })
  }

  it("say what they expected and what they saw", () => {
    const shown = sound()
    changeAccount(shown, "c", (account) => ({ creditsPostedMinor: account.creditsPostedMinor + 1n }))
    assert.deepStrictEqual(audit(shown).discrepancies, [
      {
        invariant: "TotalsEqualTransfers",
        subject: AccountCode.make("c"),
        expected: "v1, debits 0+0, credits 30+0",
        actual: "v1, debits 0+0, credits 31+0"
      },
      { invariant: "DebitsEqualCredits", subject: "EUR", expected: "0", actual: "-1" }
    ])
  })
})
