/** Answers look-ups of users and members. */
import * as Redacted from "effect/Redacted"
import { json, type Said } from "../../../loopback/Answer.ts"
import type { DiscordUser } from "../../Discord.ts"
import { refusalCode } from "../../Wire.ts"
import type { Guild } from "../Guild.ts"
import type { Request, Rooms } from "./Rooms.ts"

const refuse = (status: number, code: number, message: string): Said => json(status, JSON.stringify({ message, code }))

const unauthorized = refuse(401, 0, "401: Unauthorized")
const missingAccess = refuse(403, 50_001, "Missing Access")
const unknownGuild = refuse(404, refusalCode.unknownGuild, "Unknown Guild")

const wireUser = ({ globalName, id, username }: DiscordUser) => ({
  id,
  username,
  discriminator: "0",
  global_name: globalName,
  avatar: null,
  bot: false
})

const memberAnswer = (user: DiscordUser, joinedAtMillis: number): Said =>
  json(
    200,
    JSON.stringify({
      user: wireUser(user),
      nick: null,
      avatar: null,
      roles: [],
      joined_at: new Date(joinedAtMillis).toISOString(),
      deaf: false,
      mute: false,
      flags: 0,
      pending: false,
      communication_disabled_until: null
    })
  )

/** The user whose token it is; why there is none otherwise. */
const bearerOf = (
  { authorization, nowMillis }: Request,
  { grants, guild }: Rooms,
  scope: string
): DiscordUser | Said => {
  const token = /^Bearer (\S+)$/iu.exec(authorization)?.[1] ?? ""
  const consent = grants.consentOf(token, nowMillis)
  const user = guild.users.get(consent?.userId ?? "")
  if (consent === undefined || user === undefined) return unauthorized
  return consent.scopes.includes(scope) ? user : missingAccess
}

/** `GET /users/@me` */
export const ownUser = (request: Request, rooms: Rooms): Said => {
  const user = bearerOf(request, rooms, "identify")
  return "_tag" in user ? user : json(200, JSON.stringify(wireUser(user)))
}

/** `GET /users/@me/guilds/{guild.id}/member`: whoever is not in the guild is told that there is none. */
export const ownMember = (request: Request, rooms: Rooms, guildId: string): Said => {
  const user = bearerOf(request, rooms, "guilds.members.read")
  if ("_tag" in user) return user
  const joinedAtMillis = guildId === rooms.guild.id ? rooms.guild.joinedAtMillis.get(user.id) : undefined
  return joinedAtMillis === undefined ? unknownGuild : memberAnswer(user, joinedAtMillis)
}

const memberOf = ({ joinedAtMillis, users }: Guild, userId: string): Said => {
  const user = users.get(userId)
  if (user === undefined) return refuse(404, refusalCode.unknownUser, "Unknown User")
  const joined = joinedAtMillis.get(userId)
  return joined === undefined
    ? refuse(404, refusalCode.unknownMember, "Unknown Member")
    : memberAnswer(user, joined)
}

/** `GET /guilds/{guild.id}/members/{user.id}`, for the bot. */
export const memberForBot = (
  { authorization }: Request,
  { botToken, guild }: Rooms,
  { guildId, userId }: { readonly guildId: string; readonly userId: string }
): Said => {
  if (authorization !== `Bot ${Redacted.value(botToken)}`) return unauthorized
  return guildId === guild.id ? memberOf(guild, userId) : unknownGuild
}
