/** Tells what a failure of PostgreSQL means for the caller. */
import * as SqlError from "effect/sql/SqlError"

interface Cause {
  readonly code?: string
  readonly syscall?: string
  readonly message?: string
  readonly constraint?: string
}

const details = (cause: unknown): Cause => typeof cause === "object" && cause !== null ? cause : {}

const codeOf = (cause: unknown): string => {
  const { code } = details(cause)
  return typeof code === "string" ? code : ""
}

const lostMessage = /^(?:Connection terminated|Client (?:has|was)|Cannot use a pool|timeout e)/iu

/** True when the connection can not be used again. SQLSTATE classes of Appendix A of the PostgreSQL manual. */
export const isLost = (cause: unknown): boolean => {
  const code = codeOf(cause)
  const { message = "", syscall } = details(cause)
  return syscall !== undefined || cause instanceof AggregateError || /^(?:08|57P|53300|25P03|25P04)/u.test(code)
    || (code === "" && lostMessage.test(message))
}

/** True when the server ended the session before COMMIT reached it. */
export const endedBeforeCommit = (cause: unknown): boolean => /^(?:25P03|57P05)$/u.test(codeOf(cause))

/** True when the plan or the name of a prepared statement is gone, so that nothing has run. */
export const isStatementGone = (cause: unknown): boolean => {
  const code = codeOf(cause)
  return code === "26000" || (code === "0A000" && /cached plan/u.test(details(cause).message ?? ""))
}

interface Properties {
  readonly cause: unknown
  readonly message: string
  readonly operation: string
}

const byCode: Readonly<Record<string, (properties: Properties) => SqlError.SqlError["reason"]>> = {
  "40001": (properties) => new SqlError.SerializationError(properties),
  "40P01": (properties) => new SqlError.DeadlockError(properties),
  "55P03": (properties) => new SqlError.LockTimeoutError(properties),
  "57014": (properties) => new SqlError.StatementTimeoutError(properties),
  "42501": (properties) => new SqlError.AuthorizationError(properties)
}
const byClass: typeof byCode = {
  "23": (properties) => new SqlError.ConstraintError(properties),
  "28": (properties) => new SqlError.AuthenticationError(properties),
  "42": (properties) => new SqlError.SqlSyntaxError(properties)
}

const reasonOf = (cause: unknown, properties: Properties): SqlError.SqlError["reason"] => {
  if (isLost(cause)) return new SqlError.ConnectionError(properties)
  const code = codeOf(cause)
  if (code === "23505") {
    return new SqlError.UniqueViolation({ ...properties, constraint: details(cause).constraint ?? "unknown" })
  }
  return (byCode[code] ?? byClass[code.slice(0, 2)] ?? ((rest) => new SqlError.UnknownError(rest)))(properties)
}

/** The typed failure of an operation. */
export const failure = (cause: unknown, operation: string): SqlError.SqlError => {
  const code = codeOf(cause)
  const message = `postgres ${operation} failed${code === "" ? "" : ` (${code})`}`
  return new SqlError.SqlError({ reason: reasonOf(cause, { cause, message, operation }) })
}

/** What `operation` of a COMMIT with an unknown outcome is called. */
export const inDoubt = "commit in doubt"

/** The connection broke after COMMIT was sent: nobody knows whether it took hold, so it must not be retried. */
export const commitInDoubt = (cause: unknown): SqlError.SqlError =>
  new SqlError.SqlError({
    reason: new SqlError.UnknownError({ cause, operation: inDoubt, message: "outcome of COMMIT unknown" })
  })
