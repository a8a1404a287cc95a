/** Prints the public keys of the ledger's log. */
import { printVerifierKey } from "@purser/domain/transparency"
import { logKeys } from "@purser/runtime"
import * as Effect from "effect/Effect"
import { settings } from "../../../settings/settings.ts"
import { explain } from "../../../terminal/explain.ts"
import { print } from "../../../terminal/output.ts"

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json }: { readonly json: boolean }) {
  const keys = yield* explain(Effect.flatMap(settings, logKeys))
  const shown = keys.map(({ id, key }) => ({ id, key: printVerifierKey(key.verifier) }))
  yield* print(json, shown, shown.map(({ key }) => key).join("\n"))
})
