/** Answers as Discord does: finds what is asked for, and does it or goes wrong. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { type Asked, json, type Said } from "../../../loopback/Answer.ts"
import { type Faults, spoil } from "../../../loopback/Faults.ts"
import type { Handler } from "../../../loopback/listen.ts"
import type { SandboxFault } from "../SandboxOperations.ts"
import { authorize } from "./authorize.ts"
import { memberForBot, ownMember, ownUser } from "./lookUps.ts"
import type { Request, Rooms } from "./Rooms.ts"
import { exchangeCode, revokeToken } from "./tokens.ts"

/** What is asked for by its method and path; the groups of the path are what it names. */
type Route = readonly [pattern: RegExp, answer: (request: Request, rooms: Rooms, named: ReadonlyArray<string>) => Said]

const routes: ReadonlyArray<Route> = [
  [/^GET (?:\/api)?\/oauth2\/authorize$/u, authorize],
  [/^POST \/api\/oauth2\/token$/u, exchangeCode],
  [/^POST \/api\/oauth2\/token\/revoke$/u, revokeToken],
  [/^GET \/api\/users\/@me$/u, ownUser],
  [
    /^GET \/api\/users\/@me\/guilds\/(\d+)\/member$/u,
    (request, rooms, [guildId = ""]) => ownMember(request, rooms, guildId)
  ],
  [
    /^GET \/api\/guilds\/(\d+)\/members\/(\d+)$/u,
    (request, rooms, [guildId = "", userId = ""]) => memberForBot(request, rooms, { guildId, userId })
  ]
]

const nowhere = json(404, JSON.stringify({ message: "404: Not Found", code: 0 }))

const answerTo = (request: Request, rooms: Rooms): Said => {
  for (const [pattern, answer] of routes) {
    const found = pattern.exec(`${request.method} ${request.path}`)
    if (found !== null) return answer(request, rooms, found.slice(1))
  }
  return nowhere
}

/** Versions are all the same here. */
const requestOf = ({ authorization = "", body, contentType, method, path }: Asked, nowMillis: number): Request => {
  const [bare = "", ...query] = path.split("?")
  return {
    method,
    path: bare.replace(/^\/api\/v\d+\//u, "/api/"),
    query: new URLSearchParams(query.join("?")),
    authorization,
    contentType,
    body,
    nowMillis
  }
}

/** The handler of everything that Discord answers. */
export const answerDiscord = (rooms: Rooms, faults: Faults<SandboxFault>): Handler => (asked) =>
  Effect.gen(function*() {
    const request = requestOf(asked, yield* Clock.currentTimeMillis)
    const struck = yield* faults.strike(request.path)
    return yield* spoil(struck, Effect.sync(() => answerTo(request, rooms)))
  })
