/** Declares what answers of a sandbox are made from. */
import type * as Redacted from "effect/Redacted"
import type { DiscordApplication } from "../../DiscordOptions.ts"
import type { Grants } from "../Grants.ts"
import type { Guild } from "../Guild.ts"

/** The application and bot that are known, the users, and what was given out. */
export interface Rooms {
  readonly application: DiscordApplication
  readonly redirectUris: ReadonlyArray<string>
  readonly botToken: Redacted.Redacted<string>
  readonly guild: Guild
  readonly grants: Grants
}

/** A request with its address taken apart, at a moment. The path has no version in it. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly authorization: string
  readonly contentType: string
  readonly body: string
  readonly nowMillis: number
}
