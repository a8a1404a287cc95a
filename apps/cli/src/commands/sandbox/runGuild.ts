/** Moves users of the sandbox in and out of the server, and links their Epic accounts. */
import type { DiscordId } from "@purser/integrations/discord"
import * as Effect from "effect/Effect"
import { explain } from "../../terminal/explain.ts"
import { print } from "../../terminal/output.ts"
import { discordControl, fortniteControl, yuniteControl } from "./faucetControls.ts"
import { accountOf, userIdOf } from "./who.ts"

interface Given {
  readonly user: string
  readonly json: boolean
}

interface Named extends Given {
  readonly name: string | undefined
}

/** Somebody whom Discord does not know is made first. */
const known = Effect.fnUntraced(function*(id: DiscordId, name: string | undefined) {
  const discord = yield* discordControl
  const { users } = yield* explain(discord.status)
  const user = users.find((one) => one.id === id)
  if (user !== undefined && name === undefined) return user.username
  const username = name ?? `user-${id.slice(-4)}`
  yield* explain(discord.addUser({ id, username, globalName: name ?? user?.globalName ?? null }))
  return username
})

/** Joins the server, for Discord and for Yunite. */
export const join = Effect.fnUntraced(function*({ json, name, user }: Named) {
  const userId = yield* userIdOf(user)
  const username = yield* known(userId, name)
  yield* explain((yield* discordControl).join({ userId }))
  yield* explain((yield* yuniteControl).join(userId))
  yield* print(json, { discord_id: userId, membership: "member" }, `${username} (${userId}) is on the server`)
})

/** Leaves it, for both. The link is kept. */
export const leave = Effect.fnUntraced(function*({ json, user }: Given) {
  const userId = yield* userIdOf(user)
  yield* explain((yield* discordControl).leave(userId))
  yield* explain((yield* yuniteControl).leave(userId))
  yield* print(json, { discord_id: userId, membership: "left" }, `${userId} has left the server`)
})

const isEpicId = (text: string): boolean => /^[0-9a-f]{32}$/iu.test(text)

/** The account; one that is new has stats that everybody sees. */
const account = Effect.fnUntraced(function*(text: string, name: string | undefined) {
  if (!isEpicId(text)) return yield* accountOf(text)
  const epicId = text.toLowerCase()
  const fortnite = yield* fortniteControl
  const { players } = yield* explain(fortnite.status)
  const one = players.find((player) => player.epicId === epicId)
  if (one !== undefined && name === undefined) return one
  const changed = { epicId, name: name ?? `player-${epicId.slice(0, 4)}` }
  yield* explain(fortnite.setPlayer(changed))
  return changed
})

/** Links an account. */
export const link = Effect.fnUntraced(function*(
  { account: text, json, name, user }: Named & { readonly account: string }
) {
  const userId = yield* userIdOf(user)
  const { epicId, name: epicName } = yield* account(text, name)
  yield* explain((yield* yuniteControl).link(userId, { epicId, epicName }))
  yield* print(
    json,
    { discord_id: userId, epic_account_id: epicId, epic_name: epicName },
    `${userId} has linked ${epicName} (${epicId})`
  )
})

/** Takes the link away. */
export const unlink = Effect.fnUntraced(function*({ json, user }: Given) {
  const userId = yield* userIdOf(user)
  yield* explain((yield* yuniteControl).unlink(userId))
  yield* print(json, { discord_id: userId, link: "not_linked" }, `${userId} has linked nothing`)
})
