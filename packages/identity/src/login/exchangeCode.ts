/** Exchanges the code that a browser brought for an access token of Discord (RFC 6749, section 4.1.3; RFC 7636). */
import { LoginRefused } from "@purser/domain/identity"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { DiscordApplication } from "../IdentityOptions.ts"

/** What has to be shown with the code: where the browser was sent back to, and what only who began can know. */
export interface CodeProof {
  readonly code: string
  readonly codeVerifier: string
  readonly redirectUri: string
}

const Tokens = Schema.Struct({
  access_token: Schema.String.check(Schema.isNonEmpty()),
  token_type: Schema.String.check(Schema.isPattern(/^bearer$/iu))
})
const decode = Schema.decodeUnknownOption(Tokens)

const unavailable = new LoginRefused({ reason: "ProviderUnavailable" })
const defaultTimeoutMillis = 10_000

/** Whether the code is the trouble and not we: to be refused ourselves, as `invalid_client`, is an outage. */
const isAboutCode = (body: unknown): boolean => (body as { readonly error?: unknown } | null)?.error === "invalid_grant"

const basic = ({ clientId, clientSecret }: DiscordApplication): string =>
  `Basic ${
    Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(Redacted.value(clientSecret))}`).toString(
      "base64"
    )
  }`

/**
 * The access token. Never asked twice for one code. Fails with `CodeRefused` when Discord does not know the code, or not
 * with this proof, and with `ProviderUnavailable` for anything else.
 */
export const exchangeCode = (
  application: DiscordApplication,
  { code, codeVerifier, redirectUri }: CodeProof
): Effect.Effect<Redacted.Redacted, LoginRefused> =>
  Effect.gen(function*() {
    const { status, body } = yield* Effect.tryPromise({
      try: async (signal) => {
        const response = await fetch(application.tokenUrl, {
          method: "POST",
          redirect: "error",
          signal: AbortSignal.any([signal, AbortSignal.timeout(application.timeoutMillis ?? defaultTimeoutMillis)]),
          headers: { accept: "application/json", authorization: basic(application) },
          body: new URLSearchParams({
            grant_type: "authorization_code",
            code,
            redirect_uri: redirectUri,
            code_verifier: codeVerifier
          })
        })
        return { status: response.status, body: await response.json() as unknown }
      },
      catch: () => unavailable
    })
    if (isAboutCode(body)) return yield* new LoginRefused({ reason: "CodeRefused" })
    const tokens = status === 200 ? decode(body) : undefined
    return tokens?._tag === "Some" ? Redacted.make(tokens.value.access_token) : yield* unavailable
  })
