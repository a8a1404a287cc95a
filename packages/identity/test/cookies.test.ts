/** Looks at what cookies browsers are given, over TLS and on loopback. */
import { assert, describe, layer } from "@effect/vitest"
import { Identity } from "@purser/domain/identity"
import { IdentityBetterAuth } from "@purser/identity"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Browser } from "./support/Browser.ts"
import { comeBack, Options, signIn, stages, users } from "./support/stage.ts"

const attributesOf = (line: string) => line.split("; ").slice(1)

describe("RW-1 cookies", () => {
  layer(stages()["on SQLite"], { excludeTestServices: true })((it) => {
    it.effect("are for TLS and one host only, and out of reach of scripts and other sites", () =>
      Effect.gen(function*() {
        const options = yield* Options
        const secure = IdentityBetterAuth.layer({ ...options, publicUrl: "https://purser.example" })
        yield* Effect.gen(function*() {
          const identity = yield* Identity
          const begun = yield* identity.beginLogin({})
          const browser = new Browser()
          const finished = yield* signIn(browser, users.ada)
          assert.isTrue(Option.isSome(yield* identity.session(browser.header)))
          const left = yield* identity.logout(browser.header)
          const set = [...begun.setCookies, ...finished.setCookies, ...left]
          assert.isAbove(set.length, 3)
          for (const line of set) {
            assert.match(line, /^__Host-purser\.\w+=/u)
            assert.includeMembers(attributesOf(line), ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"])
            assert.notMatch(line, /domain/iu)
          }
          assert.include(attributesOf(begun.setCookies[0]!), "Max-Age=600")
          const session = finished.setCookies.find((line) => line.includes("session_token"))!
          assert.include(attributesOf(session), "Max-Age=604800")
          assert.isUndefined(browser.valueOf("oauth_state"))
        }).pipe(Effect.provide(secure, { local: true }))
      }))

    it.effect("work on plain loopback under another name", () =>
      Effect.gen(function*() {
        const browser = new Browser()
        const { setCookies } = yield* signIn(browser, users.ada)
        for (const line of setCookies) {
          assert.match(line, /^purser\.\w+=/u)
          assert.includeMembers(attributesOf(line), ["HttpOnly", "SameSite=Lax", "Path=/"])
          assert.notInclude(attributesOf(line), "Secure")
        }
      }))

    it.effect("of a sign-in say nothing of it", () =>
      Effect.gen(function*() {
        const browser = new Browser()
        const { state } = yield* comeBack(browser, { user: users.ada }, "/me/secret-place")
        const kept = decodeURIComponent(browser.header ?? "")
        assert.notInclude(kept, state!)
        assert.notInclude(kept, "secret-place")
        assert.notInclude(Buffer.from(kept, "base64url").toString("latin1"), "secret-place")
      }))
  })
})
