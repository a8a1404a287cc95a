/** Declares the rows of identity as its two databases hold them. */
import type { ColumnType } from "kysely"

/** ISO text on SQLite, `timestamptz` on PostgreSQL. */
type Time = ColumnType<string | Date, string | Date, string | Date>
/** 0 or 1 on SQLite. */
type Flag = ColumnType<boolean | number, boolean | number, boolean | number>

interface UserTable {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly email_verified: Flag
  readonly created_at: Time
  readonly updated_at: Time
  readonly discord_id: string
  readonly is_admin: Flag
}

interface SessionTable {
  readonly id: string
  readonly expires_at: Time
  readonly token: string
  readonly created_at: Time
  readonly user_id: string
  readonly second_factor_at_millis: number | null
}

interface AccountTable {
  readonly id: string
  readonly account_id: string
  readonly provider_id: string
  readonly user_id: string
  readonly scope: string | null
  readonly created_at: Time
  readonly updated_at: Time
}

interface SecondFactorTable {
  readonly user_id: string
  /** What codes are compared with; null before the first was confirmed. */
  readonly sealed_secret: string | null
  /** What is to take its place once a code of it is confirmed. */
  readonly sealed_pending: string | null
  /** The latest step of 30 seconds whose code was accepted. */
  readonly last_step: number
  readonly attempts: number
  readonly attempts_since_millis: number
}

interface UsedStateTable {
  readonly state_hash: string
  readonly expires_at_millis: number
}

/** The tables that this package asks itself; the library asks the same and one more. */
export interface Tables {
  readonly identity_user: UserTable
  readonly identity_session: SessionTable
  readonly identity_account: AccountTable
  readonly identity_second_factor: SecondFactorTable
  readonly identity_used_state: UsedStateTable
}
