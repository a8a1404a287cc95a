/** Recomputes every invariant of the books from their transfers. */
import { LedgerLog, LedgerStore, type Verification, VerifyProgress } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import { failed } from "../../terminal/CommandFailed.ts"
import { print } from "../../terminal/output.ts"
import { withProgress, type Work } from "../../terminal/progress.ts"
import { table } from "../../terminal/table.ts"
import { withBooks } from "./books.ts"

const worded = ({ accounts, discrepancies, transfers }: Verification): string => {
  const looked = `${transfers} transfers on ${accounts} accounts`
  if (discrepancies.length === 0) return `sound: ${looked}`
  const rows = table([
    { heading: "invariant", text: ({ invariant }) => invariant },
    { heading: "subject", text: ({ subject }) => subject },
    { heading: "expected", text: ({ expected }) => expected },
    { heading: "actual", text: ({ actual }) => actual }
  ], discrepancies)
  return `NOT SOUND: ${discrepancies.length} discrepancies in ${looked}\n${rows}`
}

const audit = (work: Work) =>
  Effect.gen(function*() {
    work.total = Number(yield* LedgerLog.use(({ size }) => size))
    return yield* Effect.provideService(LedgerStore.use(({ verify }) => verify), VerifyProgress, (sequence) => {
      work.done = Number(sequence)
    })
  })

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json }: { readonly json: boolean }) {
  const found = yield* withBooks(withProgress({ label: "verifying", unit: "transfers", json }, audit))
  yield* print(json, { sound: found.discrepancies.length === 0, ...found }, worded(found))
  if (found.discrepancies.length > 0) return yield* failed("the books do not hold")
})
