/** Uses the installed packages as another team would, and fails when one does not do what it promises. */
import * as Effect from "effect/Effect"
import assert from "node:assert/strict"
import { link } from "./payer.ts"

const uri = await Effect.runPromise(link)
assert.match(uri, /^monero:4[1-9A-HJ-NP-Za-km-z]{105}\?tx_amount=0\.01$/u)
process.stdout.write(`pay ${uri}\n`)
