/** Asks Discord who somebody is, and whether they are in a guild. */
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { fieldOf } from "../http/fieldOf.ts"
import { type Ask, makeAsk, type Question, type Told } from "./askDiscord.ts"
import {
  type DiscordError,
  DiscordMalformed,
  DiscordStatus,
  DiscordUnauthorized,
  DiscordUnknownGuild
} from "./DiscordError.ts"
import type { DiscordId } from "./DiscordId.ts"
import type { DiscordApplication, DiscordOptions } from "./DiscordOptions.ts"
import * as Wire from "./Wire.ts"

/** A token of somebody, which is never told. */
type Token = Redacted.Redacted<string>

/** Somebody. Only the id stays theirs. */
export interface DiscordUser {
  readonly id: DiscordId
  readonly username: string
  /** What others see; null where none was chosen. */
  readonly globalName: string | null
}

/** Somebody who is in a guild. */
export interface DiscordMember {
  readonly _tag: "Member"
  /** Null for guests. */
  readonly joinedAtMillis: number | null
  /** Whether the rules of the guild are still to be accepted. */
  readonly isPending: boolean
}

/** Discord. Every question can be asked twice. */
export class Discord extends Context.Service<Discord, {
  /** Whom the token belongs to. Needs the scope `identify`. */
  readonly userOf: (accessToken: Token) => Effect.Effect<DiscordUser, DiscordError>
  /** Whether the owner of the token is in the guild. Needs the scope `guilds.members.read`. */
  readonly memberOf: (
    accessToken: Token,
    guildId: DiscordId
  ) => Effect.Effect<DiscordMember | { readonly _tag: "NotMember" }, DiscordError>
  /** Whether a user is still in the guild, as its bot sees it. `Left` also stands for whoever never was, or is gone. */
  readonly member: (
    guildId: DiscordId,
    userId: DiscordId
  ) => Effect.Effect<DiscordMember | { readonly _tag: "Left" }, DiscordError | DiscordUnknownGuild>
  /** Ends a token, and with it all of its sign-in. One that is unknown or over is no failure. */
  readonly revoke: (token: Token) => Effect.Effect<void, DiscordError>
}>()("@purser/integrations/discord/Discord") {
  /** A client that stops all its questions when Discord wants none; that holds for one process. */
  static readonly layer = (options: DiscordOptions): Layer.Layer<Discord> =>
    Layer.effect(Discord, Effect.map(makeAsk(options), (ask) => clientOf(ask, options)))
}

const read = <A>(form: Schema.Decoder<A>, body: string): Effect.Effect<A, DiscordMalformed> =>
  Effect.mapError(
    Schema.decodeUnknownEffect(form)(body),
    (error) => new DiscordMalformed({ where: fieldOf(error) })
  )

const readMember = Effect.fnUntraced(function*(body: string, userId?: DiscordId) {
  const { joined_at, pending = false, user } = yield* read(Wire.Member, body)
  if (userId !== undefined && user !== undefined && user.id !== userId) {
    return yield* new DiscordMalformed({ where: "another user" })
  }
  const joinedAtMillis = joined_at === null ? null : DateTime.toEpochMillis(joined_at)
  return { _tag: "Member", joinedAtMillis, isPending: pending } as const
})

const unexpected = ({ code }: Extract<Told, { readonly _tag: "Missing" }>) => new DiscordStatus({ status: 404, code })

const bearer = (path: string, token: Token): Question => ({
  path,
  credential: "user",
  authorization: `Bearer ${Redacted.value(token)}`
})

const basic = ({ id, secret }: DiscordApplication): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(Redacted.value(secret))}`).toString("base64")}`

const { unknownGuild, unknownMember, unknownUser } = Wire.refusalCode

const memberOf = Effect.fnUntraced(function*(ask: Ask, accessToken: Token, guildId: DiscordId) {
  const answer = yield* ask(bearer(`/users/@me/guilds/${guildId}/member`, accessToken))
  if (answer._tag === "Found") return yield* readMember(answer.body)
  // To a user, a guild that they are not in does not exist.
  return answer.code === unknownGuild || answer.code === unknownMember
    ? { _tag: "NotMember" } as const
    : yield* unexpected(answer)
})

const userOf = Effect.fnUntraced(function*(ask: Ask, accessToken: Token) {
  const answer = yield* ask(bearer("/users/@me", accessToken))
  if (answer._tag === "Missing") return yield* unexpected(answer)
  const { global_name = null, id, username } = yield* read(Wire.User, answer.body)
  return { id, username, globalName: global_name }
})

const traced = <A, E>(name: string, effect: Effect.Effect<A, E>) =>
  Effect.withSpan(effect, `discord.${name}`, { kind: "client" })

const clientOf = (ask: Ask, { application, botToken }: DiscordOptions): Discord["Service"] => {
  const member = Effect.fnUntraced(function*(guildId: DiscordId, userId: DiscordId) {
    if (botToken === undefined) return yield* new DiscordUnauthorized({ credential: "bot" })
    const answer = yield* ask({
      path: `/guilds/${guildId}/members/${userId}`,
      credential: "bot",
      authorization: `Bot ${Redacted.value(botToken)}`
    })
    if (answer._tag === "Found") return yield* readMember(answer.body, userId)
    if (answer.code === unknownGuild) return yield* new DiscordUnknownGuild({ guildId })
    return answer.code === unknownMember || answer.code === unknownUser
      ? { _tag: "Left" } as const
      : yield* unexpected(answer)
  })
  const revoke = Effect.fnUntraced(function*(token: Token) {
    if (application === undefined) return yield* new DiscordUnauthorized({ credential: "application" })
    const answer = yield* ask({
      path: "/oauth2/token/revoke",
      credential: "application",
      authorization: basic(application),
      form: { token: Redacted.value(token) }
    })
    if (answer._tag === "Missing") return yield* unexpected(answer)
  })
  return {
    userOf: (accessToken) => traced("userOf", userOf(ask, accessToken)),
    memberOf: (accessToken, guildId) => traced("memberOf", memberOf(ask, accessToken, guildId)),
    member: (guildId, userId) => traced("member", member(guildId, userId)),
    revoke: (token) => traced("revoke", revoke(token))
  }
}
