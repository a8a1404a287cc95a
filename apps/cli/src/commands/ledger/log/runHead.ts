/** Signs the head of the ledger's log and prints it. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { handOut, withProofs } from "./signing.ts"

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json }: { readonly json: boolean }) {
  const { note, origin, root, size } = yield* withProofs((proofs) => proofs.head)
  const value = { origin, size, root: Buffer.from(root).toString("base64"), checkpoint: note }
  yield* handOut({ text: note, value, said: "" }, { json, out: Option.none() })
})
