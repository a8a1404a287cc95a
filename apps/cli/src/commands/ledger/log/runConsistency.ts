/** Proves to outsiders that the books only grew. */
import { printConsistencyFile } from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { failed } from "../../../terminal/CommandFailed.ts"
import { handOut, withProofs } from "./signing.ts"

interface Input {
  readonly from: string
  readonly out: Option.Option<string>
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ from, json, out }: Input) {
  if (!/^\d{1,18}$/u.test(from)) return yield* failed("--from: expected a whole number")
  const file = yield* withProofs((proofs) => proofs.grow(BigInt(from)))
  const text = printConsistencyFile(file)
  yield* handOut({ text, value: { from: file.from, proof: text }, said: `proof of growth from ${file.from}` }, {
    json,
    out
  })
})
