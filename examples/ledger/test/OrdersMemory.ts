/** Keeps orders in memory, in the transaction of the ledger in memory. */
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { hasReached, type Order, OrderRefused, Orders } from "../src/Orders.ts"

type Answer = Result.Result<Order, OrderRefused>

const refuse = (reason: OrderRefused["reason"], order: string): Answer =>
  Result.fail(new OrderRefused({ reason, order }))

/** Orders on the memory at hand; a transaction that fails leaves nothing of them. */
export const layer = Layer.effect(
  Orders,
  Effect.map(MemoryState, (state) => {
    const rows = state.table<string, Order>()
    const put = (order: Order): Answer => {
      rows.set(order.id, order)
      return Result.succeed(order)
    }
    const statement = (body: () => Answer) => Effect.flatMap(state.statement(body), Effect.fromResult)
    return {
      place: ({ amountMinor, id, user }) =>
        statement(() => {
          const found = rows.get(id)
          if (found === undefined) return put({ id, user, amountMinor, takenMinor: 0n, state: "placed" })
          return found.user === user && found.amountMinor === amountMinor
            ? Result.succeed(found)
            : refuse("OrderIsAnother", id)
        }),
      move: (id, { from, takenMinor, to }) =>
        statement(() => {
          const found = rows.get(id)
          if (found === undefined) return refuse("OrderNotFound", id)
          if (hasReached(found, to)) return Result.succeed(found)
          return found.state === from
            ? put({ ...found, state: to, takenMinor: takenMinor ?? found.takenMinor })
            : refuse("OrderIsElsewhere", id)
        })
    }
  })
)
