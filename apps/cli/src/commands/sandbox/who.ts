/** Finds whom a command of the sandbox means: users and Epic accounts, by id or by name. */
import { DiscordId } from "@purser/integrations/discord"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { failed } from "../../terminal/CommandFailed.ts"
import { explain } from "../../terminal/explain.ts"
import { discordControl, fortniteControl } from "./faucetControls.ts"

/** Somebody is meant by the whole name, or by its beginning where nobody else's begins like that. */
const named = <A>(all: ReadonlyArray<A>, text: string, nameOf: (one: A) => string): ReadonlyArray<A> => {
  const wanted = text.toLowerCase()
  const whole = all.filter((one) => nameOf(one).toLowerCase() === wanted)
  return whole.length > 0 ? whole : all.filter((one) => nameOf(one).toLowerCase().startsWith(wanted))
}

const oneOf = <A>(found: ReadonlyArray<A>, problem: string, names: ReadonlyArray<string>) =>
  found.length === 1 && found[0] !== undefined
    ? Effect.succeed(found[0])
    : Effect.fail(failed(`${problem}: the sandbox knows ${names.length === 0 ? "nobody" : names.join(", ")}`))

/** A user of Discord by id, also one whom the sandbox does not know, or by name. */
export const userIdOf = Effect.fnUntraced(function*(text: string) {
  if (Schema.is(DiscordId)(text)) return text
  const { users } = yield* explain((yield* discordControl).status)
  const { id } = yield* oneOf(
    named(users, text, ({ username }) => username),
    `${text} is neither a Discord id nor one user`,
    users.map(({ username }) => username)
  )
  return id
})

/** An Epic account of the sandbox by id or by name. */
export const accountOf = Effect.fnUntraced(function*(text: string) {
  const { players } = yield* explain((yield* fortniteControl).status)
  const known = players.filter(({ epicId }) => epicId === text.toLowerCase())
  return yield* oneOf(
    known.length > 0 ? known : named(players, text, ({ name }) => name),
    `${text} is not one Epic account`,
    players.map(({ epicId, name }) => `${name} (${epicId})`)
  )
})
