/** Answers the exchange of codes for tokens, and the revocation of tokens. */
import * as Redacted from "effect/Redacted"
import { json, type Said } from "../../../loopback/Answer.ts"
import type { Tokens } from "../Grants.ts"
import type { Request, Rooms } from "./Rooms.ts"

const refuse = (status: number, error: string): Said => json(status, JSON.stringify({ error }))

/** What the application says it is: by Basic, or in the form. */
const claimOf = ({ authorization }: Request, form: URLSearchParams): readonly [id: string, secret: string] => {
  const basic = /^Basic ([\w+/=-]+)$/iu.exec(authorization)?.[1]
  if (basic === undefined) return [form.get("client_id") ?? "", form.get("client_secret") ?? ""]
  const [id = "", secret = ""] = Buffer.from(basic, "base64").toString("utf8").split(":")
  return [id, secret]
}

/** The form of a proven application; why it is refused otherwise. */
const proven = (request: Request, { application }: Rooms): URLSearchParams | Said => {
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/iu.test(request.contentType)) {
    return refuse(400, "invalid_request")
  }
  const form = new URLSearchParams(request.body)
  const [id, secret] = claimOf(request, form)
  return id === application.id && secret === Redacted.value(application.secret) ? form : refuse(401, "invalid_client")
}

const told = ({ accessToken, consent, expiresInSeconds, refreshToken }: Tokens): Said =>
  json(
    200,
    JSON.stringify({
      token_type: "Bearer",
      access_token: accessToken,
      expires_in: expiresInSeconds,
      refresh_token: refreshToken,
      scope: consent.scopes.join(" ")
    })
  )

/** Exchanges a code, which proves nothing a second time. */
export const exchangeCode = (request: Request, rooms: Rooms): Said => {
  const form = proven(request, rooms)
  if (!(form instanceof URLSearchParams)) return form
  if (form.get("grant_type") !== "authorization_code") return refuse(400, "unsupported_grant_type")
  const proof = {
    code: form.get("code") ?? "",
    redirectUri: form.get("redirect_uri") ?? "",
    verifier: form.get("code_verifier")
  }
  const tokens = rooms.grants.exchange(proof, request.nowMillis)
  return tokens === undefined ? refuse(400, "invalid_grant") : told(tokens)
}

/** Revokes; an unknown token is no error. */
export const revokeToken = (request: Request, rooms: Rooms): Said => {
  const form = proven(request, rooms)
  if (!(form instanceof URLSearchParams)) return form
  const token = form.get("token")
  if (token === null) return refuse(400, "invalid_request")
  rooms.grants.revoke(token)
  return json(200, "{}")
}
