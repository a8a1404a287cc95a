/** Keeps the ledger in memory, for tests and for embedding. */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { Asset } from "../../money/index.ts"
import { MemoryState } from "../../transaction/testing/index.ts"
import type { Account } from "../Account.ts"
import { boundPages } from "../boundPages.ts"
import * as LedgerRules from "../LedgerRules.ts"
import { LedgerStore, type TrialBalance } from "../LedgerStore.ts"
import { LedgerLog, LogSalts } from "../log/index.ts"
import { postWithin } from "../postWithin.ts"
import { balanceOf } from "./balance.ts"
import { makeBooks, type MemoryBooks } from "./books.ts"
import { type Commands, makeCommands } from "./commands.ts"
import { makeLog } from "./log/makeLog.ts"
import { matches, page } from "./query.ts"

type Store = LedgerStore["Service"]

/**
 * A `LedgerStore` and its log on the `MemoryState` at hand; a transaction that fails leaves nothing of it. It is the
 * reference model: every other store must answer as it does, which `play` and `snapshot` show for any history.
 */
export const layerMemory: Layer.Layer<LedgerStore | LedgerLog, never, MemoryState> = Layer.effectContext(
  Effect.gen(function*() {
    const state = yield* MemoryState
    const assets = yield* Asset.Assets
    const books = makeBooks(state, yield* LogSalts)
    const timed = <A>(body: (nowMillis: number) => A) =>
      Effect.flatMap(Clock.currentTimeMillis, (nowMillis) => state.statement(() => body(nowMillis)))
    const { closeAccount, expireHolds, openAccounts, post } = makeCommands(books, assets)
    const postNow: Store["post"] = (sets) => timed((nowMillis) => post(sets, nowMillis))
    const store = boundPages({
      openAccounts: (requests) => timed((nowMillis) => openAccounts(requests, nowMillis)),
      closeAccount: (code) => state.statement(() => closeAccount(code)),
      post: postNow,
      postWith: postWithin(state, postNow),
      expireHolds: (limit) => timed((nowMillis) => expireHolds(limit, nowMillis)),
      ...queries(books, (body) => state.statement(body))
    })
    return Context.make(LedgerStore, store).pipe(Context.add(LedgerLog, makeLog(state, books)))
  })
)

type Read = <A>(body: () => A) => Effect.Effect<A>

const queries = (books: MemoryBooks, read: Read): Omit<Store, keyof Commands | "postWith"> => ({
  account: (code) => read(() => Option.fromUndefinedOr(books.accounts.get(code))),
  accounts: ({ after, limit, prefix }) =>
    read(() =>
      [...books.accounts.values()]
        .filter(({ code }) => code.startsWith(prefix) && (after === undefined || code > after))
        .sort((left, right) => left.code < right.code ? -1 : 1)
        .slice(0, limit)
    ),
  transfer: (id) => read(() => Option.fromUndefinedOr(books.transfers.get(id))),
  transfers: (query) => read(() => page(books.log().filter((transfer) => matches(transfer, query)), query)),
  statement: ({ account, after = 0n, limit }) =>
    read(() => books.entriesOf(account).filter((entry) => entry.accountVersion > after).slice(0, limit)),
  balanceAt: (account, at) =>
    read(() =>
      balanceOf(
        books.entriesOf(account),
        (transfer) =>
          "sequence" in at ? transfer.sequence <= at.sequence : transfer.effectiveAtMillis <= at.effectiveAtMillis
      )
    ),
  trialBalance: read(() => trialBalance(books.accounts.values())),
  verify: read(() => verify(books))
})

const trialBalance = (accounts: Iterable<Account>): ReadonlyArray<TrialBalance> => {
  const sums = new Map<string, TrialBalance>()
  for (const account of accounts) {
    const before = sums.get(account.asset)
    sums.set(account.asset, {
      asset: account.asset,
      debitsPostedMinor: (before?.debitsPostedMinor ?? 0n) + account.debitsPostedMinor,
      creditsPostedMinor: (before?.creditsPostedMinor ?? 0n) + account.creditsPostedMinor,
      debitsPendingMinor: (before?.debitsPendingMinor ?? 0n) + account.debitsPendingMinor,
      creditsPendingMinor: (before?.creditsPendingMinor ?? 0n) + account.creditsPendingMinor
    })
  }
  return [...sums.values()].sort((left, right) => left.asset < right.asset ? -1 : 1)
}

const verify = (books: MemoryBooks) => {
  const auditor = new LedgerRules.Auditor()
  const accounts = [...books.accounts.values()]
  const entries = Map.groupBy(accounts.flatMap(({ code }) => books.entriesOf(code)), ({ transfer }) => transfer.id)
  for (const transfer of books.log()) auditor.see(transfer, entries.get(transfer.id) ?? [])
  return auditor.finish(accounts, books.holdStates())
}
