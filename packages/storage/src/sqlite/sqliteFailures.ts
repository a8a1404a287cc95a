/** Names what SQLite says: https://www.sqlite.org/rescode.html */
import { classifySqliteError, ConnectionError, SqlError } from "effect/sql/SqlError"
import { inDoubt } from "../failures.ts"

const operation = "execute"
const message = "SQLite refused a statement"

const codeOf = (cause: unknown): string => String((cause as { readonly code?: unknown } | undefined)?.code)

/**
 * The failure that `cause` stands for. `isCommitting` tells that the statement was to be committed: a write-ahead log that
 * could not be forced to disk may still be found whole after a crash.
 */
export const sqliteFailure = (
  cause: unknown,
  at: { readonly isOpen: boolean; readonly isCommitting: boolean }
): SqlError => {
  const code = codeOf(cause)
  if (at.isCommitting && code.startsWith("SQLITE_IOERR")) return inDoubt(cause, "COMMIT")
  // A full disk and a closed file are no fault of the statement, and it has changed nothing.
  return !at.isOpen || code === "SQLITE_FULL"
    ? new SqlError({ reason: new ConnectionError({ cause, message, operation }) })
    : new SqlError({ reason: classifySqliteError(cause, { message, operation }) })
}
