/** Reads linked sets from lines, and has the ledger book them in order. */
import { type LedgerError, LedgerStore, type LinkedSet, type Transfer } from "@purser/domain/ledger"
import type { Asset } from "@purser/domain/money"
import type { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { type Asked, readAsked } from "./Asked.ts"
import type { Line } from "./eachPiece.ts"
import { Refused } from "./Refused.ts"
import { looksUp, resolve } from "./resolve.ts"

/** What became of one line. */
export type Answer =
  | { readonly _tag: "Booked"; readonly line: number; readonly transfers: ReadonlyArray<Transfer> }
  | { readonly _tag: "Replayed"; readonly line: number; readonly transfers: ReadonlyArray<Transfer> }
  | { readonly _tag: "Refused"; readonly line: number; readonly refused: Refused; readonly isRetryable: boolean }

/** A line as it was read: the requests of one linked set, or why it is none. */
export interface AskedLine {
  readonly line: number
  readonly asked: Result.Result<ReadonlyArray<Asked>, Refused>
}

const parseJson = (text: string): Result.Result<unknown, Refused> => {
  try {
    return Result.succeed(JSON.parse(text))
  } catch {
    return Result.fail(new Refused({ reason: "LineMalformed", index: 0, detail: "expected one JSON value a line" }))
  }
}

/** Reads a line: an object is one request, an array a linked set. */
export const readLine = ({ number, text }: Line, assets: ReadonlyArray<Asset.Asset>): AskedLine => ({
  line: number,
  asked: Result.flatMap(
    parseJson(text),
    (value) => Result.all((Array.isArray(value) ? value : [value]).map((item, index) => readAsked(item, index, assets)))
  )
})

const refusal = (line: number, refused: Refused, isRetryable = false): Answer => ({
  _tag: "Refused",
  line,
  refused,
  isRetryable
})

const ofLedger = (line: number, error: LedgerError): Answer => {
  const { detail, field, index, reason } = error
  const refused = new Refused({
    reason,
    index,
    ...field === undefined ? {} : { field },
    ...detail === undefined ? {} : { detail }
  })
  return refusal(line, refused, error.isRetryable)
}

const resolveSet = Effect.fnUntraced(function*(asked: ReadonlyArray<Asked>, ledger: LedgerStore["Service"]) {
  const earlier: Array<LinkedSet[number]> = []
  for (const [index, one] of asked.entries()) {
    earlier.push(yield* resolve(one, { index, earlier, lookup: ledger.transfer }))
  }
  return earlier
})

interface Ready {
  readonly line: number
  readonly set: LinkedSet
}

const bookReady = Effect.fnUntraced(function*(ready: ReadonlyArray<Ready>, ledger: LedgerStore["Service"]) {
  if (ready.length === 0) return []
  const outcomes = yield* ledger.post(ready.map(({ set }) => set))
  return outcomes.map((outcome, index): Answer => {
    const { line } = ready[index]!
    if (Result.isFailure(outcome)) return ofLedger(line, outcome.failure)
    const { replayed, transfers } = outcome.success
    return { _tag: replayed ? "Replayed" : "Booked", line, transfers }
  })
})

/** Most sets that go to the ledger at once. */
const mostAtOnce = 1000

/**
 * Books the lines in order, each all or nothing, and answers for each. Those that stand for themselves go to the ledger
 * together; one that points to an earlier transfer waits until that is booked.
 */
export const bookLines = Effect.fnUntraced(function*(
  lines: ReadonlyArray<AskedLine>
): Effect.fn.Return<ReadonlyArray<Answer>, StorageError, LedgerStore> {
  const ledger = yield* LedgerStore
  const answers: Array<Answer> = []
  let ready: Array<Ready> = []
  let held: Array<Answer> = []
  const flush = Effect.fnUntraced(function*() {
    answers.push(...[...yield* bookReady(ready, ledger), ...held].sort((left, right) => left.line - right.line))
    ready = []
    held = []
  })
  for (const { asked, line } of lines) {
    if (Result.isFailure(asked)) {
      held.push(refusal(line, asked.failure))
      continue
    }
    if (ready.length >= mostAtOnce || asked.success.some(looksUp)) yield* flush()
    const set = yield* Effect.result(resolveSet(asked.success, ledger))
    if (Result.isSuccess(set)) ready.push({ line, set: set.success })
    else if (set.failure instanceof Refused) held.push(refusal(line, set.failure))
    else return yield* set.failure
  }
  yield* flush()
  return answers
})
