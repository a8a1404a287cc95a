/** Makes the tables of users, their sessions and second factors. */
import type { Ddl, Migration } from "./Migration.ts"

/** The library of sign-in writes ISO text on SQLite and asks for columns that are called so, which STRICT does not know. */
const times: Readonly<Record<Ddl["dialect"], string>> = { sqlite: "date", postgres: "timestamptz" }
const flags: Readonly<Record<Ddl["dialect"], string>> = { sqlite: "integer", postgres: "boolean" }

/** Columns that the library asks for and that stay empty: what an outside account gives access with is never kept. */
const neverKept = ["access_token", "refresh_token", "id_token", "password"]

/** As better-auth wants them, names apart; a test of packages/identity compares. What only we want comes last in a table. */
export const identity: Migration = {
  id: 9,
  name: "identity",
  statements: ({ dialect, end, integer, text }) => {
    const time = times[dialect]
    const owner = `${text} NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE`
    const changes = `created_at ${time} NOT NULL, updated_at ${time} NOT NULL`
    return [
      `CREATE TABLE identity_user (
        id ${text} NOT NULL PRIMARY KEY,
        name ${text} NOT NULL,
        email ${text} NOT NULL UNIQUE,
        email_verified ${flags[dialect]} NOT NULL,
        image ${text},
        ${changes},
        discord_id ${text} NOT NULL UNIQUE,
        is_admin ${flags[dialect]} NOT NULL
      )`,
      `CREATE TABLE identity_session (
        id ${text} NOT NULL PRIMARY KEY,
        expires_at ${time} NOT NULL,
        token ${text} NOT NULL UNIQUE,
        ${changes},
        ip_address ${text},
        user_agent ${text},
        user_id ${owner},
        second_factor_at_millis ${integer}
      )`,
      `CREATE TABLE identity_account (
        id ${text} NOT NULL PRIMARY KEY,
        account_id ${text} NOT NULL,
        provider_id ${text} NOT NULL,
        user_id ${owner},
        ${neverKept.map((column) => `${column} ${text} CHECK (${column} IS NULL)`).join(",\n        ")},
        access_token_expires_at ${time},
        refresh_token_expires_at ${time},
        scope ${text},
        ${changes},
        UNIQUE (provider_id, account_id)
      )`,
      `CREATE TABLE identity_verification (
        id ${text} NOT NULL PRIMARY KEY,
        identifier ${text} NOT NULL,
        value ${text} NOT NULL,
        expires_at ${time} NOT NULL,
        ${changes}
      )`,
      "CREATE INDEX identity_session_user_id_idx ON identity_session (user_id)",
      "CREATE INDEX identity_session_expires_idx ON identity_session (expires_at)",
      "CREATE INDEX identity_account_user_id_idx ON identity_account (user_id)",
      "CREATE INDEX identity_verification_identifier_idx ON identity_verification (identifier)",
      `CREATE TABLE identity_second_factor (
        user_id ${text} NOT NULL PRIMARY KEY REFERENCES identity_user (id) ON DELETE CASCADE,
        sealed_secret ${text},
        sealed_pending ${text},
        last_step ${integer} NOT NULL,
        attempts ${integer} NOT NULL CHECK (attempts >= 0),
        attempts_since_millis ${integer} NOT NULL
      )${end}`,
      `CREATE TABLE identity_used_state (
        state_hash ${text} NOT NULL PRIMARY KEY,
        expires_at_millis ${integer} NOT NULL
      )${end}`,
      "CREATE INDEX identity_used_state_expires_idx ON identity_used_state (expires_at_millis)"
    ]
  }
}
