/** Recomputes every invariant of the books from their transfers. */
import type { Verification } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import { failed } from "../../terminal/CommandFailed.ts"
import { print } from "../../terminal/output.ts"
import { table } from "../../terminal/table.ts"
import { onBooks } from "./books.ts"

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

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json }: { readonly json: boolean }) {
  const found = yield* onBooks((ledger) => ledger.verify)
  yield* print(json, { sound: found.discrepancies.length === 0, ...found }, worded(found))
  if (found.discrepancies.length > 0) return yield* failed("the books do not hold")
})
