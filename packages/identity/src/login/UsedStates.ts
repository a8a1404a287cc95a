/** Remembers which states came back, so that none does twice. */
import type { IdentityError } from "@purser/domain/identity"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import type { IdentityDatabase } from "../database/IdentityDatabase.ts"
import { attempt } from "../failures.ts"

/** Longer than a state lives by some clocks. */
const keptMillis = 3_600_000

/** Forgets what has ended by itself: states that came back, and sessions that nobody used for a week. */
const forgetEnded = ({ db, time }: IdentityDatabase, nowMillis: number) =>
  attempt("Identity.finishLogin", async () => {
    await db.deleteFrom("identity_used_state").where("expires_at_millis", "<", nowMillis).execute()
    await db.deleteFrom("identity_session").where("expires_at", "<", time(nowMillis)).execute()
  })

/**
 * Whether this is the first time, whoever else asks at the same moment. Only for a state that was found to be valid:
 * strangers could fill the table otherwise. What has ended is forgotten on the way.
 */
export const useState = (database: IdentityDatabase, state: string): Effect.Effect<boolean, IdentityError> =>
  Effect.gen(function*() {
    const nowMillis = yield* Clock.currentTimeMillis
    yield* forgetEnded(database, nowMillis)
    const state_hash = createHash("sha256").update(state).digest("hex")
    const row = yield* attempt(
      "Identity.finishLogin",
      () =>
        database.db.insertInto("identity_used_state").values({ state_hash, expires_at_millis: nowMillis + keptMillis })
          .onConflict((clash) => clash.doNothing()).returning("state_hash").executeTakeFirst()
    )
    return row !== undefined
  })
