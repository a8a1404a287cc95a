/** Proves second factors with codes of an app, and tries to guess, repeat and replace them. */
import { assert } from "@effect/vitest"
import { Identity, IdentityRules, type SignedIn } from "@purser/domain/identity"
import { DiscordId } from "@purser/integrations/discord"
import { DiscordSandbox } from "@purser/integrations/discord/sandbox"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql/SqlClient"
import { Secret, TOTP } from "otpauth"
import { afterEach, vi } from "vitest"
import { onBothDatabases, reasonOf, signedIn } from "../support/stage.ts"

const base = performance.timeOrigin + performance.now()

/** The clock stands still between steps, so that a code does not run out under a slow test. */
const setTime = (millis: number) => {
  vi.useFakeTimers({ toFake: ["Date"], now: base + millis })
}

afterEach(() => {
  vi.useRealTimers()
})

let lastUser = 700000000000000000n

/** A user whom no other test knows, signed in. */
const newcomer = Effect.gen(function*() {
  const sandbox = yield* DiscordSandbox
  const id = DiscordId.make(String(++lastUser))
  yield* sandbox.addUser({ id, username: `user ${id}`, globalName: null })
  return { id, ...(yield* signedIn(id)) }
})

/** What an app shows for a secret, so many milliseconds after the beginning. */
const codeAt = (secret: Redacted.Redacted, millis: number) =>
  new TOTP({ secret: Secret.fromBase32(Redacted.value(secret)) }).generate({ timestamp: base + millis })

const wrongCode = (secret: Redacted.Redacted, millis: number) => {
  const right = [-30_000, 0, 30_000].map((distance) => codeAt(secret, millis + distance))
  return ["000000", "111111", "222222", "333333"].find((code) => !right.includes(code))!
}

/** A user who has confirmed a secret at the beginning. */
const enrolled = Effect.gen(function*() {
  setTime(0)
  const identity = yield* Identity
  const user = yield* newcomer
  const { secret } = yield* identity.enrolSecondFactor(user.session)
  return { ...user, secret, session: yield* identity.confirmSecondFactor(user.session, codeAt(secret, 0)) }
})

const stepUp = (session: SignedIn, code: string) => Identity.use((identity) => identity.stepUp(session, code))

