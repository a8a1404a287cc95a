/** Answers the page that users are sent to for their consent. */
import { html, redirect, type Said } from "../../../loopback/Answer.ts"
import { consentPage, refusalPage } from "./page.ts"
import type { Request, Rooms } from "./Rooms.ts"

const knownScopes: ReadonlySet<string> = new Set(["identify", "email", "guilds", "guilds.members.read"])

/** Fields of our own in the query: who consents, or that they do not. */
const ownFields = ["sandbox_user", "sandbox_deny"]

const scopesOf = (query: URLSearchParams): ReadonlyArray<string> =>
  (query.get("scope") ?? "").split(" ").filter((scope) => scope !== "")

/** Why the question is no good, as OAuth names it. */
const errorOf = (query: URLSearchParams): string | undefined => {
  if (query.get("response_type") !== "code") return "unsupported_response_type"
  const scopes = scopesOf(query)
  if (scopes.length === 0 || !scopes.every((scope) => knownScopes.has(scope))) return "invalid_scope"
  return query.has("code_challenge") && query.get("code_challenge_method") !== "S256" ? "invalid_request" : undefined
}

const back = (query: URLSearchParams, fields: Readonly<Record<string, string>>): Said => {
  const target = new URL(query.get("redirect_uri") ?? "")
  for (const [name, value] of Object.entries(fields)) target.searchParams.set(name, value)
  const state = query.get("state")
  if (state !== null) target.searchParams.set("state", state)
  return redirect(target.href)
}

const consented = ({ nowMillis, query }: Request, { grants, guild }: Rooms, userId: string): Said => {
  const user = guild.users.get(userId)
  if (user === undefined) return html(400, refusalPage("The sandbox has no such user."))
  const terms = { redirectUri: query.get("redirect_uri") ?? "", challenge: query.get("code_challenge") }
  return back(query, { code: grants.issueCode({ userId: user.id, scopes: scopesOf(query) }, terms, nowMillis) })
}

/** A page, or the way back: with a code when `sandbox_user` consents, with an error when `sandbox_deny` is there. */
export const authorize = (request: Request, rooms: Rooms): Said => {
  const { query } = request
  if (query.get("client_id") !== rooms.application.id) return html(400, refusalPage("No such application."))
  // Nobody is ever sent to an address that the application did not name beforehand.
  if (!rooms.redirectUris.includes(query.get("redirect_uri") ?? "")) {
    return html(400, refusalPage("The application has no such redirect_uri."))
  }
  const error = errorOf(query)
  if (error !== undefined) return back(query, { error })
  if (query.has("sandbox_deny")) return back(query, { error: "access_denied" })
  const userId = query.get("sandbox_user")
  if (userId !== null) return consented(request, rooms, userId)
  const kept = new URLSearchParams([...query].filter(([name]) => !ownFields.includes(name)))
  return html(200, consentPage({ query: kept, scopes: scopesOf(query), users: rooms.guild.users.values() }))
}
