/** Cuts pages, and tells whether there is another one behind. */
import * as Effect from "effect/Effect"
import { largestPage } from "../given.ts"

/** Rows, and whether more of them follow. */
export interface Page<Row> {
  readonly rows: ReadonlyArray<Row>
  readonly hasMore: boolean
}

/**
 * Reads one row more than wanted, which is not shown. The store gives no more than the largest page: behind that one, when
 * it is full, there is taken to be another, which may turn out to be empty.
 */
export const pageOf = <Row, E>(
  limit: number,
  read: (limit: number) => Effect.Effect<ReadonlyArray<Row>, E>
): Effect.Effect<Page<Row>, E> => {
  const asked = Math.min(limit + 1, largestPage)
  return Effect.map(read(asked), (rows) => ({ rows: rows.slice(0, limit), hasMore: rows.length === asked }))
}

/** The text of a page; its last line says how to go on, where there is more. */
export const withNext = (text: string, next: bigint | string | null): string =>
  next === null ? text : `${text}\nmore: --after ${next}`
