/** Takes a ledger in that was written out. */
import { ArchiveError, LedgerArchive } from "@purser/domain/ledger"
import { printBase64 } from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type CommandFailed, failed } from "../../../terminal/CommandFailed.ts"
import { print } from "../../../terminal/output.ts"
import { withProgress, type Work } from "../../../terminal/progress.ts"
import { withBooks } from "../books.ts"
import { pieces, unreadable } from "../lines.ts"
import { beginningOf, count } from "./beginning.ts"

const linesOf = (path: string, work: Work): Stream.Stream<string, CommandFailed> =>
  Stream.fromAsyncIterable(pieces(path), unreadable(path)).pipe(
    Stream.map(({ lines }) => {
      work.total ??= Number(beginningOf(lines[0])?.transfers ?? 0)
      count(work, lines)
      return lines
    }),
    Stream.flattenIterable
  )

/** What to do about it. */
const remedies: Partial<Record<ArchiveError["reason"], string>> = {
  VersionUnknown: "Expected what purser ledger export of this version wrote.",
  FileIsTruncated: "The file is not whole: export it again.",
  RootDiffers: "The file is not what was exported: take it from where it was written.",
  LedgerHoldsOtherTransfers: "Import into an empty ledger: set another PURSER_DATABASE_URL and run purser migrate.",
  LedgerChanged: "Stop what posts to this ledger, and run it again."
}

const worded = (path: string) => (error: ArchiveError): CommandFailed => {
  const remedy = remedies[error.reason]
  return failed(`${path}: ${error.message}${remedy === undefined ? "" : `\n${remedy}`}`)
}

interface Input {
  readonly file: string
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ file, json }: Input) {
  const name = file === "-" ? "standard input" : file
  const imported = yield* withBooks(
    LedgerArchive.use(({ importLines }) =>
      withProgress({ label: "importing", unit: "transfers", json }, (work) => importLines(linesOf(file, work))).pipe(
        Effect.mapError((error) => error instanceof ArchiveError ? worded(name)(error) : error)
      )
    )
  )
  const { accounts, skipped, transfers } = imported
  const root = printBase64(imported.root)
  const already = skipped === 0n ? "" : `, ${skipped} of which were there already`
  yield* print(
    json,
    { accounts, transfers, skipped, root },
    `imported ${transfers} transfers on ${accounts} accounts${already}\nroot  ${root}`
  )
})
