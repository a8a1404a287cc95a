/** Decides about a sign of abuse; what follows for the player follows at once. */
import { FaucetAdmin } from "@purser/domain/faucet"
import type { Verdict } from "@purser/domain/risk"
import * as Effect from "effect/Effect"
import { operator, withFaucet } from "../../faucet/withFaucet.ts"
import { print } from "../../terminal/output.ts"
import { outcomes } from "./shown.ts"

interface Input {
  readonly key: string
  readonly verdict: Verdict
  readonly note: string
  readonly json: boolean
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json, key, note, verdict }: Input) {
  const player = yield* withFaucet(
    FaucetAdmin.use(({ review }) => review(operator, { dedupeKey: key, verdict, note }))
  )
  yield* print(
    json,
    { dedupe_key: key, verdict, player_id: player.id, outcome: player.risk },
    `${verdict}. What holds for ${player.discordName} now: ${player.risk}, ${outcomes[player.risk]}`
  )
})
