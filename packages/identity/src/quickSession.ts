/** Recognises a session in one statement where nothing is due: most requests of a browser want no more. */
import * as Redacted from "effect/Redacted"
import { CompiledQuery } from "kysely"
import { createHmac, timingSafeEqual } from "node:crypto"
import type { IdentityDatabase } from "./database/IdentityDatabase.ts"
import { type IdentityOptions, isSecure } from "./IdentityOptions.ts"

/** A session with its user, as the database has them now. */
export interface QuickSession {
  readonly sessionId: string
  readonly userId: string
  readonly discordId: string
  readonly name: string
  readonly isAdmin: boolean
  readonly isEnrolled: boolean
  readonly secondFactorAtMillis: number | null
  readonly expiresAtMillis: number
}

/** The value of the last cookie of that name, as the browser sent it. */
const cookieOf = (header: string, name: string): string | undefined =>
  header.split(";").map((pair) => pair.trim()).findLast((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)

const decodedOf = (value: string): string | undefined => {
  try {
    return decodeURIComponent(value)
  } catch {
    return undefined
  }
}

/** The token of a cookie that we signed: HMAC-SHA256 in base64 behind the last dot, as the library writes it. */
const tokenOf = (value: string, secret: string): string | undefined => {
  const text = decodedOf(value) ?? ""
  const dot = text.lastIndexOf(".")
  const token = text.slice(0, Math.max(0, dot))
  // Compared as text: base64 has several spellings of the same bytes, and only one is what we wrote.
  const given = Buffer.from(text.slice(dot + 1))
  const wanted = Buffer.from(createHmac("sha256", secret).update(token).digest("base64"))
  return token !== "" && given.length === wanted.length && timingSafeEqual(given, wanted) ? token : undefined
}

const querying = ({ db }: IdentityDatabase) => {
  const compiled = db.selectFrom("identity_session as s")
    .innerJoin("identity_user as u", "u.id", "s.user_id")
    .leftJoin(
      "identity_second_factor as f",
      (join) => join.onRef("f.user_id", "=", "u.id").on("f.sealed_secret", "is not", null)
    )
    .select([
      "s.id as session_id",
      "s.expires_at",
      "s.second_factor_at_millis",
      "u.id as user_id",
      "u.discord_id",
      "u.name",
      "u.is_admin",
      "f.user_id as enrolled"
    ])
    .where("s.token", "=", "")
    .compile()
  return async (token: string) => {
    const { rows } = await db.executeQuery(CompiledQuery.raw(compiled.sql, [token]) as typeof compiled)
    return rows[0]
  }
}

/**
 * Reads the session of a header `Cookie`. Undefined where there is none, and where the answer is the library's: a cookie that is
 * malformed or not ours. What is over or due to be prolonged is the caller's to notice.
 */
export const quickSession = (database: IdentityDatabase, options: IdentityOptions) => {
  const find = querying(database)
  const secret = Redacted.value(options.cookieSecret)
  const name = `${isSecure(options) ? "__Host-" : ""}purser.session_token`
  return async (cookieHeader: string): Promise<QuickSession | undefined> => {
    const value = cookieOf(cookieHeader, name)
    const token = value === undefined ? undefined : tokenOf(value, secret)
    const row = token === undefined ? undefined : await find(token)
    return row === undefined ? undefined : {
      sessionId: row.session_id,
      userId: row.user_id,
      discordId: row.discord_id,
      name: row.name,
      isAdmin: Boolean(row.is_admin),
      isEnrolled: row.enrolled !== null,
      secondFactorAtMillis: row.second_factor_at_millis === null ? null : Number(row.second_factor_at_millis),
      expiresAtMillis: new Date(row.expires_at).getTime()
    }
  }
}
