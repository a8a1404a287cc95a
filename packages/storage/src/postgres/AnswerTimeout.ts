/** Decides how long the answer to a statement is waited for. */
import * as Context from "effect/Context"

/**
 * Milliseconds after which a server that says nothing counts as lost, for statements of the surrounding effect; undefined
 * leaves it to the pool. The server's own `statement_timeout` comes first where it is shorter.
 */
export const AnswerTimeoutMillis = Context.Reference<number | undefined>(
  "@purser/storage/postgres/AnswerTimeoutMillis",
  {
    defaultValue: () => undefined
  }
)
