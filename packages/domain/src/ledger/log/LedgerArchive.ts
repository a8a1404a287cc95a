/** Declares the port that writes the whole ledger out as lines, and takes it in elsewhere. */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { StorageError } from "../../transaction/index.ts"
import type { Hash } from "../../transparency/index.ts"
import type { LogError } from "./LogError.ts"

/** Why lines are refused, or do not go into the ledger at hand. */
export type ArchiveReason =
  /** The first line is of another version of the format, or of another format. */
  | "VersionUnknown"
  | "LineIsMalformed"
  /** A line of a kind that does not come there: two beginnings, an account after a transfer, anything after the end. */
  | "LineOutOfPlace"
  | "SequenceHasGap"
  /** The transfers are not those whose root the file gives: one was changed, added or left out. */
  | "RootDiffers"
  /** There are not as many accounts or transfers as the file says. */
  | "CountsDiffer"
  | "FileIsTruncated"
  | "AssetUnknown"
  /** An account that is there already has other fields. */
  | "AccountDiffers"
  /** The rules do not allow what was booked. */
  | "TransferRefused"
  /** The rules would have booked something else. */
  | "TransferDiffers"
  /** The ledger holds transfers that are not those of the file. */
  | "LedgerHoldsOtherTransfers"
  /** Somebody else posted meanwhile. */
  | "LedgerChanged"

/** An archive was refused. What was taken in before that line stays: it is what the file says so far. */
export class ArchiveError extends Data.TaggedError("ArchiveError")<{
  readonly reason: ArchiveReason
  /** Counts from 1; for transfers the first line of those that are refused together. */
  readonly line: number
  readonly detail: string
}> {
  override get message(): string {
    return `${this.reason} at line ${this.line}: ${this.detail}`
  }
}

/** What an archive came to. */
export interface Imported {
  readonly accounts: bigint
  readonly transfers: bigint
  /** How many of the transfers were there already, from an earlier run. */
  readonly skipped: bigint
  /** Root of the log, in the file and here. */
  readonly root: Hash
}

/**
 * Moves ledgers. The lines are NDJSON without their line ends: a beginning that says how many accounts and transfers follow,
 * the accounts, all transfers by sequence with the head of the log after each 256, an end.
 */
export class LedgerArchive extends Context.Service<LedgerArchive, {
  /** The ledger as it is when the stream begins. Others can post meanwhile. Refuses with `TreeIsIncomplete`. */
  readonly exportLines: Stream.Stream<string, LogError | StorageError>
  /**
   * Takes lines into a ledger that is empty, or that holds what an earlier run took from the same lines: those are compared
   * and passed over. Every transfer is decided again by the rules at the time it was booked, and keeps its sequence and
   * salt. Transfers are committed some hundred at a time, each after a head in the file has confirmed it.
   */
  readonly importLines: <E, R>(
    lines: Stream.Stream<string, E, R>
  ) => Effect.Effect<Imported, ArchiveError | LogError | StorageError | E, R>
}>()("@purser/domain/ledger/LedgerArchive") {}
