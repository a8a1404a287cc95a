/** Forgets who a player is. */
import { AuditEntry, AuditLog } from "@purser/domain/audit"
import { Players, PlayerUnknown } from "@purser/domain/faucet"
import { Identity } from "@purser/domain/identity"
import type { PlayerId } from "@purser/domain/rewards"
import { Transaction } from "@purser/domain/transaction"
import { layerUsers } from "@purser/runtime/faucet"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { playerIdOf } from "../../faucet/given.ts"
import { ban } from "../../faucet/shown.ts"
import { operator, withFaucet } from "../../faucet/withFaucet.ts"
import { settings } from "../../settings/settings.ts"
import { failed } from "../../terminal/CommandFailed.ts"
import { print } from "../../terminal/output.ts"

interface Input {
  readonly player: string
  readonly yes: boolean
  readonly json: boolean
}

/** The player, and on record who did it: both or neither. Answers whether there was one. */
const forget = Effect.fnUntraced(function*(id: PlayerId) {
  const { erase } = yield* Players
  const { append } = yield* AuditLog
  const { atomically } = yield* Transaction
  const atMillis = yield* Clock.currentTimeMillis
  const deed = { actor: operator.name, action: "player.erase", subject: id, details: {}, correlationId: null }
  return yield* atomically(Effect.andThen(erase(id), append(new AuditEntry({ ...deed, atMillis })))).pipe(
    Effect.as(true),
    Effect.catchTag("PlayerUnknown", () => Effect.succeed(false))
  )
})

/** Whose player was erased before is still to be forgotten as a user, if the last attempt ended between the two. */
const eraseBoth = Effect.fnUntraced(function*(text: string) {
  const id = yield* playerIdOf(text)
  const wasPlayer = yield* forget(id)
  const wasUser = yield* Identity.use((identity) => identity.erase(id))
  if (!wasPlayer && !wasUser) return yield* new PlayerUnknown({ player: text })
  return id
})

/** What would be lost. */
const outlook = Effect.fnUntraced(function*(text: string) {
  const id = yield* playerIdOf(text)
  const { openMinor, player } = yield* Players.use(({ status }) => status(id))
  return `${player.discordName} (${id}), to whom ${ban(openMinor)} BAN are owed`
})

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json, player, yes }: Input) {
  if (!yes) {
    const who = yield* withFaucet(outlook(player))
    return yield* failed(`this would erase ${who}, for good: say --yes to do it`)
  }
  const chosen = yield* settings
  const id = yield* withFaucet(Effect.provide(eraseBoth(player), layerUsers(chosen)))
  yield* print(json, { erased: true, player_id: id }, `erased; payouts stay in the books under ${id}`)
})
