/** Has somebody play Fortnite in the sandbox. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { failed } from "../../terminal/CommandFailed.ts"
import { explain } from "../../terminal/explain.ts"
import { print } from "../../terminal/output.ts"
import { fortniteControl } from "./faucetControls.ts"
import { accountOf } from "./who.ts"

interface Input {
  readonly player: string
  readonly kills: number
  readonly matches: Option.Option<number>
  readonly json: boolean
}

/** Somebody good. */
const killsPerMatch = 5

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json, kills, matches, player }: Input) {
  if (kills < 0) return yield* failed("kills: expected a whole number from 0")
  const { epicId, kills: before, name } = yield* accountOf(player)
  const played = Option.getOrElse(matches, () => Math.ceil(kills / killsPerMatch))
  yield* explain((yield* fortniteControl).play({ epicId, kills, matches: played }))
  const lifetime = before + kills
  yield* print(
    json,
    { epic_account_id: epicId, kills, matches: played, lifetime_kills: lifetime },
    `${name}: ${kills} kills more in ${played} matches, ${lifetime} by now`
  )
})
