/** Proves to outsiders that a transfer is in the books. */
import { TransferId } from "@purser/domain/ledger"
import { printInclusionFile } from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { failed } from "../../../terminal/CommandFailed.ts"
import { transferJson } from "../shown.ts"
import { handOut, withProofs } from "./signing.ts"

const isTransferId = Schema.is(TransferId)

interface Input {
  readonly id: string
  readonly out: Option.Option<string>
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ id, json, out }: Input) {
  if (!isTransferId(id)) return yield* failed(`${id} is not the id of a transfer: expected a UUID in lower case`)
  const { file, transfer } = yield* withProofs((proofs) => proofs.prove(id))
  const text = printInclusionFile(file)
  const value = { transfer: transferJson(transfer), index: file.index, proof: text }
  yield* handOut({ text, value, said: `proof of transfer ${transfer.sequence}` }, { json, out })
})
