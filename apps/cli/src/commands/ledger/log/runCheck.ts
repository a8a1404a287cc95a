/** Checks proofs with public keys alone: no settings, no database, no network. */
import { checkTransferProof, type ProvenTransfer, type RecordError } from "@purser/domain/ledger"
import {
  type Checkpoint,
  openGrowth,
  parseVerifierKey,
  type ProvenGrowth,
  type TransparencyError,
  type VerifierKey
} from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { type CommandFailed, failed } from "../../../terminal/CommandFailed.ts"
import { print } from "../../../terminal/output.ts"
import { pairs } from "../../../terminal/table.ts"
import { amountText, time, transferJson } from "../shown.ts"
import { readText } from "./files.ts"

/** What is asked: a proof, or a proof of growth with the older head. */
interface CheckInput {
  readonly proof: Option.Option<string>
  readonly consistency: Option.Option<string>
  readonly old: Option.Option<string>
  readonly key: Option.Option<string>
  readonly json: boolean
}

type Refused = TransparencyError | RecordError

const isKeyLine = (line: string): boolean => line.trim() !== "" && !line.startsWith("#")

/** One key a line; empty lines and lines that begin with # are skipped. */
const readKeys = (path: string): Effect.Effect<ReadonlyArray<VerifierKey>, CommandFailed> =>
  Effect.flatMap(readText(path), (text) =>
    Effect.fromResult(
      Result.mapError(
        Result.all(text.split("\n").filter(isKeyLine).map(parseVerifierKey)),
        ({ message }) => failed(`${path}: ${message}`)
      )
    ))

const headJson = ({ origin, root, size }: Checkpoint) => ({
  origin,
  size,
  root: Buffer.from(root).toString("base64")
})

/** Text of others: shown as JSON where a terminal could take it for more than text. */
const plain = (text: string): string => /\p{C}/u.test(text) ? JSON.stringify(text) : text

const wordedTransfer = ({ checkpoint, transfer }: ProvenTransfer): string =>
  pairs([
    ["proven", `${checkpoint.origin} holds this transfer as number ${transfer.sequence} of ${checkpoint.size}`],
    ["transfer", transfer.id],
    ["kind", transfer.kind],
    ["amount", amountText(transfer)],
    ["debit", transfer.debit],
    ["credit", transfer.credit],
    ["reason", transfer.reason],
    ...transfer.reference === null ? [] : [["reference", plain(transfer.reference)] as const],
    ["booked", time(transfer.bookedAtMillis)],
    ["effective", time(transfer.effectiveAtMillis)],
    ...Object.entries(transfer.metadata).map(([key, value]) => ["metadata", plain(`${key}=${value}`)] as const)
  ])

const wordedGrowth = ({ from, to }: ProvenGrowth): string =>
  pairs([
    [
      "proven",
      `${to.origin} grew from ${from.size} to ${to.size} transfers, and the first ${from.size} are what they were`
    ]
  ])

interface Worded<A> {
  readonly value: (proven: A) => object
  readonly text: (proven: A) => string
}

const tell = <A>(
  checked: Result.Result<A, Refused>,
  json: boolean,
  words: Worded<A>
): Effect.Effect<void, CommandFailed> => {
  if (Result.isSuccess(checked)) {
    return print(json, { proven: true, ...words.value(checked.success) }, words.text(checked.success))
  }
  const { detail, message, reason } = checked.failure
  const refused = Effect.fail(failed(`NOT PROVEN: ${plain(message)}`))
  return json
    ? Effect.andThen(print(true, { proven: false, reason, detail: detail ?? null }, ""), refused)
    : refused
}

const given = (option: string, path: Option.Option<string>): Effect.Effect<string, CommandFailed> =>
  Option.match(path, { onNone: () => Effect.fail(failed(`${option} FILE is needed`)), onSome: Effect.succeed })

const checkGrowth = Effect.fnUntraced(function*(path: string, { json, key, old }: CheckInput) {
  const older = yield* Effect.flatMap(given("--old", old), readText)
  const known = yield* Effect.flatMap(given("--key", key), readKeys)
  const checked = openGrowth({ older, proof: yield* readText(path) }, known)
  yield* tell(checked, json, {
    value: ({ from, to }) => ({ from: headJson(from), to: headJson(to) }),
    text: wordedGrowth
  })
})

const checkProof = Effect.fnUntraced(function*(path: string, { json, key }: CheckInput) {
  const known = yield* Effect.flatMap(given("--key", key), readKeys)
  yield* tell(checkTransferProof(yield* readText(path), known), json, {
    value: ({ checkpoint, transfer }) => ({ transfer: transferJson(transfer), checkpoint: headJson(checkpoint) }),
    text: wordedTransfer
  })
})

/** What `purser ledger verify` does when it is given files. */
export const run = (input: CheckInput): Effect.Effect<void, CommandFailed> => {
  const { consistency, old, proof } = input
  if (Option.isSome(proof) && Option.isNone(consistency) && Option.isNone(old)) return checkProof(proof.value, input)
  return Option.isSome(consistency) && Option.isNone(proof)
    ? checkGrowth(consistency.value, input)
    : Effect.fail(failed("give --proof with --key, or --consistency with --old and --key"))
}
