/** Writes the whole ledger out. */
import { LedgerArchive } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { CommandFailed } from "../../../terminal/CommandFailed.ts"
import { print } from "../../../terminal/output.ts"
import { withProgress, type Work } from "../../../terminal/progress.ts"
import { writeWhole } from "../../../terminal/wholeFile.ts"
import { withBooks } from "../books.ts"
import { type Beginning, beginningOf, count } from "./beginning.ts"

const toStdout = (text: string): Effect.Effect<void> => Effect.sync(() => void process.stdout.write(text))

type Append = (text: string) => Effect.Effect<void, CommandFailed>

/** Lines go out in the pieces that they come in. Answers with what the first one says. */
const writeLines = (append: Append, work: Work) =>
  LedgerArchive.use(Effect.fnUntraced(function*({ exportLines }) {
    let beginning: Beginning | undefined
    yield* Stream.runForEachArray(exportLines, (piece) => {
      beginning ??= beginningOf(piece[0])
      work.total ??= Number(beginning?.transfers ?? 0)
      count(work, piece)
      return append(`${piece.join("\n")}\n`)
    })
    return beginning
  }))

interface Input {
  readonly out: Option.Option<string>
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json, out }: Input) {
  const beginning = yield* withBooks(
    withProgress({ label: "exporting", unit: "transfers", json }, (work) =>
      Option.match(out, {
        onNone: () => writeLines(toStdout, work),
        onSome: (path) => writeWhole(path, (append) => writeLines(append, work))
      }))
  )
  if (Option.isNone(out) || beginning === undefined) return
  const { accounts, root, transfers } = beginning
  yield* print(
    json,
    { file: out.value, accounts, transfers, root },
    `exported ${transfers} transfers on ${accounts} accounts to ${out.value}\nroot  ${root}`
  )
})
