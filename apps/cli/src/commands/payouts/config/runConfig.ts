/** Shows the rate and the limits that hold now. */
import { FaucetAdmin } from "@purser/domain/faucet"
import * as Effect from "effect/Effect"
import { withFaucet } from "../../../faucet/withFaucet.ts"
import { print } from "../../../terminal/output.ts"
import { pairs } from "../../../terminal/table.ts"
import { configJson, configLines } from "./shown.ts"

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json }: { readonly json: boolean }) {
  const versioned = yield* withFaucet(FaucetAdmin.use((admin) => admin.config))
  const { config, version } = versioned
  const source = version === 0 ? "0, as it was configured" : `${version}, as it was changed here or by an admin`
  yield* print(json, configJson(versioned), pairs([...configLines(config), ["version", source]]))
})
