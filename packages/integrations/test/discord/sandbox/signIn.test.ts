/** Signs users in to a sandbox of Discord, and tries to get in without being asked. */
import { assert, describe, it } from "@effect/vitest"
import { demoPlayers } from "@purser/integrations/discord/sandbox"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import {
  application,
  bringCode,
  codeFor,
  type Fields,
  idAt,
  jonesy,
  openConsent,
  redirectUri,
  sentBack,
  signIn,
  verifier,
  withSandbox
} from "./running.ts"

describe("RW-1 the consent of a sandbox of Discord", () => {
  it.live("is asked for on a page that names the users", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.addUser({ ...jonesy, globalName: "<b>\"Jonesy\"" })
        const response = yield* openConsent(sandbox)
        const page = yield* Effect.promise(() => response.text())
        assert.strictEqual(response.status, 200)
        assert.include(page, "&lt;b>&quot;Jonesy&quot;")
        assert.notInclude(page, "<b>")
        assert.include(page, `value="${jonesy.id}"`)
        assert.include(page, "name=\"state\" value=\"a state &amp; more\"")
      })
    ))

  it.live("is given by sending the form of that page", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.addUser(jonesy)
        const page = yield* Effect.flatMap(openConsent(sandbox), (response) => Effect.promise(() => response.text()))
        const kept = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/gu)]
        const form = new URLSearchParams()
        for (const [, name = "", value = ""] of kept) form.set(name, value.replaceAll("&amp;", "&"))
        form.set("sandbox_user", jonesy.id)
        const response = yield* Effect.promise(() => fetch(`${sandbox.authorizeUrl}?${form}`, { redirect: "manual" }))
        const { status } = yield* bringCode(sandbox, sentBack(response).get("code")!)
        assert.strictEqual(status, 200)
        assert.strictEqual(sentBack(response).get("state"), "a state & more")
      })
    ))

  it.live("comes back with a code and the state", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.addUser(jonesy)
        const response = yield* openConsent(sandbox, { sandbox_user: jonesy.id })
        assert.strictEqual(response.status, 302)
        assert.isTrue(response.headers.get("location")?.startsWith(`${redirectUri}&`))
        assert.strictEqual(sentBack(response).get("state"), "a state & more")
        assert.isNotNull(sentBack(response).get("code"))
      })
    ))

  it.live.each<readonly [error: string, change: Fields]>([
    ["access_denied", { sandbox_deny: "1" }],
    ["invalid_scope", { scope: "identify bot.of.mine" }],
    ["invalid_scope", { scope: undefined }],
    ["unsupported_response_type", { response_type: "token" }],
    ["invalid_request", { code_challenge_method: "plain" }]
  ])(
    "comes back with %s, and without a code, for %o",
    ([error, change]) =>
      withSandbox((sandbox) =>
        Effect.gen(function*() {
          yield* sandbox.addUser(jonesy)
          const fields = sentBack(yield* openConsent(sandbox, { sandbox_user: jonesy.id, ...change }))
          assert.strictEqual(fields.get("error"), error)
          assert.strictEqual(fields.get("state"), "a state & more")
          assert.isNull(fields.get("code"))
        })
      )
  )

  it.live.each<Fields>([
    { client_id: "43" },
    { redirect_uri: "http://127.0.0.1:9/elsewhere" },
    { redirect_uri: undefined },
    { sandbox_user: idAt(2) }
  ])("sends nobody anywhere for %o", (change) =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.addUser(jonesy)
        const response = yield* openConsent(sandbox, { sandbox_user: jonesy.id, ...change })
        assert.strictEqual(response.status, 400)
        assert.isNull(response.headers.get("location"))
      })
    ))
})