onBothDatabases("RW-1 second factors", (it) => {
  it.effect("count once a code is confirmed, for that session alone", () =>
    Effect.gen(function*() {
      setTime(0)
      const identity = yield* Identity
      const { browser, id, session } = yield* newcomer
      const other = yield* signedIn(id)
      const { secret, uri } = yield* identity.enrolSecondFactor(session)
      assert.include(Redacted.value(uri), Redacted.value(secret))
      assert.strictEqual(yield* reasonOf(stepUp(session, codeAt(secret, 0))), "NotEnrolled")
      const proven = yield* identity.confirmSecondFactor(session, codeAt(secret, 0))
      assert.strictEqual(proven.secondFactor, "enrolled")
      assert.isTrue(IdentityRules.isFresh(proven.secondFactorAtMillis, base))
      const found = Option.getOrThrow(yield* identity.session(browser.header)).signedIn
      assert.deepStrictEqual(found, proven)
      const elsewhere = Option.getOrThrow(yield* identity.session(other.browser.header)).signedIn
      assert.deepInclude(elsewhere, { secondFactor: "enrolled", secondFactorAtMillis: null })
    }))

  it.effect("are proven again by the next code", () =>
    Effect.gen(function*() {
      const { secret, session } = yield* enrolled
      setTime(700_000)
      assert.isFalse(IdentityRules.isFresh(session.secondFactorAtMillis, base + 700_000))
      const proven = yield* stepUp(session, codeAt(secret, 700_000))
      assert.isTrue(IdentityRules.isFresh(proven.secondFactorAtMillis, base + 700_000))
    }))

  it.effect("take no code twice, not for another session, and none from before it", () =>
    Effect.gen(function*() {
      const { id, secret, session } = yield* enrolled
      assert.strictEqual(yield* reasonOf(stepUp(session, codeAt(secret, 0))), "CodeUsed")
      setTime(60_000)
      yield* stepUp(session, codeAt(secret, 60_000))
      const thief = yield* signedIn(id)
      assert.strictEqual(yield* reasonOf(stepUp(thief.session, codeAt(secret, 60_000))), "CodeUsed")
      assert.strictEqual(yield* reasonOf(stepUp(thief.session, codeAt(secret, 30_000))), "CodeUsed")
      assert.isNull(thief.session.secondFactorAtMillis)
    }))

  it.effect("take one of many that give the same code at the same moment", () =>
    Effect.gen(function*() {
      const { secret, session } = yield* enrolled
      setTime(60_000)
      const ends = yield* Effect.forEach(
        Array.from({ length: 4 }),
        () => Effect.exit(stepUp(session, codeAt(secret, 60_000))),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(ends.filter(({ _tag }) => _tag === "Success").length, 1)
    }))

  it.effect("look at five codes and at no more for a quarter of an hour, whoever gives them", () =>
    Effect.gen(function*() {
      const { id, secret, session } = yield* enrolled
      setTime(60_000)
      for (let times = 0; times < 5; times++) {
        assert.strictEqual(yield* reasonOf(stepUp(session, wrongCode(secret, 60_000))), "CodeWrong")
      }
      const other = yield* signedIn(id)
      const refused = yield* Effect.flip(stepUp(other.session, codeAt(secret, 60_000)))
      assert.deepInclude({ ...refused }, {
        reason: "TooManyAttempts",
        untilMillis: Math.floor(base + 60_000) + 900_000
      })
      setTime(60_000 + 899_000)
      assert.strictEqual(yield* reasonOf(stepUp(session, codeAt(secret, 60_000 + 899_000))), "TooManyAttempts")
      setTime(60_000 + 901_000)
      yield* stepUp(session, codeAt(secret, 60_000 + 901_000))
    }))

  it.effect("look at five of many that are given at the same moment", () =>
    Effect.gen(function*() {
      const { secret, session } = yield* enrolled
      setTime(60_000)
      const reasons = yield* Effect.forEach(
        Array.from({ length: 20 }),
        () => reasonOf(stepUp(session, wrongCode(secret, 60_000))),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(reasons.filter((reason) => reason === "CodeWrong").length, 5)
      assert.strictEqual(reasons.filter((reason) => reason === "TooManyAttempts").length, 15)
    }))

  it.effect("forget wrong codes after a right one", () =>
    Effect.gen(function*() {
      const { secret, session } = yield* enrolled
      for (let round = 1; round <= 3; round++) {
        setTime(round * 60_000)
        for (let times = 0; times < 4; times++) {
          assert.strictEqual(yield* reasonOf(stepUp(session, wrongCode(secret, round * 60_000))), "CodeWrong")
        }
        yield* stepUp(session, codeAt(secret, round * 60_000))
      }
    }))

  it.effect("are not replaced by who holds a session only", () =>
    Effect.gen(function*() {
      const identity = yield* Identity
      const { id, secret, session } = yield* enrolled
      const thief = yield* signedIn(id)
      assert.strictEqual(yield* reasonOf(identity.enrolSecondFactor(thief.session)), "AlreadyEnrolled")
      // What the caller says of itself does not count: the database does.
      const liar = { ...thief.session, secondFactorAtMillis: base }
      assert.strictEqual(yield* reasonOf(identity.enrolSecondFactor(liar)), "AlreadyEnrolled")
      const next = yield* identity.enrolSecondFactor(session)
      setTime(60_000)
      yield* stepUp(session, codeAt(secret, 60_000))
      setTime(120_000)
      yield* identity.confirmSecondFactor(session, codeAt(next.secret, 120_000))
      setTime(180_000)
      assert.strictEqual(yield* reasonOf(stepUp(session, codeAt(secret, 180_000))), "CodeWrong")
      yield* stepUp(session, codeAt(next.secret, 180_000))
      assert.strictEqual(
        yield* reasonOf(identity.confirmSecondFactor(session, codeAt(next.secret, 180_000))),
        "NotEnrolled"
      )
    }))

  it.effect("are nothing to a session that has ended, or to another user's", () =>
    Effect.gen(function*() {
      const identity = yield* Identity
      const { secret, session } = yield* enrolled
      const other = yield* newcomer
      setTime(60_000)
      const mixed = { ...session, sessionId: other.session.sessionId }
      assert.strictEqual(yield* reasonOf(stepUp(mixed, codeAt(secret, 60_000))), "SessionEnded")
      yield* identity.revokeSession(session.userId, session.sessionId)
      assert.strictEqual(yield* reasonOf(stepUp(session, codeAt(secret, 60_000))), "SessionEnded")
      assert.strictEqual(yield* reasonOf(identity.enrolSecondFactor(session)), "SessionEnded")
    }))

  it.effect("are kept sealed", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      const { secret, session } = yield* enrolled
      const rows =
        yield* sql`SELECT sealed_secret, sealed_pending FROM identity_second_factor WHERE user_id = ${session.userId}`
      assert.match(String(rows[0]!["sealed_secret"]), /^identity-totp-v1:k1:/u)
      assert.isNull(rows[0]!["sealed_pending"])
      const bytes = Buffer.from(Secret.fromBase32(Redacted.value(secret)).bytes)
      for (const form of [Redacted.value(secret), bytes.toString("hex"), bytes.toString("base64url")]) {
        assert.notInclude(JSON.stringify(rows), form)
      }
    }))

  it.effect("of another user do not fit when rows are exchanged", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      const mine = yield* enrolled
      const theirs = yield* enrolled
      yield* sql`UPDATE identity_second_factor SET sealed_secret =
        (SELECT sealed_secret FROM identity_second_factor WHERE user_id = ${mine.session.userId})
        WHERE user_id = ${theirs.session.userId}`
      setTime(60_000)
      const error = yield* Effect.flip(stepUp(theirs.session, codeAt(mine.secret, 60_000)))
      assert.deepInclude({ ...error }, { _tag: "IdentityError", detail: "NotAuthentic" })
    }))
})
