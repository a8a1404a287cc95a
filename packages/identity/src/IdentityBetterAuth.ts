/** Signs users in on better-auth, on SQLite and PostgreSQL. */
import { Identity, type IdentityError } from "@purser/domain/identity"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { openDatabase } from "./database/IdentityDatabase.ts"
import { checkOptions, type IdentityOptions } from "./IdentityOptions.ts"
import { makeLogin } from "./login/Login.ts"
import { makeUsers } from "./login/Users.ts"
import { makeSecondFactor } from "./secondFactor/SecondFactor.ts"
import { makeSessions } from "./Sessions.ts"

const make = (options: IdentityOptions) =>
  Effect.gen(function*() {
    yield* checkOptions(options)
    const database = yield* openDatabase(options.database)
    // It takes a second to load: only who serves users waits for it.
    const { makeLibrary } = yield* Effect.promise(() => import("./login/Library.ts"))
    const library = makeLibrary(database, options)
    const sessions = makeSessions(library, database, options)
    const { logout, revokeAllSessions, revokeSession, session, sessionsOf } = sessions
    return Identity.of({
      ...makeLogin({ database, library, options, sessions }),
      ...makeSecondFactor(database, options),
      ...makeUsers(database),
      logout,
      revokeAllSessions,
      revokeSession,
      session,
      sessionsOf
    })
  })

/**
 * Identity on the migrated database of the books, through connections of its own. Fails at the start, as `Misconfigured`,
 * naming the options that can not be right. Holds nothing in memory: several processes may serve the same users.
 */
export const layer = (options: IdentityOptions): Layer.Layer<Identity, IdentityError> =>
  Layer.effect(Identity, make(options))
