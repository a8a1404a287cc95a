/** Recognises, lists and ends sessions, and keeps no token of Discord. */
import { assert } from "@effect/vitest"
import { Identity, type SessionId } from "@purser/domain/identity"
import { IdentityBetterAuth } from "@purser/identity"
import { DiscordSandbox } from "@purser/integrations/discord/sandbox"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql/SqlClient"
import { afterEach, vi } from "vitest"
import { Browser } from "./support/Browser.ts"
import { comeBack, onBothDatabases, Options, signedIn, signIn, users } from "./support/stage.ts"

const tables = [
  "identity_user",
  "identity_session",
  "identity_account",
  "identity_verification",
  "identity_second_factor",
  "identity_used_state"
]

const who = (header: string | undefined) => Identity.use((identity) => identity.session(header))

const isKnown = (browser: Browser) => Effect.map(who(browser.header), Option.isSome)

const nowMillis = () => performance.timeOrigin + performance.now()
const dayMillis = 86_400_000

afterEach(() => {
  vi.useRealTimers()
})

onBothDatabases("RW-1 sessions", (it) => {
  it.effect("are recognised by their cookie, and set none while they are new", () =>
    Effect.gen(function*() {
      const { browser, session } = yield* signedIn(users.ada)
      const { setCookies, signedIn: found } = Option.getOrThrow(yield* who(browser.header))
      assert.deepStrictEqual(found, session)
      assert.deepStrictEqual(setCookies, [])
    }))

  it.effect("are not recognised without cookie, by one that is made up, or by what the database holds", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      const { browser, session } = yield* signedIn(users.ada)
      const [row] = yield* sql<
        { readonly token: string }
      >`SELECT token FROM identity_session WHERE id = ${session.sessionId}`
      const value = browser.valueOf("session_token") ?? ""
      assert.include(decodeURIComponent(value), row!.token)
      assert.isTrue(Option.isNone(yield* who(undefined)))
      for (
        const planted of [row!.token, `${row!.token}.`, session.sessionId, "xyz", "", value.slice(0, -1), `${value}x`]
      ) {
        const thief = browser.copy()
        thief.plant("session_token", planted)
        assert.isFalse(yield* isKnown(thief), planted)
      }
    }))

  it.effect("of another installation's secret are not recognised", () =>
    Effect.gen(function*() {
      const options = yield* Options
      const { browser } = yield* signedIn(users.ada)
      const other = IdentityBetterAuth.layer({
        ...options,
        cookieSecret: Redacted.make("another secret, also long enough to be one")
      })
      const found = yield* Effect.provide(who(browser.header), other, { local: true })
      assert.isTrue(Option.isNone(found))
    }))

  it.effect("end at once when they are revoked, also for another process", () =>
    Effect.gen(function*() {
      const options = yield* Options
      const identity = yield* Identity
      const { browser, session } = yield* signedIn(users.ada)
      const stays = yield* signedIn(users.ada)
      const listed = (yield* identity.sessionsOf(session.userId)).map(({ sessionId }) => sessionId)
      assert.includeMembers(listed, [session.sessionId, stays.session.sessionId])
      const elsewhere = IdentityBetterAuth.layer(options)
      const revoked = yield* Effect.provide(
        Identity.use((other) => other.revokeSession(session.userId, session.sessionId)),
        elsewhere,
        { local: true }
      )
      assert.isTrue(revoked)
      assert.isFalse(yield* isKnown(browser))
      assert.isTrue(yield* isKnown(stays.browser))
      assert.isFalse(yield* identity.revokeSession(session.userId, session.sessionId))
    }))

  it.effect("are revoked by their owner only", () =>
    Effect.gen(function*() {
      const identity = yield* Identity
      const { browser, session } = yield* signedIn(users.ada)
      const other = yield* signedIn(users.ben)
      assert.isFalse(yield* identity.revokeSession(other.session.userId, session.sessionId))
      assert.isFalse(yield* identity.revokeSession(session.userId, "none" as SessionId))
      assert.isTrue(yield* isKnown(browser))
    }))

  it.effect("of one user all end together", () =>
    Effect.gen(function*() {
      const identity = yield* Identity
      const one = yield* signedIn(users.cleo)
      const two = yield* signedIn(users.cleo)
      const other = yield* signedIn(users.ben)
      assert.strictEqual(yield* identity.revokeAllSessions(one.session.userId), 2)
      assert.deepStrictEqual(yield* identity.sessionsOf(one.session.userId), [])
      assert.isFalse((yield* isKnown(one.browser)) || (yield* isKnown(two.browser)))
      assert.isTrue(yield* isKnown(other.browser))
    }))

  it.effect("end with the logout, and the browser's cookies go", () =>
    Effect.gen(function*() {
      const identity = yield* Identity
      const { browser } = yield* signedIn(users.ada)
      const thief = browser.copy()
      browser.keep(yield* identity.logout(browser.header))
      assert.isUndefined(browser.valueOf("session_token"))
      assert.isFalse(yield* isKnown(thief))
      yield* identity.logout(undefined)
      yield* identity.logout(thief.header)
    }))

  it.effect("last seven days from their last use, and no longer", () =>
    Effect.gen(function*() {
      const identity = yield* Identity
      const { browser, session } = yield* signedIn(users.ada)
      const [first] = (yield* identity.sessionsOf(session.userId)).filter(({ sessionId }) =>
        sessionId === session.sessionId
      )
      assert.approximately(first!.expiresAtMillis - first!.createdAtMillis, 7 * dayMillis, 1000)
      vi.useFakeTimers({ toFake: ["Date"], now: nowMillis() + 6 * dayMillis })
      const { setCookies } = Option.getOrThrow(yield* who(browser.header))
      assert.match(setCookies.find((line) => line.includes("session_token=")) ?? "", /; Max-Age=604800;/u)
      vi.setSystemTime(nowMillis() + 12.9 * dayMillis)
      assert.isTrue(yield* isKnown(browser))
      vi.setSystemTime(nowMillis() + 20 * dayMillis)
      assert.isFalse(yield* isKnown(browser))
    }))

  it.effect("leave nothing behind once they have ended, when somebody else signs in", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      const { session } = yield* signedIn(users.ada)
      const rows = sql`SELECT id FROM identity_session WHERE id = ${session.sessionId}`
      vi.useFakeTimers({ toFake: ["Date"], now: nowMillis() + 6.9 * dayMillis })
      yield* signedIn(users.ben)
      assert.strictEqual((yield* rows).length, 1)
      vi.setSystemTime(nowMillis() + 7.1 * dayMillis)
      yield* signedIn(users.ben)
      assert.strictEqual((yield* rows).length, 0)
    }))

  it.effect("know of an admin's rights at once", () =>
    Effect.gen(function*() {
      const identity = yield* Identity
      const { browser, session } = yield* signedIn(users.ada)
      const roles = Effect.map(who(browser.header), (found) => Option.getOrThrow(found).signedIn.roles)
      assert.isTrue(yield* identity.grantAdmin(session.userId, true))
      assert.isTrue((yield* roles).has("admin"))
      assert.isTrue(yield* identity.grantAdmin(session.userId, false))
      assert.isFalse((yield* roles).has("admin"))
      assert.isFalse(yield* identity.grantAdmin("nobody" as typeof session.userId, true))
    }))

  it.effect("hold neither addresses nor names of browsers, and no token of Discord is anywhere", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      const sandbox = yield* DiscordSandbox
      const seen: Array<string> = []
      const real = globalThis.fetch
      vi.stubGlobal("fetch", async (...asked: Parameters<typeof fetch>) => {
        const response = await real(...asked)
        if (String(asked[0]).endsWith("/oauth2/token")) {
          seen.push(...Object.values(await response.clone().json() as object).map(String))
        }
        return response
      })
      const browser = new Browser()
      const callback = yield* comeBack(browser, { user: users.ada })
      const { setCookies } = yield* Identity.use((identity) => identity.finishLogin(callback))
      vi.unstubAllGlobals()
      const rows = yield* Effect.forEach(tables, (table) => sql.unsafe(`SELECT * FROM ${table}`))
      const kept = JSON.stringify(rows, (_, value: unknown) => typeof value === "bigint" ? String(value) : value)
      const secrets = [...seen.filter((text) => text.length > 30), callback.code!, callback.state!]
      assert.strictEqual(secrets.length, 4)
      for (const secret of secrets) {
        assert.notInclude(kept, secret)
        assert.notInclude(decodeURIComponent(setCookies.join()), secret)
      }
      for (const { ip_address, user_agent } of rows[1] as ReadonlyArray<Record<string, unknown>>) {
        assert.deepStrictEqual([ip_address, user_agent], ["", ""])
      }
      assert.strictEqual((yield* sandbox.status).grants, 0)
    }))

  it.effect("and all else of a user go with the user", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      const identity = yield* Identity
      const { browser, session } = yield* signedIn(users.ada)
      yield* identity.enrolSecondFactor(session)
      assert.isTrue(yield* identity.erase(session.userId))
      assert.isFalse(yield* isKnown(browser))
      const rows = yield* Effect.forEach(tables, (table) => sql.unsafe(`SELECT * FROM ${table}`))
      const kept = JSON.stringify(rows, (_, value: unknown) => typeof value === "bigint" ? String(value) : value)
      assert.notInclude(kept, session.userId)
      assert.notInclude(kept, users.ada)
      assert.isFalse(yield* identity.erase(session.userId))
      const again = yield* signIn(new Browser(), users.ada)
      assert.notStrictEqual(again.signedIn.userId, session.userId)
    }))

  it.effect("refuse to keep a token even when somebody writes one", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      yield* signedIn(users.ada)
      for (const column of ["access_token", "refresh_token", "id_token", "password"]) {
        yield* Effect.flip(sql.unsafe(`UPDATE identity_account SET ${column} = 'secret'`))
      }
    }))
})
