/** Sets up what a sign-in needs: a migrated database, Discord's sandbox with the real client, and identity between them. */
import { describe, layer, type Vitest } from "@effect/vitest"
import { Identity, type LoginCallback, type LoginFinished } from "@purser/domain/identity"
import { type DatabaseTarget, IdentityBetterAuth, type IdentityOptions } from "@purser/identity"
import { Discord, DiscordId } from "@purser/integrations/discord"
import { demoPlayers, DiscordSandbox } from "@purser/integrations/discord/sandbox"
import { Database, Migrations } from "@purser/storage"
import { temporaryPath, temporaryPostgres } from "@purser/storage/testing"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { randomBytes } from "node:crypto"
import { inject } from "vitest"
import { type AtDiscord, Browser, goToDiscord } from "./Browser.ts"

const [ada, ben, cleo] = demoPlayers
/** Users of the sandbox: two members of the guild, and one who is none. */
export const users = { ada: ada!.discordId, ben: ben!.discordId, cleo: cleo!.discordId }

const guildId = DiscordId.make("900000000000000001")
const application = { id: "100000000000000001", secret: Redacted.make("application-secret") }
const publicUrl = "http://127.0.0.1:8443"

/** A key for second factors. */
export const sealingKey = (id: string) => ({ id, secret: Redacted.make(new Uint8Array(randomBytes(32))) })

/** What identity was started with, so that a test can start another with something changed. */
export class Options extends Context.Service<Options, IdentityOptions>()("test/Options") {}

const makeOptions = (database: DatabaseTarget) =>
  Effect.gen(function*() {
    const { apiUrl, authorizeUrl } = yield* DiscordSandbox
    const discord = yield* Discord
    return Options.of({
      publicUrl,
      cookieSecret: Redacted.make(randomBytes(32).toString("base64url")),
      secondFactorKeys: [sealingKey("k1")],
      issuer: "Purser of tests",
      adminDiscordIds: new Set<string>([users.ben]),
      database,
      discord: {
        clientId: application.id,
        clientSecret: application.secret,
        authorizeUrl,
        tokenUrl: `${apiUrl}/oauth2/token`,
        userOf: (token) =>
          Effect.map(discord.userOf(token), ({ globalName, id, username }) => ({ id, name: globalName ?? username })),
        memberOf: (token) =>
          Effect.map(discord.memberOf(token, guildId), ({ _tag }) => _tag === "Member" ? "member" : "not_member"),
        revoke: discord.revoke
      }
    })
  })

const sandbox = DiscordSandbox.layer({
  host: "127.0.0.1",
  port: 0,
  application,
  redirectUris: [`${publicUrl}/auth/discord/callback`, "https://purser.example/auth/discord/callback"],
  guildId,
  botToken: Redacted.make("bot-token"),
  demo: true
})

const client = Layer.unwrap(Effect.map(DiscordSandbox, ({ apiUrl }) => Discord.layer({ apiUrl, application })))

/** Everything on a stage. */
export type Stage = Database.Services | DiscordSandbox | Discord | Options | Identity

const stageOn = (target: DatabaseTarget, books: Layer.Layer<Database.Services, unknown>): Layer.Layer<Stage> => {
  const migrated = Layer.provideMerge(Layer.effectDiscard(Migrations.run), books)
  const started = Layer.unwrap(Effect.map(Options, IdentityBetterAuth.layer))
  return started.pipe(
    Layer.provideMerge(Layer.effect(Options, makeOptions(target))),
    Layer.provideMerge(client),
    Layer.provideMerge(sandbox),
    Layer.provideMerge(migrated),
    Layer.orDie
  )
}

/** On PostgreSQL, where it may share its database with others. */
export const postgresStage = (place: { readonly schema?: string } = {}): Layer.Layer<Stage> =>
  Layer.unwrap(Effect.map(temporaryPostgres(inject("postgresUrl")), (own) => {
    const server = { url: Redacted.make(own), ...place }
    return stageOn({ dialect: "postgres", ...server }, Database.layerPostgres({ ...server, maxConnections: 2 }))
  }))

/** Both kinds of database. */
export const stages = (): Readonly<Record<"on SQLite" | "on PostgreSQL", Layer.Layer<Stage>>> => ({
  "on SQLite": Layer.unwrap(
    Effect.map(temporaryPath, (path) => stageOn({ dialect: "sqlite", path }, Database.layerSqlite({ path })))
  ),
  "on PostgreSQL": postgresStage()
})

/** Runs a suite on both. Tests of one place share users, so that each looks at its own browser only. */
export const onBothDatabases = (title: string, suite: (it: Vitest.MethodsNonLive<Stage>) => void): void => {
  for (const [place, stage] of Object.entries(stages())) {
    describe(`${title}, ${place}`, () => {
      layer(stage, { excludeTestServices: true })(suite)
    })
  }
}

/** Begins a sign-in and comes back from Discord, with the browser's cookies as they are then. */
export const comeBack = (browser: Browser, atDiscord: AtDiscord, returnTo?: string) =>
  Effect.gen(function*() {
    const identity = yield* Identity
    const { location, setCookies } = yield* identity.beginLogin({ returnTo })
    browser.keep(setCookies)
    const answer = yield* Effect.promise(() => goToDiscord(location, atDiscord))
    return { ...answer, cookieHeader: browser.header } satisfies LoginCallback
  })

/** Signs a user in. */
export const signIn = (browser: Browser, user: string, returnTo?: string) =>
  Effect.gen(function*() {
    const callback = yield* comeBack(browser, { user }, returnTo)
    const finished: LoginFinished = yield* Identity.use((identity) => identity.finishLogin(callback))
    browser.keep(finished.setCookies)
    return finished
  })

/** A browser in which a user is signed in. */
export const signedIn = (user: string) =>
  Effect.gen(function*() {
    const browser = new Browser()
    const { signedIn } = yield* signIn(browser, user)
    return { browser, session: signedIn }
  })

/** Why a sign-in or a second factor is refused. */
export const reasonOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (error) => (error as { readonly reason?: string }).reason ?? String(error))
