/** Opens clients that read one state of the database while others write to it. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"

/** Opens a client of its own for long reading, closed with the scope. */
export type OpenSnapshot = Effect.Effect<SqlClient, SqlError, Scope.Scope>

/** Undefined where the database at hand needs none, as its client has many connections, or has none to give. */
export const Snapshots: Context.Reference<OpenSnapshot | undefined> = Context.Reference<OpenSnapshot | undefined>(
  "@purser/storage/Snapshots",
  { defaultValue: () => undefined }
)
