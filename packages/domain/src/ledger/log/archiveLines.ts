/** Writes and reads the lines of an archive. */
import { utf8ToBytes } from "@noble/hashes/utils.js"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type Hash, parseHash, printBase64 } from "../../transparency/index.ts"
import { Account, AccountRequest } from "../Account.ts"
import { AmountMinor } from "../model.ts"
import type { Transfer } from "../Transfer.ts"
import { type LogSalt, type ParsedRecord, parseRecord, recordText } from "./record.ts"

/** How many accounts and transfers there are, and the root of the log. */
export interface ArchiveTotals {
  readonly accounts: bigint
  readonly transfers: bigint
  readonly root: Hash
}

/** What an archive keeps of an account: its totals follow from the transfers. */
export type ArchivedAccount = Pick<Account, keyof typeof AccountRequest.fields | "state" | "openedAtMillis">

/** One line. */
export type ArchiveLine =
  | { readonly _tag: "Beginning"; readonly totals: ArchiveTotals }
  | { readonly _tag: "Account"; readonly account: ArchivedAccount }
  | { readonly _tag: "Transfer"; readonly sequence: bigint; readonly record: ParsedRecord }
  | { readonly _tag: "Head"; readonly size: bigint; readonly root: Hash }
  | { readonly _tag: "End"; readonly totals: ArchiveTotals }

/** After so many transfers comes the head of the log. */
export const transfersPerHead = 256

const version = 1

const Count = Schema.BigIntFromString.pipe(Schema.decodeTo(AmountMinor))
const Totals = { accounts: Count, transfers: Count, root: Schema.String }
const Beginning = Schema.Struct({ purser: Schema.Literal("ledger"), v: Schema.Literal(version), ...Totals })
const End = Schema.Struct({ end: Schema.Struct(Totals) })
const Head = Schema.Struct({ size: Count, root: Schema.String })
const { code, asset, normalSide, balanceRule, metadata } = AccountRequest.fields
const Archived = Schema.Struct({
  account: Schema.Struct({
    code,
    asset,
    normalSide,
    balanceRule,
    overdraftMinor: Count,
    metadata,
    state: Account.fields.state,
    openedAtMillis: Account.fields.openedAtMillis
  }).pipe(Schema.encodeKeys({
    normalSide: "normal_side",
    balanceRule: "balance_rule",
    overdraftMinor: "overdraft_minor",
    openedAtMillis: "opened_at_millis"
  }))
})

const encodeAccount = Schema.encodeSync(Archived)

const printTotals = ({ accounts, root, transfers }: ArchiveTotals) => ({
  accounts: String(accounts),
  transfers: String(transfers),
  root: printBase64(root)
})

/** The first line. */
export const printBeginning = (totals: ArchiveTotals): string =>
  JSON.stringify({ purser: "ledger", v: version, ...printTotals(totals) })

/** The line of an account. */
export const printAccount = (account: ArchivedAccount): string => JSON.stringify(encodeAccount({ account }))

/** The line of a transfer: its record as the log has it, and the sequence. */
export const printTransfer = (transfer: Transfer, salt: LogSalt): string =>
  `{"sequence":"${transfer.sequence}","transfer":${recordText(transfer, salt)}}`

/** The line after each `transfersPerHead` transfers. */
export const printHead = (size: bigint, root: Hash): string =>
  JSON.stringify({ size: String(size), root: printBase64(root) })

/** The last line. */
export const printEnd = (totals: ArchiveTotals): string => JSON.stringify({ end: printTotals(totals) })

/** What is wrong with a line. */
export interface LineFault {
  readonly reason: "VersionUnknown" | "LineIsMalformed"
  readonly detail: string
}

type Parsed = Result.Result<ArchiveLine, LineFault>

const malformed = (detail: string) => Result.fail<LineFault>({ reason: "LineIsMalformed", detail })

const strict = { onExcessProperty: "error" } as const
const decoders = {
  purser: Schema.decodeUnknownResult(Beginning, strict),
  end: Schema.decodeUnknownResult(End, strict),
  size: Schema.decodeUnknownResult(Head, strict),
  account: Schema.decodeUnknownResult(Archived, strict)
}

const decoded = <A>(result: Result.Result<A, { readonly message: string }>): Result.Result<A, LineFault> =>
  Result.mapError(result, ({ message }) => ({ reason: "LineIsMalformed", detail: message }))

const withRoot = (text: string, line: (root: Hash) => ArchiveLine): Parsed => {
  const root = parseHash(text)
  return root === undefined ? malformed("expected a root in base64") : Result.succeed(line(root))
}

const parsers: Readonly<Record<keyof typeof decoders, (value: object) => Parsed>> = {
  purser: (value) =>
    "v" in value && value.v !== version || "purser" in value && value.purser !== "ledger"
      ? Result.fail({ reason: "VersionUnknown", detail: `expected "purser":"ledger" and "v":${version}` })
      : Result.flatMap(
        decoded(decoders.purser(value)),
        (totals) => withRoot(totals.root, (root) => ({ _tag: "Beginning", totals: { ...totals, root } }))
      ),
  end: (value) =>
    Result.flatMap(
      decoded(decoders.end(value)),
      ({ end }) => withRoot(end.root, (root) => ({ _tag: "End", totals: { ...end, root } }))
    ),
  size: (value) =>
    Result.flatMap(
      decoded(decoders.size(value)),
      ({ root, size }) => withRoot(root, (hash) => ({ _tag: "Head", size, root: hash }))
    ),
  account: (value) => Result.map(decoded(decoders.account(value)), ({ account }) => ({ _tag: "Account", account }))
}

const parseJson = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

const transferText = /^\{"sequence":"([1-9]\d{0,18})","transfer":(\{.*\})\}$/u

/** Reads a line. The records of transfers must be as the log has them, to the byte. */
export const parseLine = (text: string): Parsed => {
  const [, sequence, record] = transferText.exec(text) ?? []
  if (sequence !== undefined && record !== undefined) {
    return Result.map(
      decoded(parseRecord(utf8ToBytes(record))),
      (parsed) => ({ _tag: "Transfer", sequence: BigInt(sequence), record: parsed })
    )
  }
  const value = parseJson(text)
  if (value === undefined) return malformed("expected an object in JSON")
  const kind = (Object.keys(parsers) as Array<keyof typeof parsers>).find((name) => name in value)
  return kind === undefined ? malformed("expected a line of an archive") : parsers[kind](value)
}
