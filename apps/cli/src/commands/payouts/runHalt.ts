/** Turns the kill switch. */
import { FaucetAdmin } from "@purser/domain/faucet"
import * as Effect from "effect/Effect"
import { operator, withFaucet } from "../../faucet/withFaucet.ts"
import { print } from "../../terminal/output.ts"

/** What the command does. */
export const run = Effect.fnUntraced(function*({ isOn, json }: { readonly isOn: boolean; readonly json: boolean }) {
  const { version } = yield* withFaucet(FaucetAdmin.use(({ halt }) => halt(operator, isOn)))
  const text = isOn
    ? "halted: nothing is signed until purser payouts resume"
    : "resumed: what is queued is signed again"
  yield* print(json, { halted: isOn, version }, text)
})
