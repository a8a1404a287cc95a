/** Follows the lines of an archive, and lets out only what they confirm. */
import * as Result from "effect/Result"
import { Frontier, type HashFunction, leafHash, sameHash } from "../../transparency/index.ts"
import {
  type ArchivedAccount,
  type ArchiveLine,
  type ArchiveTotals,
  parseLine,
  transfersPerHead
} from "./archiveLines.ts"
import { ArchiveError, type ArchiveReason } from "./LedgerArchive.ts"
import { type ParsedRecord, recordOf } from "./record.ts"

/** Transfers that lie side by side, and that a head after them has confirmed. */
export interface ConfirmedTransfers {
  /** Line of the first one. */
  readonly line: number
  readonly firstSequence: bigint
  readonly records: ReadonlyArray<ParsedRecord>
}

/** What a line lets out. */
export type ArchiveStep =
  | { readonly _tag: "Beginning"; readonly line: number; readonly totals: ArchiveTotals }
  | { readonly _tag: "Account"; readonly line: number; readonly account: ArchivedAccount }
  | { readonly _tag: "Transfers"; readonly line: number; readonly transfers: ConfirmedTransfers }
  | {
    readonly _tag: "End"
    readonly line: number
    readonly totals: ArchiveTotals
    readonly transfers: ConfirmedTransfers
  }

type Step<A> = Result.Result<A, ArchiveError>

/** One reading. Give it every line in order, then `finish`. Holds at most 256 transfers. */
export class ArchiveReader {
  readonly #hash: HashFunction | undefined
  readonly #tree: Frontier
  #totals: ArchiveTotals | undefined
  #hasEnded = false
  #line = 0
  #accounts = 0n
  #waiting: Array<ParsedRecord> = []
  #waitingFrom = 0
  /** A line that is none: a mistake when another follows, else where the file was cut off. */
  #broken: ArchiveError | undefined

  constructor(hash?: HashFunction) {
    this.#hash = hash
    this.#tree = new Frontier(hash)
  }

  /** Takes in the next line. Undefined when it lets nothing out. */
  take(text: string): Step<ArchiveStep | undefined> {
    if (this.#broken !== undefined) return Result.fail(this.#broken)
    this.#line += 1
    const parsed = parseLine(text)
    if (Result.isSuccess(parsed)) return this.#place(parsed.success)
    const { detail, reason } = parsed.failure
    if (this.#line === 1) return this.#refuse("VersionUnknown", detail)
    if (reason === "VersionUnknown") return this.#refuse(reason, detail)
    this.#broken = new ArchiveError({ reason, line: this.#line, detail })
    return Result.succeed(undefined)
  }

  /** Says whether the lines were all there. */
  finish(): Step<void> {
    if (this.#broken !== undefined) return this.#refuse("FileIsTruncated", "the last line is not whole")
    return this.#hasEnded ? Result.void : this.#refuse("FileIsTruncated", "the file has no end")
  }

  #refuse(reason: ArchiveReason, detail: string, line = this.#line): Result.Result<never, ArchiveError> {
    return Result.fail(new ArchiveError({ reason, line, detail }))
  }

  #place(line: ArchiveLine): Step<ArchiveStep | undefined> {
    if (this.#hasEnded) return this.#refuse("LineOutOfPlace", "the end was before")
    if ((this.#totals === undefined) !== (line._tag === "Beginning")) {
      return this.#refuse("LineOutOfPlace", "the beginning must come first, and once")
    }
    switch (line._tag) {
      case "Beginning":
        this.#totals = line.totals
        return Result.succeed({ ...line, line: this.#line })
      case "Account":
        return this.#account(line.account)
      case "Transfer":
        return this.#transfer(line.sequence, line.record)
      case "Head":
        return this.#head(line.size, line.root)
      case "End":
        return this.#end(line.totals)
    }
  }

  #account(account: ArchivedAccount): Step<ArchiveStep> {
    if (this.#tree.size > 0n) return this.#refuse("LineOutOfPlace", "accounts come before transfers")
    this.#accounts += 1n
    return Result.succeed({ _tag: "Account", line: this.#line, account })
  }

  #transfer(sequence: bigint, record: ParsedRecord): Step<undefined> {
    const expected = this.#tree.size + 1n
    if (sequence !== expected) return this.#refuse("SequenceHasGap", `expected ${expected}, found ${sequence}`)
    if (this.#waiting.length === transfersPerHead) return this.#refuse("LineOutOfPlace", "expected a head")
    if (this.#waiting.length === 0) this.#waitingFrom = this.#line
    this.#waiting.push(record)
    this.#tree.append(leafHash(recordOf(record.transfer, record.salt), this.#hash))
    return Result.succeed(undefined)
  }

  #confirmed(): ConfirmedTransfers {
    const records = this.#waiting
    this.#waiting = []
    return { line: this.#waitingFrom, firstSequence: this.#tree.size - BigInt(records.length) + 1n, records }
  }

  #head(size: bigint, root: Uint8Array): Step<ArchiveStep> {
    if (this.#waiting.length !== transfersPerHead || size !== this.#tree.size) {
      return this.#refuse("LineOutOfPlace", `a head comes after each ${transfersPerHead} transfers`)
    }
    if (!sameHash(this.#tree.root(), root)) return this.#differs()
    return Result.succeed({ _tag: "Transfers", line: this.#line, transfers: this.#confirmed() })
  }

  #differs(): Result.Result<never, ArchiveError> {
    if (this.#waiting.length === 0) return this.#refuse("RootDiffers", "the beginning and the end name other roots")
    const last = this.#line - 1
    const detail = `lines ${this.#waitingFrom} to ${last} are not those of the root in line ${this.#line}`
    return this.#refuse("RootDiffers", detail, this.#waitingFrom)
  }

  #end(totals: ArchiveTotals): Step<ArchiveStep> {
    const { size } = this.#tree
    const begun = this.#totals!
    const counted = [totals, begun].every(({ accounts, transfers }) =>
      accounts === this.#accounts && transfers === size
    )
    if (!counted) return this.#refuse("CountsDiffer", `found ${this.#accounts} accounts and ${size} transfers`)
    if (![totals, begun].every(({ root }) => sameHash(this.#tree.root(), root))) return this.#differs()
    this.#hasEnded = true
    return Result.succeed({ _tag: "End", line: this.#line, totals, transfers: this.#confirmed() })
  }
}
