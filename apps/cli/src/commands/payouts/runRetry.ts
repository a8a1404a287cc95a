/** Takes the debt of a failed payout up again. */
import { FaucetAdmin } from "@purser/domain/faucet"
import * as Effect from "effect/Effect"
import { ban, payoutJson } from "../../faucet/shown.ts"
import { operator, withFaucet } from "../../faucet/withFaucet.ts"
import { print } from "../../terminal/output.ts"

/** What the command does. */
export const run = Effect.fnUntraced(function*({ id, json }: { readonly id: string; readonly json: boolean }) {
  const payout = yield* withFaucet(FaucetAdmin.use(({ retryPayout }) => retryPayout(operator, id)))
  yield* print(
    json,
    payoutJson(payout),
    `queued again, round ${payout.round}: ${ban(payout.amountMinor)} BAN to ${payout.payee}`
  )
})
