/** Signs users in through Discord's sandbox, and tries every way in that others have found. */
import { assert } from "@effect/vitest"
import { Identity } from "@purser/domain/identity"
import { DiscordId } from "@purser/integrations/discord"
import { DiscordSandbox } from "@purser/integrations/discord/sandbox"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { SqlClient } from "effect/sql/SqlClient"
import { afterEach, vi } from "vitest"
import { Browser, goToDiscord } from "./support/Browser.ts"
import { comeBack, onBothDatabases, reasonOf, signedIn, signIn, users } from "./support/stage.ts"

const finish = (callback: Parameters<Identity["Service"]["finishLogin"]>[0]) =>
  Identity.use((identity) => identity.finishLogin(callback))

const who = (header: string | undefined) => Identity.use((identity) => identity.session(header))

afterEach(() => {
  vi.useRealTimers()
})

onBothDatabases("RW-1 sign-in", (it) => {
  it.effect("asks for two scopes with PKCE, and brings the user back", () =>
    Effect.gen(function*() {
      const identity = yield* Identity
      const { location } = yield* identity.beginLogin({ returnTo: "/me" })
      const asked = new URL(location).searchParams
      assert.strictEqual(asked.get("scope"), "identify guilds.members.read")
      assert.strictEqual(asked.get("code_challenge_method"), "S256")
      assert.match(asked.get("code_challenge") ?? "", /^[\w-]{43}$/u)
      assert.match(asked.get("state") ?? "", /^[\w-]{32}$/u)
      const { membership, returnTo, signedIn } = yield* signIn(new Browser(), users.ada, "/me/payouts?limit=1")
      assert.strictEqual(membership, "member")
      assert.strictEqual(returnTo, "/me/payouts?limit=1")
      assert.deepInclude(signedIn, {
        discordId: users.ada as never,
        discordName: "Ada",
        secondFactor: "none",
        secondFactorAtMillis: null
      })
      assert.notInclude(signedIn.userId, users.ada)
    }))

  it.effect("knows the same user again, and one of another id never", () =>
    Effect.gen(function*() {
      const first = yield* signedIn(users.ada)
      const again = yield* signedIn(users.ada)
      const other = yield* signedIn(users.ben)
      assert.strictEqual(first.session.userId, again.session.userId)
      assert.notStrictEqual(first.session.userId, other.session.userId)
    }))

  it.effect("registers a user once, however many browsers come at the same moment", () =>
    Effect.gen(function*() {
      const sandbox = yield* DiscordSandbox
      const id = DiscordId.make("800000000000000001")
      yield* sandbox.addUser({ id, username: "eve", globalName: null })
      const all = yield* Effect.forEach(Array.from({ length: 6 }), () => signedIn(id), { concurrency: "unbounded" })
      assert.strictEqual(new Set(all.map(({ session }) => session.userId)).size, 1)
      assert.strictEqual(new Set(all.map(({ session }) => session.sessionId)).size, 6)
    }))

  it.effect("tells members from others, and says when it does not know", () =>
    Effect.gen(function*() {
      const sandbox = yield* DiscordSandbox
      assert.strictEqual((yield* signIn(new Browser(), users.cleo)).membership, "not_member")
      yield* sandbox.fail([{ kind: "status", status: 403, path: "/api/users/@me/guilds", answers: 1 }])
      assert.strictEqual((yield* signIn(new Browser(), users.ada)).membership, "unknown")
    }))

  it.effect("makes admins of configured ids only, whatever others call themselves", () =>
    Effect.gen(function*() {
      const sandbox = yield* DiscordSandbox
      const id = DiscordId.make("800000000000000002")
      yield* sandbox.addUser({ id, username: users.ben, globalName: users.ben })
      assert.isTrue((yield* signedIn(users.ben)).session.roles.has("admin"))
      assert.isFalse((yield* signedIn(id)).session.roles.has("admin"))
    }))

  it.effect("refuses a state that has come back already, with a new code as well", () =>
    Effect.gen(function*() {
      const browser = new Browser()
      const { location, setCookies } = yield* Identity.use((identity) => identity.beginLogin({}))
      browser.keep(setCookies)
      const first = yield* Effect.promise(() => goToDiscord(location, { user: users.ada }))
      const second = yield* Effect.promise(() => goToDiscord(location, { user: users.ada }))
      const cookieHeader = browser.header
      yield* finish({ ...first, cookieHeader })
      assert.strictEqual(yield* reasonOf(finish({ ...first, cookieHeader })), "StateUsed")
      assert.strictEqual(yield* reasonOf(finish({ ...second, cookieHeader })), "StateUsed")
    }))

  it.effect("lets one of many through that come back with one state at the same moment", () =>
    Effect.gen(function*() {
      const browser = new Browser()
      const { location, setCookies } = yield* Identity.use((identity) => identity.beginLogin({}))
      browser.keep(setCookies)
      const codes = yield* Effect.forEach(
        Array.from({ length: 5 }),
        () => Effect.promise(() => goToDiscord(location, { user: users.ada }))
      )
      const ends = yield* Effect.forEach(
        codes,
        (code) => Effect.exit(finish({ ...code, cookieHeader: browser.header })),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(ends.filter(({ _tag }) => _tag === "Success").length, 1)
    }))

  it.effect("refuses the state of another browser, so that nobody is signed in as a stranger", () =>
    Effect.gen(function*() {
      const attacker = yield* comeBack(new Browser(), { user: users.ben })
      const victim = new Browser()
      assert.strictEqual(yield* reasonOf(finish({ ...attacker, cookieHeader: victim.header })), "StateMissing")
      yield* comeBack(victim, { user: users.ada })
      assert.strictEqual(yield* reasonOf(finish({ ...attacker, cookieHeader: victim.header })), "StateMismatch")
    }))

  it.effect("lets the browser go on that had the state of another pushed upon it", () =>
    Effect.gen(function*() {
      const attacker = yield* comeBack(new Browser(), { user: users.ben })
      const victim = new Browser()
      const callback = yield* comeBack(victim, { user: users.ada })
      yield* Effect.flip(finish({ ...attacker, cookieHeader: victim.header }))
      assert.strictEqual((yield* finish(callback)).signedIn.discordId, users.ada as never)
    }))

  it.effect("refuses states that are made up, missing or tampered with", () =>
    Effect.gen(function*() {
      const browser = new Browser()
      const callback = yield* comeBack(browser, { user: users.ada })
      for (const state of ["xyz", `${callback.state}x`, callback.state?.toUpperCase(), "a".repeat(32)]) {
        assert.strictEqual(yield* reasonOf(finish({ ...callback, state })), "StateMismatch")
      }
      for (const state of ["", undefined]) {
        assert.strictEqual(yield* reasonOf(finish({ ...callback, state })), "StateMissing")
      }
      const sealed = browser.valueOf("oauth_state") ?? ""
      for (const value of ["xyz", "", sealed.slice(0, -2), `${sealed.slice(0, -6)}AAAAAA`]) {
        browser.plant("oauth_state", value)
        const reason = yield* reasonOf(finish({ ...callback, cookieHeader: browser.header }))
        assert.include(["StateMismatch", "StateMissing"], reason)
      }
    }))

  it.effect("refuses a state after ten minutes, and takes it just before", () =>
    Effect.gen(function*() {
      const late = yield* comeBack(new Browser(), { user: users.ada })
      const intime = yield* comeBack(new Browser(), { user: users.ada })
      vi.useFakeTimers({ toFake: ["Date"], now: performance.timeOrigin + performance.now() + 595_000 })
      yield* finish(intime)
      vi.setSystemTime(performance.timeOrigin + performance.now() + 601_000)
      assert.strictEqual(yield* reasonOf(finish(late)), "StateExpired")
    }))

  it.effect("needs the verifier that only the browser's cookie has", () =>
    Effect.gen(function*() {
      const stolen = yield* comeBack(new Browser(), { user: users.ben })
      const browser = new Browser()
      const own = yield* comeBack(browser, { user: users.ada })
      // The code of somebody else's sign-in, brought with one's own state: the challenge was another.
      assert.strictEqual(yield* reasonOf(finish({ ...own, code: stolen.code })), "CodeRefused")
    }))

  it.effect("refuses codes that Discord does not know, and none at all", () =>
    Effect.gen(function*() {
      for (const code of ["made-up", undefined]) {
        const callback = yield* comeBack(new Browser(), { user: users.ada })
        assert.strictEqual(yield* reasonOf(finish({ ...callback, code })), "CodeRefused")
      }
    }))

  it.effect("says so when the user does not consent", () =>
    Effect.gen(function*() {
      const callback = yield* comeBack(new Browser(), { denies: true })
      assert.strictEqual(yield* reasonOf(finish(callback)), "Denied")
      // Without a state of this browser nothing that it says counts.
      assert.strictEqual(yield* reasonOf(finish({ ...callback, cookieHeader: undefined })), "StateMissing")
    }))

  it.effect("takes what else Discord says went wrong for an outage", () =>
    Effect.gen(function*() {
      for (const error of ["server_error", "temporarily_unavailable", "made up"]) {
        const callback = yield* comeBack(new Browser(), { denies: true })
        assert.strictEqual(yield* reasonOf(finish({ ...callback, error })), "ProviderUnavailable")
      }
    }))

  it.effect("says so when Discord does not answer, and holds nothing against anybody", () =>
    Effect.gen(function*() {
      const sandbox = yield* DiscordSandbox
      const faults = [
        { kind: "status", status: 503, path: "/api/oauth2/token" },
        { kind: "status", status: 401, path: "/api/oauth2/token" },
        { kind: "reset", path: "/api/oauth2/token" },
        { kind: "truncated", path: "/api/oauth2/token" },
        { kind: "status", status: 401, path: "/api/users/@me" },
        { kind: "truncated", path: "/api/users/@me" }
      ] as const
      for (const fault of faults) {
        const callback = yield* comeBack(new Browser(), { user: users.ada })
        yield* sandbox.fail([fault])
        assert.strictEqual(yield* reasonOf(finish(callback)), "ProviderUnavailable", JSON.stringify(fault))
        yield* sandbox.fail([])
      }
      yield* signedIn(users.ada)
    }))

  it.effect("returns to paths of ours only", () =>
    Effect.gen(function*() {
      const foreign = ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
      for (const wanted of [...foreign, undefined]) {
        assert.isNull((yield* signIn(new Browser(), users.ada, wanted)).returnTo)
      }
      assert.strictEqual((yield* signIn(new Browser(), users.ada, "/")).returnTo, "/")
    }))

  it.effect("begins a new session at every sign-in and ends the one before", () =>
    Effect.gen(function*() {
      const browser = new Browser()
      const first = yield* signIn(browser, users.ada)
      const planted = browser.copy()
      const second = yield* signIn(browser, users.ben)
      assert.notStrictEqual(second.signedIn.sessionId, first.signedIn.sessionId)
      assert.isTrue(Option.isNone(yield* who(planted.header)))
      const now = Option.getOrThrow(yield* who(browser.header))
      assert.strictEqual(now.signedIn.discordId, users.ben as never)
    }))

  it.effect("ties nobody to a user by e-mail or name", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      const sandbox = yield* DiscordSandbox
      const { session } = yield* signedIn(users.ada)
      const id = DiscordId.make("800000000000000003")
      yield* sandbox.addUser({ id, username: "ada", globalName: "Ada" })
      assert.notStrictEqual((yield* signedIn(id)).session.userId, session.userId)
      const other = DiscordId.make("800000000000000004")
      yield* sandbox.addUser({ id: other, username: "mallory", globalName: null })
      yield* sql`UPDATE identity_user SET email = ${`${other}@discord.invalid`} WHERE id = ${session.userId}`
      const callback = yield* comeBack(new Browser(), { user: other })
      assert.strictEqual((yield* Effect.flip(finish(callback)))._tag, "IdentityError")
      yield* sql`UPDATE identity_user SET email = ${`${users.ada}@discord.invalid`} WHERE id = ${session.userId}`
    }))

  it.effect("signs nobody in whose account is tied to another user", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      const sandbox = yield* DiscordSandbox
      const { session } = yield* signedIn(users.ada)
      const id = DiscordId.make("800000000000000005")
      yield* sandbox.addUser({ id, username: "trudy", globalName: null })
      yield* sql`INSERT INTO identity_account (id, account_id, provider_id, user_id, created_at, updated_at)
        SELECT 'planted', ${id}, provider_id, user_id, created_at, updated_at
        FROM identity_account WHERE user_id = ${session.userId}`
      const error = yield* Effect.flip(finish(yield* comeBack(new Browser(), { user: id })))
      assert.deepInclude({ ...error }, { _tag: "IdentityError", detail: "AccountOfAnother" })
      yield* sql`DELETE FROM identity_account WHERE id = 'planted'`
    }))
})
