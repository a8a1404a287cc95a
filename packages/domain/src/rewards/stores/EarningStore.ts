/** Declares the port behind which Epic accounts and accruals are kept. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { PayoutId } from "../../payouts/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { Accrual, AccrualId, EpicAccount, EpicId, PlayerId } from "../Accrual.ts"
import type { CapWindows } from "../CapRules.ts"
import type { Split } from "../SettlementRules.ts"

/** An accrual as it is kept: when it was booked, in which books, and the payout that it is in; null while it is in none. */
export interface KeptAccrual {
  readonly accrual: Accrual
  readonly bookedAtMillis: number
  readonly dryRun: boolean
  readonly payoutId: PayoutId | null
}

/** What a player used of the caps, in both units; see `CapRules`. Payouts that failed do not count. */
export interface Used {
  readonly playerId: PlayerId
  readonly payouts: { readonly inDay: number; readonly inWeek: number }
  readonly kills: { readonly inDay: number; readonly inWeek: number }
}

/** Which accruals of a player to list. Pages go by time of booking, then id; `after` names the last of the page before. */
export interface AccrualQuery {
  readonly playerId: PlayerId
  /** Only those in a payout, or only those in none. */
  readonly isSettled?: boolean
  readonly order: "oldest_first" | "newest_first"
  readonly after?: AccrualId
  /** 1 to 1,000. */
  readonly limit: number
}

/** What a player is owed and was paid, in minor units of BAN, and the kills that are in no payout. */
export interface Owed {
  readonly playerId: PlayerId
  readonly openMinor: bigint
  readonly openKills: number
  readonly settledMinor: bigint
}

/** Keeps how far Epic accounts were read, and what was booked of it. Every method joins the surrounding `Transaction`. */
export class EarningStore extends Context.Service<EarningStore, {
  /** In no order; unknown ids are left out. Within a transaction nobody else changes them, or reads them here, until it ends. */
  readonly epicAccounts: (ids: ReadonlyArray<EpicId>) => Effect.Effect<ReadonlyArray<EpicAccount>, StorageError>
  /** Inserts or replaces by id; a high-water mark is never lowered, whatever is given. */
  readonly putEpicAccounts: (accounts: ReadonlyArray<EpicAccount>) => Effect.Effect<void, StorageError>
  /** Which of these players have a row of that minute in either books. */
  readonly withRowOf: (
    epochMinute: number,
    playerIds: ReadonlyArray<PlayerId>
  ) => Effect.Effect<ReadonlySet<PlayerId>, StorageError>
  /** Adds rows that are in no payout. One whose player, minute and part exist is `Contended`. */
  readonly add: (
    accruals: ReadonlyArray<Accrual>,
    booked: { readonly atMillis: number; readonly dryRun: boolean }
  ) => Effect.Effect<void, StorageError>
  /** Players with rows that are in no payout, by id, `after` exclusive, at most `limit` (1 to 1,000). */
  readonly owedPlayers: (query: {
    readonly dryRun: boolean
    readonly after?: PlayerId
    readonly limit: number
  }) => Effect.Effect<ReadonlyArray<PlayerId>, StorageError>
  /** Rows of these players that are in no payout, oldest first. */
  readonly open: (
    playerIds: ReadonlyArray<PlayerId>,
    dryRun: boolean
  ) => Effect.Effect<ReadonlyArray<Accrual>, StorageError>
  /** Puts the two parts in the place of the whole, which must be in no payout: `Contended` otherwise. */
  readonly split: (splits: ReadonlyArray<Split>) => Effect.Effect<void, StorageError>
  /** Puts rows into a payout. `Contended`, and nothing is written, when one of them is in a payout or unknown. */
  readonly assign: (payoutId: PayoutId, accrualIds: ReadonlyArray<AccrualId>) => Effect.Effect<void, StorageError>
  /** Takes all rows of a payout out of it; answers with their ids. */
  readonly release: (payoutId: PayoutId) => Effect.Effect<ReadonlyArray<AccrualId>, StorageError>
  readonly inPayout: (payoutId: PayoutId) => Effect.Effect<ReadonlyArray<Accrual>, StorageError>
  /** Rows whose last payout that is: those in it, or, once it failed, those that were put into no other since. */
  readonly lastIn: (payoutId: PayoutId) => Effect.Effect<ReadonlyArray<KeptAccrual>, StorageError>
  /** Removes the rows of a player that are in no payout; answers with them, to be booked back. */
  readonly removeOpen: (playerId: PlayerId) => Effect.Effect<ReadonlyArray<KeptAccrual>, StorageError>
  /**
   * Who has ever earned on these Epic accounts, one entry for each account and player, in no order. It is remembered for good:
   * an account that goes from player to player takes what was used of the caps along.
   */
  readonly earners: (
    epicIds: ReadonlyArray<EpicId>
  ) => Effect.Effect<ReadonlyArray<{ readonly epicId: EpicId; readonly playerId: PlayerId }>, StorageError>
  /** One for each player, also where nothing was used. */
  readonly used: (
    playerIds: ReadonlyArray<PlayerId>,
    within: { readonly windows: CapWindows; readonly dryRun: boolean }
  ) => Effect.Effect<ReadonlyArray<Used>, StorageError>
  /** One for each player, also where nothing was earned. */
  readonly owed: (
    playerIds: ReadonlyArray<PlayerId>,
    dryRun: boolean
  ) => Effect.Effect<ReadonlyArray<Owed>, StorageError>
  readonly list: (query: AccrualQuery) => Effect.Effect<ReadonlyArray<KeptAccrual>, StorageError>
}>()("@purser/domain/rewards/EarningStore") {}
