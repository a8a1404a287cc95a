/** Books in one round trip where nobody else has touched the accounts since this process booked on them. */
import { type AccountCode, LedgerRules, type LinkedSet, type Outcome } from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { asStorageError, failureOf } from "../../failures.ts"
import type { Bench } from "../Bench.ts"
import type { Write } from "../dialect/LedgerDialect.ts"
import type { KnownAccounts } from "./KnownAccounts.ts"
import { numbered } from "./numbered.ts"
import { isRace } from "./races.ts"
import { writingOf } from "./writing.ts"

type Sets = ReadonlyArray<LinkedSet>

/** Those that the batch names itself. One that needs others refers to a stored transfer, and will not succeed here. */
const accountsOf = (sets: Sets): ReadonlyArray<AccountCode> => LedgerRules.accountsOf(sets, new Map())

const nothing: Omit<LedgerRules.Books, "accounts"> = {
  transfers: new Map(),
  transfersByKey: new Map(),
  holds: new Map(),
  reversed: new Set()
}

/**
 * Decides on remembered accounts as if no transfer of the batch were booked yet, and writes on condition that the accounts
 * are unchanged and open, and ids and keys new. Only complete success is believed; in all other cases the answer is
 * undefined, nothing was written, and the batch is for `bookLocked` to decide.
 */
export const makeBookAtOnce = (
  { assets, drawSalts, sql }: Bench,
  known: KnownAccounts,
  write: Write
): (sets: Sets) => Effect.Effect<ReadonlyArray<Outcome> | undefined, StorageError> =>
  Effect.fnUntraced(function*(sets: Sets) {
    const accounts = known.all(accountsOf(sets))
    if (accounts === undefined) return undefined
    const books = { ...nothing, accounts: new Map(Array.from(accounts, ([code, { account }]) => [code, account])) }
    const bookedAtMillis = yield* Clock.currentTimeMillis
    const decision = LedgerRules.decideBatch(books, sets, { bookedAtMillis, lastSequence: 0n, assets })
    if (decision.outcomes.some(Result.isFailure)) return undefined
    const base = yield* Effect.catchIf(
      write(sql, writingOf(decision, accounts, drawSalts(decision.transfers.length))),
      (error) => isRace(error) || failureOf(error) === "Contended",
      () => Effect.succeed(undefined)
    )
    if (base === undefined) {
      known.forget(accounts.keys())
      return undefined
    }
    known.keep(accounts, decision)
    return numbered(decision, base).outcomes
  }, asStorageError("LedgerStore.post"))
