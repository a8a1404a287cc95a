/** Reads whom a command means, and amounts of BAN. */
import { Players, PlayerUnknown } from "@purser/domain/faucet"
import { Amount, Asset } from "@purser/domain/money"
import { DiscordAccountId, PlayerId } from "@purser/domain/rewards"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { amountProblem } from "../commands/ledger/given.ts"
import { type CommandFailed, failed } from "../terminal/CommandFailed.ts"

/** The Discord account, checked. */
export const discordIdOf = (text: string): Effect.Effect<DiscordAccountId, CommandFailed> =>
  Effect.mapError(
    Schema.decodeUnknownEffect(DiscordAccountId)(text),
    () => failed(`${text} is not a Discord id, which has 17 to 20 digits`)
  )

/** Who is meant: somebody by Discord id, or else by the opaque id that payouts show. The latter may be nobody. */
export const playerIdOf = Effect.fnUntraced(function*(text: string) {
  if (Schema.is(DiscordAccountId)(text)) return (yield* Players.use(({ byDiscordId }) => byDiscordId(text))).id
  if (!Schema.is(PlayerId)(text)) return yield* new PlayerUnknown({ player: text })
  return text
})

/** The same where somebody was given. */
export const somePlayerId = (text: Option.Option<string>) =>
  Option.match(text, { onNone: () => Effect.succeed(undefined), onSome: playerIdOf })

/** Reads decimal text into minor units of BAN, exactly. */
export const banOption = (option: string, text: string): Effect.Effect<bigint, CommandFailed> =>
  Effect.fromResult(
    Result.mapError(Amount.parse(text, Asset.BAN), ({ why }) => failed(`${option}: ${amountProblem(why, Asset.BAN)}`))
  )
