/** Plays histories on a store, and reads back all that it then holds. */
import * as Effect from "effect/Effect"
import type * as Result from "effect/Result"
import type { StorageError } from "../../transaction/index.ts"
import type { Account, AccountCode } from "../Account.ts"
import type { AccountError } from "../LedgerError.ts"
import { type Entry, LedgerStore, type Outcome, type TrialBalance, type Verification } from "../LedgerStore.ts"
import type { Transfer } from "../Transfer.ts"
import type { History, HistoryStep } from "./History.ts"
import { at } from "./standingClock.ts"

/** What a store answered to a step. */
export type HistoryAnswer =
  | { readonly _tag: "OpenAccounts"; readonly answers: ReadonlyArray<Result.Result<Account, AccountError>> }
  | { readonly _tag: "Post"; readonly outcomes: ReadonlyArray<Outcome> }
  | { readonly _tag: "ExpireHolds"; readonly transfers: ReadonlyArray<Transfer> }
  | { readonly _tag: "CloseAccount"; readonly answer: Result.Result<Account, AccountError> }

const answer = (
  store: LedgerStore["Service"],
  step: HistoryStep
): Effect.Effect<HistoryAnswer, StorageError> => {
  switch (step._tag) {
    case "OpenAccounts":
      return Effect.map(store.openAccounts(step.requests), (answers) => ({ _tag: step._tag, answers }))
    case "Post":
      return Effect.map(store.post(step.sets), (outcomes) => ({ _tag: step._tag, outcomes }))
    case "ExpireHolds":
      return Effect.map(store.expireHolds(step.limit), (transfers) => ({ _tag: step._tag, transfers }))
    case "CloseAccount":
      return Effect.map(store.closeAccount(step.code), (answer) => ({ _tag: step._tag, answer }))
  }
}

/**
 * Plays a history on the store at hand, each step at its time. Any store must answer as the one in memory does, and then
 * hold the same.
 *
 * @example
 * const both = Effect.all([play(historyOf(seed, { refusals: true })), snapshot])
 * assert.deepStrictEqual(yield* Effect.provide(both, layerYours), yield* Effect.provide(both, layerMemory))
 */
export const play = (history: History): Effect.Effect<ReadonlyArray<HistoryAnswer>, StorageError, LedgerStore> =>
  LedgerStore.use((store) => Effect.forEach(history, (step) => at(step.atMillis)(answer(store, step))))

/** All that a ledger holds. Two stores that played the same history must hold the same. */
export interface Snapshot {
  readonly accounts: ReadonlyArray<Account>
  readonly transfers: ReadonlyArray<Transfer>
  /** Statements by account. */
  readonly entries: ReadonlyMap<AccountCode, ReadonlyArray<Entry>>
  readonly trialBalance: ReadonlyArray<TrialBalance>
  readonly verification: Verification
}

const pageSize = 500

const readAll = <A, K>(
  page: (after: K | undefined) => Effect.Effect<ReadonlyArray<A>, StorageError>,
  key: (item: A) => K
): Effect.Effect<ReadonlyArray<A>, StorageError> =>
  Effect.gen(function*() {
    const all: Array<A> = []
    for (;;) {
      const last = all.at(-1)
      const items = yield* page(last === undefined ? undefined : key(last))
      all.push(...items)
      if (items.length < pageSize) return all
    }
  })

const since = <K>(after: K | undefined) => ({ limit: pageSize, ...after === undefined ? {} : { after } })

/** Reads everything that the store at hand holds, page by page. */
export const snapshot: Effect.Effect<Snapshot, StorageError, LedgerStore> = LedgerStore.use((store) =>
  Effect.gen(function*() {
    const accounts = yield* readAll(
      (after: AccountCode | undefined) => store.accounts({ prefix: "", ...since(after) }),
      ({ code }) => code
    )
    const statements = yield* Effect.forEach(accounts, ({ code: account }) =>
      Effect.map(
        readAll(
          (after: bigint | undefined) => store.statement({ account, ...since(after) }),
          ({ accountVersion }) => accountVersion
        ),
        (entries) => [account, entries] as const
      ))
    const transfers = yield* readAll(
      (after: bigint | undefined) => store.transfers({ order: "oldest_first", ...since(after) }),
      ({ sequence }) => sequence
    )
    const entries = new Map(statements)
    return {
      accounts,
      transfers,
      entries,
      trialBalance: yield* store.trialBalance,
      verification: yield* store.verify
    }
  })
)
