/** Declares the port behind which accounts and transfers are kept. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Result from "effect/Result"
import type { StorageError } from "../transaction/index.ts"
import type { Account, AccountCode, AccountRequest } from "./Account.ts"
import type { AccountError, LedgerError } from "./LedgerError.ts"
import type { Transfer, TransferId, TransferKind, TransferRequest } from "./Transfer.ts"

/** Requests that are booked all or nothing, in order. One request alone is a set of one. */
export type LinkedSet = ReadonlyArray<TransferRequest>

/** What became of one linked set. `replayed` is true when every transfer of the set had been booked before. */
export interface Booked {
  readonly transfers: ReadonlyArray<Transfer>
  readonly replayed: boolean
}
/** Answer to one linked set. */
export type Outcome = Result.Result<Booked, LedgerError>

/** What work in a transaction asks to be booked, and what it answers with. */
export interface Work<A> {
  readonly sets: ReadonlyArray<LinkedSet>
  readonly value: A
}
/** What came of work, and what was booked of each of its sets. */
export interface WorkBooked<A> {
  readonly value: A
  readonly booked: ReadonlyArray<Booked>
}

/** A line of a statement: a transfer as one account saw it, with that account's totals just after it. */
export interface Entry {
  readonly transfer: Transfer
  readonly account: AccountCode
  readonly accountVersion: bigint
  readonly debitsPostedMinor: bigint
  readonly debitsPendingMinor: bigint
  readonly creditsPostedMinor: bigint
  readonly creditsPendingMinor: bigint
}

/** Which transfers to list; all given conditions must hold. Pages go by `sequence`, `after` exclusive, at most `limit` (1 to 1,000). */
export interface TransferQuery {
  readonly account?: AccountCode
  readonly accountPrefix?: string
  readonly reference?: string
  readonly reason?: string
  readonly kind?: TransferKind
  readonly bookedFromMillis?: number
  readonly bookedToMillis?: number
  readonly metadata?: Readonly<Record<string, string>>
  readonly order: "oldest_first" | "newest_first"
  readonly after?: bigint
  readonly limit: number
}

/** Totals of one asset over all accounts; a sound ledger has debits equal to credits, posted and pending. */
export interface TrialBalance {
  readonly asset: string
  readonly debitsPostedMinor: bigint
  readonly creditsPostedMinor: bigint
  readonly debitsPendingMinor: bigint
  readonly creditsPendingMinor: bigint
}

/** One thing that `verify` found wrong. */
export interface Discrepancy {
  readonly invariant:
    | "DebitsEqualCredits"
    | "TotalsEqualTransfers"
    | "BalanceRuleKept"
    | "SequenceHasNoGap"
    | "EntriesMatchTransfers"
    | "PendingMatchesHolds"
    /** What was logged of a transfer is not what the transfer says. */
    | "LeafMatchesTransfer"
    | "TilesMatchLeaves"
    /** A head was signed of another log than this one. */
    | "HeadMatchesLog"
  readonly subject: string
  readonly expected: string
  readonly actual: string
}

/** What `verify` looked at and found. */
export interface Verification {
  readonly accounts: bigint
  readonly transfers: bigint
  readonly discrepancies: ReadonlyArray<Discrepancy>
}

/**
 * Keeps accounts and transfers. Every method joins the surrounding `Transaction`, if there is one. A limit out of its
 * bounds is a defect.
 */
export class LedgerStore extends Context.Service<LedgerStore, {
  /** Opens accounts, each on its own. Opening one that exists with the same fields answers with it unchanged. */
  readonly openAccounts: (
    requests: ReadonlyArray<AccountRequest>
  ) => Effect.Effect<ReadonlyArray<Result.Result<Account, AccountError>>, StorageError>
  /** Closes an account without pending amounts: transfers to it are refused from then on. Closing twice is fine. */
  readonly closeAccount: (code: AccountCode) => Effect.Effect<Result.Result<Account, AccountError>, StorageError>
  readonly account: (code: AccountCode) => Effect.Effect<Option.Option<Account>, StorageError>
  /** Accounts whose code begins with `prefix`, by code, `after` exclusive, at most `limit` (1 to 1,000). */
  readonly accounts: (query: {
    readonly prefix: string
    readonly after?: AccountCode
    readonly limit: number
  }) => Effect.Effect<ReadonlyArray<Account>, StorageError>
  /**
   * Books sets in the order given, each all or nothing, each answered for itself. Atomic: what succeeded is committed
   * when the effect succeeds. Idempotent by transfer id and idempotency key. Accounts are locked in code order.
   */
  readonly post: (sets: ReadonlyArray<LinkedSet>) => Effect.Effect<ReadonlyArray<Outcome>, StorageError>
  /**
   * Runs `work` in a transaction, then books the sets that it asks for: all of them, or it fails with the first refusal and
   * nothing is left of it. What the work wrote through other stores, or through a client of the same database, commits
   * with the postings. Callers at the same moment share a commit, so it must be short, wait for nothing but stores, and
   * have no other effect: it may run again. Locks that it takes come before those of the ledger.
   */
  readonly postWith: <A, E, R>(
    work: Effect.Effect<Work<A>, E, R>
  ) => Effect.Effect<WorkBooked<A>, E | LedgerError | StorageError, R>
  /** Books an `expire` transfer for at most `limit` (1 to 1,000) holds whose expiry has passed; answers with those. Idempotent. */
  readonly expireHolds: (limit: number) => Effect.Effect<ReadonlyArray<Transfer>, StorageError>
  readonly transfer: (id: TransferId) => Effect.Effect<Option.Option<Transfer>, StorageError>
  readonly transfers: (query: TransferQuery) => Effect.Effect<ReadonlyArray<Transfer>, StorageError>
  /**
   * Entries of one account by account version, oldest first, `after` exclusive, at most `limit` (1 to 1,000): a statement
   * with running totals.
   */
  readonly statement: (query: {
    readonly account: AccountCode
    readonly after?: bigint
    readonly limit: number
  }) => Effect.Effect<ReadonlyArray<Entry>, StorageError>
  /**
   * The account's totals over the transfers up to a sequence, or over those effective by a time; `accountVersion` counts
   * them. None when there were none.
   */
  readonly balanceAt: (
    account: AccountCode,
    at: { readonly sequence: bigint } | { readonly effectiveAtMillis: number }
  ) => Effect.Effect<Option.Option<Omit<Entry, "transfer">>, StorageError>
  readonly trialBalance: Effect.Effect<ReadonlyArray<TrialBalance>, StorageError>
  /** Recomputes every invariant from the transfers. Reads everything: for an operator, not a request. */
  readonly verify: Effect.Effect<Verification, StorageError>
}>()("@purser/domain/ledger/LedgerStore") {}
