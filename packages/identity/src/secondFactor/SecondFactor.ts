/** Keeps second factors: a sealed secret for each user, codes that count once, and few attempts. */
import {
  type Enrolment,
  type IdentityError,
  IdentityRules,
  type SecondFactorRefusal,
  SecondFactorRefused,
  type SignedIn
} from "@purser/domain/identity"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { randomBytes } from "node:crypto"
import type { IdentityDatabase } from "../database/IdentityDatabase.ts"
import { attempt } from "../failures.ts"
import type { IdentityOptions } from "../IdentityOptions.ts"
import { open, seal } from "./sealed.ts"
import { base32, stepOfCode, totpUri } from "./Totp.ts"

/** So many codes are looked at in that time; the first right one begins anew. */
const attemptsAllowed = 5
const attemptsWindowMillis = 900_000

const noAttempts = { attempts: 0, attempts_since_millis: 0 }

type Column = "sealed_secret" | "sealed_pending"
type Refusable<A> = Effect.Effect<A, IdentityError | SecondFactorRefused>

const refused = (reason: SecondFactorRefusal, untilMillis: number | null = null): SecondFactorRefused =>
  new SecondFactorRefused({ reason, untilMillis })

/** Whether a user gives codes at all. */
export const isEnrolled = ({ db }: IdentityDatabase, userId: string): Effect.Effect<boolean, IdentityError> =>
  Effect.map(
    attempt(
      "Identity.secondFactor",
      () =>
        db.selectFrom("identity_second_factor").select("user_id").where("user_id", "=", userId)
          .where("sealed_secret", "is not", null).executeTakeFirst()
    ),
    (row) => row !== undefined
  )

/** What a session has proven so far, as the database says: what the caller holds may be over. */
const proofOf = ({ db, time }: IdentityDatabase, { sessionId, userId }: SignedIn): Refusable<number | null> =>
  Effect.gen(function*() {
    const nowMillis = yield* Clock.currentTimeMillis
    const row = yield* attempt(
      "Identity.secondFactor",
      () =>
        db.selectFrom("identity_session").select("second_factor_at_millis").where("id", "=", sessionId)
          .where("user_id", "=", userId).where("expires_at", ">", time(nowMillis)).executeTakeFirst()
    )
    return row === undefined ? yield* refused("SessionEnded") : row.second_factor_at_millis
  })

/** Takes one of the attempts before the code is looked at, so that many at once are not more than allowed. */
const takeAttempt = ({ db }: IdentityDatabase, userId: string, column: Column): Refusable<string> =>
  Effect.gen(function*() {
    const nowMillis = yield* Clock.currentTimeMillis
    const longAgo = nowMillis - attemptsWindowMillis
    const taken = yield* attempt("Identity.secondFactor", () =>
      db.updateTable("identity_second_factor").set((eb) => {
        const isAnew = eb("attempts_since_millis", "<=", longAgo)
        return {
          attempts: eb.case().when(isAnew).then(1).else(eb("attempts", "+", 1)).end(),
          attempts_since_millis: eb.case().when(isAnew).then(eb.cast<number>(eb.val(nowMillis), "bigint"))
            .else(eb.ref("attempts_since_millis")).end()
        }
      }).where("user_id", "=", userId).where(column, "is not", null)
        .where((eb) => eb.or([eb("attempts", "<", attemptsAllowed), eb("attempts_since_millis", "<=", longAgo)]))
        .returning(column).executeTakeFirst())
    const sealed = taken?.[column]
    if (sealed !== null && sealed !== undefined) return sealed
    const row = yield* attempt(
      "Identity.secondFactor",
      () =>
        db.selectFrom("identity_second_factor").select([column, "attempts_since_millis"]).where("user_id", "=", userId)
          .executeTakeFirst()
    )
    return yield* row === undefined || row[column] === null
      ? refused("NotEnrolled")
      : refused("TooManyAttempts", row.attempts_since_millis + attemptsWindowMillis)
  })

