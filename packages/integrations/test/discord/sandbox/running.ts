/** Runs sandboxes of Discord, and signs users in to them as a browser and an application do. */
import { Discord, DiscordId, type DiscordOptions } from "@purser/integrations/discord"
import { DiscordSandbox, type RunningSandbox, type SandboxOptions } from "@purser/integrations/discord/sandbox"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { createHash } from "node:crypto"

/** An id of the time when Discord was young, and others near it. */
export const idAt = (index: number): DiscordId => DiscordId.make(String(175_928_847_299_117_000n + BigInt(index)))

/** The guild of every sandbox here, its application, and where that has users sent back to. */
export const guildId = idAt(999)
export const application = { id: "42", secret: Redacted.make("a-secret-of-the-application") }
export const redirectUri = "http://127.0.0.1:9/back?from=discord"
export const botToken = Redacted.make("a-secret-of-the-bot")

/** A user of the sandboxes here. */
export const jonesy = { id: idAt(1), username: "jonesy", globalName: "Jonesy" }

/** Runs a sandbox and a client of it for as long as the effect takes. */
export const withSandbox = <A, E, R>(
  use: (sandbox: RunningSandbox, discord: Discord["Service"]) => Effect.Effect<A, E, R>,
  client: Partial<DiscordOptions> = {},
  change: Partial<SandboxOptions> = {}
) =>
  DiscordSandbox.use((sandbox) =>
    Discord.use((discord) => use(sandbox, discord)).pipe(
      Effect.provide(
        Discord.layer({ apiUrl: `${sandbox.apiUrl}/v10/`, application, botToken, timeoutMillis: 20_000, ...client }),
        { local: true }
      )
    )
  ).pipe(Effect.provide(
    DiscordSandbox.layer({
      host: "127.0.0.1",
      port: 0,
      application,
      redirectUris: [redirectUri],
      guildId,
      botToken,
      ...change
    }),
    { local: true }
  ))

/** A verifier of PKCE, and what is sent ahead of it. */
export const verifier = "v".repeat(43)
const challenge = createHash("sha256").update(verifier).digest("base64url")

/** Fields of a form or an address, changed or left out. */
export type Fields = Readonly<Record<string, string | undefined>>

const given = (fields: Fields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => value === undefined ? [] : [[name, value]]))

/** Opens the page of consent as a browser does, with some fields of its address changed or left out. */
export const openConsent = (sandbox: RunningSandbox, change: Fields = {}): Effect.Effect<Response> => {
  const query = new URLSearchParams(given({
    response_type: "code",
    client_id: application.id,
    redirect_uri: redirectUri,
    scope: "identify guilds.members.read",
    state: "a state & more",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...change
  }))
  return Effect.promise(() => fetch(`${sandbox.authorizeUrl}?${query}`, { redirect: "manual" }))
}

/** The fields that come back to the application. */
export const sentBack = (response: Response): URLSearchParams => new URL(response.headers.get("location")!).searchParams

/** The code of a user who consents. */
export const codeFor = (sandbox: RunningSandbox, userId: DiscordId, change: Fields = {}): Effect.Effect<string> =>
  Effect.map(
    openConsent(sandbox, { sandbox_user: userId, ...change }),
    (response) => sentBack(response).get("code")!
  )

const secret = Redacted.value(application.secret)

/** Brings a code, with some fields changed or left out. */
export const bringCode = (sandbox: RunningSandbox, code: string, change: Fields = {}) =>
  Effect.promise(async () => {
    const body = new URLSearchParams(given({
      grant_type: "authorization_code",
      client_id: application.id,
      client_secret: secret,
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...change
    }))
    const response = await fetch(`${sandbox.apiUrl}/oauth2/token`, { method: "POST", body })
    return { status: response.status, answer: await response.json() as Readonly<Record<string, string>> }
  })

/** The access token of a user who signs in. */
export const signIn = Effect.fnUntraced(function*(sandbox: RunningSandbox, userId: DiscordId, change: Fields = {}) {
  const { answer } = yield* bringCode(sandbox, yield* codeFor(sandbox, userId, change))
  return Redacted.make(answer["access_token"]!)
})
