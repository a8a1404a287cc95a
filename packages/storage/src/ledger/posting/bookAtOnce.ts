/** Books in one round trip where nobody else has touched the accounts since this process booked on them. */
import { type AccountCode, LedgerRules, type LinkedSet, type Outcome } from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { SqlError } from "effect/sql/SqlError"
import { asStorageError, failureOf } from "../../failures.ts"
import type { Bench } from "../Bench.ts"
import type { Write } from "../dialect/LedgerDialect.ts"
import { type FindAccounts, makeFindAccounts, type Numbered } from "../findAccounts.ts"
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

/** The accounts that there are, as they are remembered, or else as they are now. */
const makeLook =
  (find: FindAccounts, known: KnownAccounts) =>
  (codes: ReadonlyArray<AccountCode>): Effect.Effect<ReadonlyMap<AccountCode, Numbered>, SqlError> => {
    const accounts = known.among(codes)
    if (accounts.size === codes.length) return Effect.succeed(accounts)
    return Effect.map(find(codes.filter((code) => !accounts.has(code))), (found) => new Map([...accounts, ...found]))
  }

/** What was decided on remembered accounts, ready to be written. Undefined where something stands against it. */
export interface Plan {
  readonly decision: LedgerRules.Decision
  readonly writing: ReturnType<Write>
}

/** Ways to book on remembered accounts. */
export interface BookAtOnce {
  /**
   * Decides as if no transfer of the batch were booked yet. From then on the accounts are remembered as the plan leaves
   * them: it has to be written next, or to be given up.
   */
  readonly plan: (sets: Sets) => Effect.Effect<Plan | undefined, StorageError>
  /**
   * Writes on condition that the accounts are unchanged and open, and ids and keys new. Only complete success is believed;
   * in all other cases the answer is undefined, nothing was written, and the batch is for `bookLocked` to decide.
   */
  readonly write: (plan: Plan) => Effect.Effect<ReadonlyArray<Outcome> | undefined, StorageError>
}

/** Makes the ways of a bench. */
export const makeBookAtOnce = (bench: Bench, known: KnownAccounts, write: Write): BookAtOnce => {
  const { assets, drawSalts, sql } = bench
  const look = makeLook(makeFindAccounts(bench), known)
  const plan = Effect.fnUntraced(function*(sets: Sets) {
    const codes = accountsOf(sets)
    let losses = known.losses
    let accounts = yield* look(codes)
    // What is forgotten while others are looked at must not come back with this decision.
    while (losses !== known.losses) {
      losses = known.losses
      accounts = yield* look(codes)
    }
    const books = { ...nothing, accounts: new Map(Array.from(accounts, ([code, { account }]) => [code, account])) }
    const bookedAtMillis = yield* Clock.currentTimeMillis
    const decision = LedgerRules.decideBatch(books, sets, { bookedAtMillis, lastSequence: 0n, assets })
    if (decision.outcomes.some(Result.isFailure)) return undefined
    known.keep(accounts, decision)
    // Its parameters are made here too, while others are written.
    return { decision, writing: write(sql, writingOf(decision, accounts, drawSalts(decision.transfers.length))) }
  }, asStorageError("LedgerStore.post"))
  return {
    plan,
    write: ({ decision, writing }) =>
      Effect.catchIf(
        writing,
        (error) => isRace(error) || failureOf(error) === "Contended",
        () => Effect.succeed(undefined)
      ).pipe(
        Effect.map((base) => base === undefined ? undefined : numbered(decision, base).outcomes),
        asStorageError("LedgerStore.post")
      )
  }
}
