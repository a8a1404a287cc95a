/** Verifies a player now. */
import { FaucetAdmin } from "@purser/domain/faucet"
import * as Effect from "effect/Effect"
import { discordIdOf } from "../../faucet/given.ts"
import { playerJson } from "../../faucet/shown.ts"
import { operator, withFaucet } from "../../faucet/withFaucet.ts"
import { print } from "../../terminal/output.ts"

interface Input {
  readonly discordId: string
  readonly json: boolean
}

const memberships = { member: "on the server", left: "not on the server", unknown: "on the server or not: unknown" }

/** What the command does. */
export const run = Effect.fnUntraced(function*({ discordId, json }: Input) {
  const id = yield* discordIdOf(discordId)
  const player = yield* withFaucet(FaucetAdmin.use(({ reverify }) => reverify(operator, id)))
  const { discordName, epicId, link, membership } = player
  const links = { linked: `linked to ${epicId ?? "nobody"}`, not_linked: "no Epic account", unknown: "link unknown" }
  yield* print(json, playerJson(player), `${discordName}: ${memberships[membership]}, ${links[link]}`)
})
