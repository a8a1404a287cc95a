/** Turns rows into what the domain knows. */
import * as Effect from "effect/Effect"
import { SqlError, UnknownError } from "effect/sql/SqlError"

const misfit = (cause: unknown): SqlError =>
  new SqlError({ reason: new UnknownError({ cause, message: "a row does not fit", operation: "decode" }) })

/** Decodes every row. One that does not fit, written by another program or by a fault of ours, is a typed failure. */
export const decoded = <Row, A, E, R>(
  rows: Effect.Effect<ReadonlyArray<Row>, E, R>,
  decode: (row: Row) => A
): Effect.Effect<ReadonlyArray<A>, E | SqlError, R> =>
  Effect.flatMap(rows, (found) => Effect.try({ try: () => found.map(decode), catch: misfit }))