describe("RW-1 a code of a sandbox of Discord", () => {
  it.live("is exchanged once, for a token of whoever consented", () =>
    withSandbox((sandbox, discord) =>
      Effect.gen(function*() {
        yield* sandbox.addUser(jonesy)
        const code = yield* codeFor(sandbox, jonesy.id)
        const { answer, status } = yield* bringCode(sandbox, code)
        assert.strictEqual(status, 200)
        assert.deepInclude(answer, { token_type: "Bearer", scope: "identify guilds.members.read" })
        assert.deepStrictEqual(yield* discord.userOf(Redacted.make(answer["access_token"]!)), jonesy)
        assert.deepStrictEqual(yield* bringCode(sandbox, code), { status: 400, answer: { error: "invalid_grant" } })
      })
    ))

  it.live.each<readonly [status: number, error: string, change: Fields]>([
    [400, "invalid_grant", { code: "another" }],
    [400, "invalid_grant", { redirect_uri: `${redirectUri}&x=1` }],
    [400, "invalid_grant", { redirect_uri: undefined }],
    [400, "invalid_grant", { code_verifier: "w".repeat(43) }],
    [400, "invalid_grant", { code_verifier: undefined }],
    [400, "unsupported_grant_type", { grant_type: "password" }],
    [401, "invalid_client", { client_secret: "guessed" }],
    [401, "invalid_client", { client_id: undefined }]
  ])("is refused with %i %s for %o", ([status, error, change]) =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.addUser(jonesy)
        const code = yield* codeFor(sandbox, jonesy.id)
        assert.deepStrictEqual(yield* bringCode(sandbox, code, change), { status, answer: { error } })
        assert.deepInclude(yield* sandbox.status, { grants: 0 })
      })
    ))

  it.live("takes no verifier that nobody announced", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.addUser(jonesy)
        const open = { code_challenge: undefined, code_challenge_method: undefined }
        const refused = yield* bringCode(sandbox, yield* codeFor(sandbox, jonesy.id, open), { code_verifier: verifier })
        assert.strictEqual(refused.status, 400)
        const code = yield* codeFor(sandbox, jonesy.id, open)
        assert.strictEqual((yield* bringCode(sandbox, code, { code_verifier: undefined })).status, 200)
      })
    ))

  it.live("can be brought with the secret in a header", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.addUser(jonesy)
        const code = yield* codeFor(sandbox, jonesy.id)
        const response = yield* Effect.promise(() =>
          fetch(`${sandbox.apiUrl}/v10/oauth2/token`, {
            method: "POST",
            headers: { authorization: `Basic ${btoa(`${application.id}:${Redacted.value(application.secret)}`)}` },
            body: new URLSearchParams({
              grant_type: "authorization_code",
              code,
              redirect_uri: redirectUri,
              code_verifier: verifier
            })
          })
        )
        assert.strictEqual(response.status, 200)
      })
    ))

  it.effect("is over after ten minutes, and its token after a week", () =>
    withSandbox((sandbox, discord) =>
      Effect.gen(function*() {
        yield* sandbox.addUser(jonesy)
        const late = yield* codeFor(sandbox, jonesy.id)
        const timely = yield* codeFor(sandbox, jonesy.id)
        yield* TestClock.adjust(599_999)
        const { answer, status } = yield* bringCode(sandbox, timely)
        assert.strictEqual(status, 200)
        yield* TestClock.adjust(1)
        assert.strictEqual((yield* bringCode(sandbox, late)).status, 400)
        const token = Redacted.make(answer["access_token"]!)
        yield* TestClock.adjust(604_799_998)
        assert.deepStrictEqual(yield* discord.userOf(token), jonesy)
        yield* TestClock.adjust(1)
        assert.deepInclude(yield* Effect.flip(discord.userOf(token)), { _tag: "DiscordUnauthorized" })
      })
    ))
})

describe("RW-1 the players of the demonstration", () => {
  it.live("sign in, each as what they show", () =>
    withSandbox(
      (sandbox, discord) =>
        Effect.gen(function*() {
          for (const { discordId, globalName, isMember, username } of demoPlayers) {
            const token = yield* signIn(sandbox, discordId)
            assert.deepStrictEqual(yield* discord.userOf(token), { id: discordId, username, globalName })
            const { _tag } = yield* discord.memberOf(token, (yield* sandbox.status).guildId)
            assert.strictEqual(_tag, isMember ? "Member" : "NotMember")
          }
          assert.deepInclude(yield* sandbox.status, { grants: demoPlayers.length })
        }),
      {},
      { demo: true }
    ))
})