/** A code that is right: what it was compared with, and the step that it is of. */
interface RightCode {
  readonly sealed: string
  readonly step: number
}

/** Accepts the step of a code, once: it and those before it are never accepted again, not even at the same moment. */
const spendStep = ({ db }: IdentityDatabase, userId: string, { sealed, step }: RightCode) =>
  attempt(
    "Identity.secondFactor",
    () =>
      db.updateTable("identity_second_factor").set({ last_step: step, ...noAttempts })
        .where((eb) => eb.and({ user_id: userId, sealed_secret: sealed })).where("last_step", "<", step)
        .returning("user_id").executeTakeFirst()
  )

/** Puts the new secret in the place of the old, once. */
const promote = ({ db }: IdentityDatabase, userId: string, { sealed, step }: RightCode) =>
  attempt("Identity.secondFactor", () =>
    db.updateTable("identity_second_factor")
      .set({ last_step: step, ...noAttempts, sealed_secret: sealed, sealed_pending: null })
      .where((eb) => eb.and({ user_id: userId, sealed_pending: sealed })).returning("user_id").executeTakeFirst())

const markProven = ({ db }: IdentityDatabase, session: SignedIn): Refusable<SignedIn> =>
  Effect.gen(function*() {
    const nowMillis = yield* Clock.currentTimeMillis
    const row = yield* attempt("Identity.secondFactor", () =>
      db.updateTable("identity_session").set({ second_factor_at_millis: nowMillis }).where("id", "=", session.sessionId)
        .where("user_id", "=", session.userId).returning("id").executeTakeFirst())
    if (row === undefined) {
      return yield* refused("SessionEnded")
    }
    return { ...session, secondFactor: "enrolled", secondFactorAtMillis: nowMillis }
  })

/** The methods of the port that have to do with second factors. */
export const makeSecondFactor = (database: IdentityDatabase, options: IdentityOptions) => {
  const keys = options.secondFactorKeys
  const accept = (session: SignedIn, code: string, column: Column): Refusable<SignedIn> =>
    Effect.gen(function*() {
      const { userId } = session
      yield* proofOf(database, session)
      const sealed = yield* takeAttempt(database, userId, column)
      const secret = yield* Effect.fromResult(open(sealed, userId, keys))
      const step = stepOfCode(secret, code, yield* Clock.currentTimeMillis)
      if (step === undefined) return yield* refused("CodeWrong")
      const spend = column === "sealed_secret" ? spendStep : promote
      if ((yield* spend(database, userId, { sealed, step })) === undefined) return yield* refused("CodeUsed")
      return yield* markProven(database, session)
    })
  const enrolSecondFactor = (session: SignedIn): Refusable<Enrolment> =>
    Effect.gen(function*() {
      const { discordName, userId } = session
      const provenAtMillis = yield* proofOf(database, session)
      const nowMillis = yield* Clock.currentTimeMillis
      if ((yield* isEnrolled(database, userId)) && !IdentityRules.isFresh(provenAtMillis, nowMillis)) {
        return yield* refused("AlreadyEnrolled")
      }
      const secret = randomBytes(20)
      const sealed_pending = seal(secret, userId, keys[0])
      const fresh = { user_id: userId, last_step: 0, ...noAttempts }
      yield* attempt("Identity.enrolSecondFactor", () =>
        database.db.insertInto("identity_second_factor").values({ ...fresh, sealed_secret: null, sealed_pending })
          .onConflict((clash) =>
            clash.column("user_id").doUpdateSet({ sealed_pending })
          ).execute())
      return {
        secret: Redacted.make(base32(secret)),
        uri: Redacted.make(totpUri(secret, { issuer: options.issuer, account: discordName }))
      }
    })
  return {
    enrolSecondFactor,
    confirmSecondFactor: (session: SignedIn, code: string) => accept(session, code, "sealed_pending"),
    stepUp: (session: SignedIn, code: string) => accept(session, code, "sealed_secret")
  }
}
