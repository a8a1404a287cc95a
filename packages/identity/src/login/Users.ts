/** Registers, promotes and forgets users. */
import { IdentityError, type UserId } from "@purser/domain/identity"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { randomUUID } from "node:crypto"
import type { IdentityDatabase } from "../database/IdentityDatabase.ts"
import { attempt } from "../failures.ts"
import type { DiscordUser } from "../IdentityOptions.ts"

/** What the library calls Discord. */
export const providerId = "discord"

/** The library wants an address for everybody. Nobody can have this one (RFC 2606), and no rule looks at it. */
export const addressOf = (discordId: string): string => `${discordId}@discord.invalid`

/** Up to 100 characters, none of which moves a cursor. */
const nameOf = (name: string): string => [...name.replaceAll(/\p{Cc}/gu, "")].slice(0, 100).join("")

const upsertUser = ({ db, flag, time }: IdentityDatabase, { id, name }: DiscordUser, nowMillis: number) => {
  const updated_at = time(nowMillis)
  const user = { id: randomUUID(), name: nameOf(name), email: addressOf(id), discord_id: id, updated_at }
  return db.insertInto("identity_user")
    .values({ ...user, email_verified: flag(false), created_at: updated_at, is_admin: flag(false) })
    .onConflict((clash) => clash.column("discord_id").doUpdateSet({ name: user.name, updated_at }))
    .returning("id").executeTakeFirstOrThrow()
}

const tie = (
  { db, time }: IdentityDatabase,
  discordId: string,
  owner: { readonly id: string; readonly nowMillis: number }
) => {
  const at = time(owner.nowMillis)
  const account = { id: randomUUID(), account_id: discordId, provider_id: providerId, user_id: owner.id, scope: null }
  return db.insertInto("identity_account").values({ ...account, created_at: at, updated_at: at })
    .onConflict((clash) => clash.columns(["provider_id", "account_id"]).doNothing()).execute()
}

const ownerOf = ({ db }: IdentityDatabase, discordId: string) =>
  db.selectFrom("identity_account").select("user_id").where("provider_id", "=", providerId)
    .where("account_id", "=", discordId).executeTakeFirst()

/**
 * Makes sure that a Discord account has its user, by its id alone. Each statement can be repeated, so that a crash between
 * two of them is mended by the next sign-in. Fails as `Broken` when the account is tied to anybody else.
 */
export const register = (database: IdentityDatabase, discord: DiscordUser): Effect.Effect<void, IdentityError> =>
  Effect.gen(function*() {
    const nowMillis = yield* Clock.currentTimeMillis
    const operation = "Identity.finishLogin"
    const { id } = yield* attempt(operation, () => upsertUser(database, discord, nowMillis))
    yield* attempt(operation, () => tie(database, discord.id, { id, nowMillis }))
    const owner = yield* attempt(operation, () => ownerOf(database, discord.id))
    if (owner?.user_id !== id) {
      return yield* new IdentityError({ failure: "Broken", operation, detail: "AccountOfAnother" })
    }
  })

/** The methods of the port that change users. */
export const makeUsers = ({ db, flag }: IdentityDatabase) => ({
  grantAdmin: (userId: UserId, isAdmin: boolean): Effect.Effect<boolean, IdentityError> =>
    Effect.map(
      attempt("Identity.grantAdmin", () =>
        db.updateTable("identity_user").set({ is_admin: flag(isAdmin) }).where("id", "=", userId).returning("id")
          .executeTakeFirst()),
      (row) =>
        row !== undefined
    ),
  erase: (userId: UserId): Effect.Effect<boolean, IdentityError> =>
    Effect.map(
      attempt("Identity.erase", () =>
        db.deleteFrom("identity_user").where("id", "=", userId).returning("id").executeTakeFirst()),
      (row) =>
        row !== undefined
    )
})
