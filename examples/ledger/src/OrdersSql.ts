/** Keeps orders in a table beside the ledger's, on SQLite and PostgreSQL. */
import { asStorageError } from "@purser/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql/SqlClient"
import { hasReached, type Order, OrderRefused, Orders, type OrderState } from "./Orders.ts"

interface Row {
  readonly id: string
  readonly owner: string
  readonly amount_minor: bigint
  readonly taken_minor: bigint
  readonly state: OrderState
}

const orderOf = (row: Row): Order => ({
  id: row.id,
  user: row.owner,
  amountMinor: row.amount_minor,
  takenMinor: row.taken_minor,
  state: row.state
})

/** A program that grows has migrations of its own for this. */
const makeTable = SqlClient.use((sql) =>
  sql`CREATE TABLE IF NOT EXISTS shop_order (
    id text PRIMARY KEY,
    owner text NOT NULL,
    amount_minor bigint NOT NULL,
    taken_minor bigint NOT NULL DEFAULT 0,
    state text NOT NULL
  )`
)

/** Orders on the database at hand. */
export const layer = Layer.effect(
  Orders,
  Effect.gen(function*() {
    const sql = yield* SqlClient
    yield* asStorageError("Orders.makeTable")(makeTable)

    const find = (id: string) =>
      Effect.flatMap(sql<Row>`SELECT * FROM shop_order WHERE id = ${id}`, ([row]) =>
        row === undefined
          ? Effect.fail(new OrderRefused({ reason: "OrderNotFound", order: id }))
          : Effect.succeed(orderOf(row)))

    return {
      place: Effect.fnUntraced(function*({ amountMinor, id, user }) {
        yield* sql`INSERT INTO shop_order (id, owner, amount_minor, state)
          VALUES (${id}, ${user}, ${amountMinor}, 'placed') ON CONFLICT (id) DO NOTHING`
        const order = yield* find(id)
        if (order.user === user && order.amountMinor === amountMinor) return order
        return yield* new OrderRefused({ reason: "OrderIsAnother", order: id })
      }, asStorageError("Orders.place")),

      // The condition is in the statement, so that of two callers at the same moment one moves the order.
      move: Effect.fnUntraced(function*(id, { from, takenMinor, to }) {
        const taken = takenMinor === undefined ? sql`taken_minor` : sql`${takenMinor}`
        const [row] = yield* sql<Row>`UPDATE shop_order SET state = ${to}, taken_minor = ${taken}
          WHERE id = ${id} AND state = ${from} RETURNING *`
        if (row !== undefined) return orderOf(row)
        const order = yield* find(id)
        return hasReached(order, to) ? order : yield* new OrderRefused({ reason: "OrderIsElsewhere", order: id })
      }, asStorageError("Orders.move"))
    }
  })
)
