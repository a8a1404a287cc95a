/** Books transfers: one by options, or many from a file. */
import type { LedgerStore } from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import { StorageError, Transaction } from "@purser/domain/transaction"
import * as Console from "effect/Console"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { randomUUID } from "node:crypto"
import { type CommandFailed, failed } from "../../../terminal/CommandFailed.ts"
import { explained } from "../../../terminal/explain.ts"
import { print } from "../../../terminal/output.ts"
import { withBooks } from "../books.ts"
import { answerJson, lineText, type Mood, requestText, summary } from "./answers.ts"
import { readAsked } from "./Asked.ts"
import { eachPiece, type Line } from "./eachPiece.ts"
import { isEmpty, objectOf, optionName, type Options } from "./options.ts"
import type { Refused } from "./Refused.ts"
import { type Answer, type AskedLine, bookLines, readLine } from "./sets.ts"

/** Carries the answers out of a transaction that is rolled back by failing. */
class DryRun extends Data.TaggedError("DryRun")<{ readonly answers: ReadonlyArray<Answer> }> {}

const rolledBack = (
  lines: ReadonlyArray<AskedLine>
): Effect.Effect<ReadonlyArray<Answer>, StorageError, LedgerStore | Transaction> =>
  Transaction.use(({ atomically }) =>
    atomically(Effect.flatMap(bookLines(lines), (answers) => Effect.fail(new DryRun({ answers }))))
  ).pipe(Effect.catchTag("DryRun", ({ answers }) => Effect.succeed(answers)))

const book = (lines: ReadonlyArray<AskedLine>, { dryRun }: Mood) => dryRun ? rolledBack(lines) : bookLines(lines)

const missing = failed(
  "say what to post: --debit, --credit, --amount and --reason, or --file with lines of JSON (see --help)"
)

const wordedRefusal = (refused: Refused): CommandFailed => {
  if (refused.reason !== "RequestMalformed" || refused.field === undefined) return failed(`refused: ${refused.message}`)
  return failed(`${optionName(refused.field)}: ${refused.detail ?? "can not be used"}`)
}

/** A commit whose outcome nobody knows is settled by asking again with the same id. */
const inDoubt = (id: string) => (error: unknown): CommandFailed =>
  error instanceof StorageError && error.failure === "InDoubt"
    ? failed(`It may or may not have been booked. Run the same again with --id ${id}: nothing is booked twice.`)
    : explained(error)

const postOne = Effect.fnUntraced(function*(options: Options, json: boolean, mood: Mood) {
  if (isEmpty(options)) return yield* missing
  const given = yield* objectOf(options)
  const id = given["id"] ?? (given["idempotency_key"] === undefined ? randomUUID() : undefined)
  const asked = readAsked(id === undefined ? given : { ...given, id }, 0, yield* Asset.Assets)
  if (Result.isFailure(asked)) {
    if (json) {
      const refused: Answer = { _tag: "Refused", line: 1, refused: asked.failure, isRetryable: false }
      yield* print(true, answerJson(refused, mood), "")
    }
    return yield* wordedRefusal(asked.failure)
  }
  const line: AskedLine = { line: 1, asked: Result.succeed([asked.success]) }
  const [answer] = yield* withBooks(Effect.mapError(book([line], mood), inDoubt(String(id))))
  if (answer === undefined) return
  if (json) yield* print(true, answerJson(answer, mood), "")
  if (answer._tag === "Refused") return yield* failed(`refused: ${answer.refused.message}`)
  if (!json) yield* Console.log(requestText(answer, mood))
})

const longestDryRun = 10_000

/** A dry run decides all lines on top of each other, so it reads them first: nobody waits for input with the books locked. */
const dryFile = Effect.fnUntraced(function*(path: string, tell: Tell) {
  const assets = yield* Asset.Assets
  const lines: Array<AskedLine> = []
  yield* eachPiece(path, (piece) => {
    for (const line of piece) lines.push(readLine(line, assets))
    return lines.length > longestDryRun
      ? Effect.fail(failed("--dry-run: at most 10,000 lines, as nobody else can post meanwhile"))
      : Effect.void
  })
  yield* withBooks(Effect.flatMap(rolledBack(lines), tell))
})

const bookFile = Effect.fnUntraced(function*(path: string, tell: Tell) {
  const assets = yield* Asset.Assets
  const each = (piece: ReadonlyArray<Line>) =>
    Effect.flatMap(bookLines(piece.map((line) => readLine(line, assets))), tell)
  yield* withBooks(eachPiece(path, each))
})

type Tell = (answers: ReadonlyArray<Answer>) => Effect.Effect<void>

const postFile = Effect.fnUntraced(function*(path: string, json: boolean, mood: Mood) {
  const seen: Array<Answer["_tag"]> = []
  const tell: Tell = (answers) =>
    Effect.forEach(answers, (answer) => {
      seen.push(answer._tag)
      return print(json, answerJson(answer, mood), lineText(answer, mood))
    }, { discard: true })
  yield* mood.dryRun ? dryFile(path, tell) : bookFile(path, tell)
  const said = summary(seen, mood)
  if (seen.includes("Refused")) return yield* failed(said)
  if (!json) yield* Console.error(said)
})

interface Input extends Options {
  readonly file: Option.Option<string>
  readonly dryRun: boolean
  readonly json: boolean
}

/** What the command does. */
export const run = ({ dryRun, file, json, ...options }: Input): Effect.Effect<void, CommandFailed> => {
  if (Option.isNone(file)) return postOne(options, json, { dryRun })
  return isEmpty(options)
    ? postFile(file.value, json, { dryRun })
    : Effect.fail(failed("give --file or what to post, not both"))
}
