/** Lets identity and the books write the same file at the same time, in one process. */
import { assert, describe, layer } from "@effect/vitest"
import { Identity, type IdentityError } from "@purser/domain/identity"
import { Transaction } from "@purser/domain/transaction"
import { IdentityBetterAuth } from "@purser/identity"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import { Options, signedIn, stages, users } from "../support/stage.ts"

describe("RW-1 two connections to one file", () => {
  layer(stages()["on SQLite"], { excludeTestServices: true })((it) => {
    it.effect("wait for each other without standing still", () =>
      Effect.gen(function*() {
        const transaction = yield* Transaction
        const identity = yield* Identity
        const { session } = yield* signedIn(users.ada)
        const begun = yield* Effect.forkChild(
          Effect.andThen(Effect.sleep("20 millis"), identity.grantAdmin(session.userId, true))
        )
        // The books hold the file for many turns of the event loop; a wait inside SQLite would stop them too.
        const written = yield* transaction.atomically(Effect.as(Effect.sleep("300 millis"), "written"))
        assert.strictEqual(written, "written")
        assert.isTrue(yield* Fiber.join(begun))
      }))

    it.effect("both go on while many do both", () =>
      Effect.gen(function*() {
        const transaction = yield* Transaction
        const books = Effect.forEach(
          Array.from({ length: 40 }),
          () => transaction.atomically(Effect.sleep("3 millis")),
          { discard: true }
        )
        const logins = Effect.forEach(Array.from({ length: 8 }), () => signedIn(users.ben), { concurrency: 4 })
        const [, all] = yield* Effect.all([books, logins], { concurrency: "unbounded" })
        assert.strictEqual(new Set(all.map(({ session }) => session.sessionId)).size, 8)
      }))

    it.effect("give up after a while, say that a retry helps, and never that it is done", () =>
      Effect.gen(function*() {
        const options = yield* Options
        const transaction = yield* Transaction
        const identity = yield* Identity
        const { browser, session } = yield* signedIn(users.ada)
        if (options.database.dialect !== "sqlite") return assert.fail("another database")
        const hasty = IdentityBetterAuth.layer({ ...options, database: { ...options.database, busyTimeoutMillis: 50 } })
        const refused = (ask: (hasty: Identity["Service"]) => Effect.Effect<unknown, IdentityError>) =>
          transaction.atomically(Effect.flip(Effect.provide(Identity.use(ask), hasty, { local: true })))
        for (
          const error of [
            yield* refused((hasty) => hasty.revokeAllSessions(session.userId)),
            yield* refused((hasty) => hasty.logout(browser.header))
          ]
        ) {
          assert.deepInclude({ ...error }, { failure: "Unavailable", detail: "SQLITE_BUSY" })
        }
        assert.isTrue(Option.isSome(yield* identity.session(browser.header)))
      }))
  })
})
