/** Names what PostgreSQL or the line to it says: https://www.postgresql.org/docs/18/errcodes-appendix.html */
import {
  AuthenticationError,
  AuthorizationError,
  ConnectionError,
  ConstraintError,
  DeadlockError,
  LockTimeoutError,
  SerializationError,
  SqlError,
  type SqlErrorReason,
  SqlSyntaxError,
  StatementTimeoutError,
  UniqueViolation,
  UnknownError
} from "effect/sql/SqlError"

interface Said {
  readonly code: string
  readonly message: string
  readonly constraint: string
  readonly isFromSocket: boolean
}

const textOf = (value: unknown): string => typeof value === "string" ? value : ""

const read = (cause: unknown): Said => {
  const said = cause as
    | { readonly code?: unknown; readonly message?: unknown; readonly constraint?: unknown; readonly syscall?: unknown }
    | undefined
  return {
    code: textOf(said?.code),
    message: textOf(said?.message),
    constraint: textOf(said?.constraint),
    isFromSocket: said?.syscall !== undefined || cause instanceof AggregateError
  }
}

/** Classes 08 and 57P, too many connections, sessions that the server ended for idling, and a server that only reads. */
const lostCodes = /^(?:08...|57P..|53300|25P03|25P04|25006)$/u
/** What `pg` itself says, without a code. */
const lostMessages =
  /^(?:Connection terminated|Client (?:has|was)|Cannot use a pool|Query read timeout|timeout e|Connection ended)/iu

const isLostBy = ({ code, isFromSocket, message }: Said): boolean =>
  isFromSocket || lostCodes.test(code) || code === "" && lostMessages.test(message)

/** True when the connection is gone, or when it can not be told what state it is in. */
export const isLost = (cause: unknown): boolean => isLostBy(read(cause))

/**
 * True for what the server says before it does anything: it ended an idle session, takes no more connections or is not
 * ready yet, or only reads, as one does that another has taken over from. Nothing is in doubt then.
 */
export const isBeforehand = (cause: unknown): boolean => /^(?:25P03|57P05|53300|57P03|25006)$/u.test(read(cause).code)

/** True when a prepared statement no longer fits the tables, or is gone: nothing has run yet. */
export const isStalePlan = (cause: unknown): boolean => {
  const { code, message } = read(cause)
  return code === "26000" || code === "0A000" && message.includes("cached plan")
}

type Props = { readonly cause: unknown; readonly message: string; readonly operation: string }
type Make = (props: Props, constraint: string) => SqlErrorReason

const exact: Readonly<Record<string, Make>> = {
  "40001": (props) => new SerializationError(props),
  "40P01": (props) => new DeadlockError(props),
  "55P03": (props) => new LockTimeoutError(props),
  "57014": (props) => new StatementTimeoutError(props),
  "23505": (props, constraint) => new UniqueViolation({ ...props, constraint }),
  "42501": (props) => new AuthorizationError(props),
  "3D000": (props) => new AuthenticationError(props)
}

const byClass: Readonly<Record<string, Make>> = {
  "23": (props) => new ConstraintError(props),
  // Disk full, out of memory: no fault of the statement.
  "53": (props) => new ConnectionError(props),
  "28": (props) => new AuthenticationError(props),
  "42": (props) => new SqlSyntaxError(props)
}

const makerOf = (said: Said, cause: unknown): Make => {
  if (isLostBy(said)) return (props) => new ConnectionError(props)
  if (isStalePlan(cause)) return (props) => new SerializationError(props)
  return exact[said.code] ?? byClass[said.code.slice(0, 2)] ?? ((props) => new UnknownError(props))
}

/** The failure that `cause` stands for. Its message names the code only: details can quote values. */
export const pgFailure = (cause: unknown, operation: string): SqlError => {
  const said = read(cause)
  const message = `PostgreSQL failed at ${operation}${said.code === "" ? "" : ` (${said.code})`}`
  return new SqlError({ reason: makerOf(said, cause)({ cause, message, operation }, said.constraint || "unknown") })
}
