/** Cuts pages, and tells whether there is another one behind. */
import * as Effect from "effect/Effect"

/** Rows, and whether more of them follow. */
export interface Page<Row> {
  readonly rows: ReadonlyArray<Row>
  readonly hasMore: boolean
}

/** Reads one row more than wanted, which is not shown. */
export const pageOf = <Row, E>(
  limit: number,
  read: (limit: number) => Effect.Effect<ReadonlyArray<Row>, E>
): Effect.Effect<Page<Row>, E> =>
  Effect.map(read(limit + 1), (rows) => ({ rows: rows.slice(0, limit), hasMore: rows.length > limit }))

/** The text of a page; its last line says how to go on, where there is more. */
export const withNext = (text: string, next: bigint | string | null): string =>
  next === null ? text : `${text}\nmore: --after ${next}`
