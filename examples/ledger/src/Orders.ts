/** Declares where the shop keeps its orders. */
import type { StorageError } from "@purser/domain/transaction"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"

/** `placed` holds money, `shipped` has taken it, `cancelled` has released it, `refunded` has given it back. */
export type OrderState = "placed" | "shipped" | "cancelled" | "refunded"

/** True for an order that is at `state` or was: a step that is made again has nothing left to do. */
export const hasReached = (order: Order, state: OrderState): boolean =>
  order.state === state || state === "shipped" && order.state === "refunded"

export interface Order {
  readonly id: string
  readonly user: string
  readonly amountMinor: bigint
  /** What was taken in the end, 0 until it is shipped. */
  readonly takenMinor: bigint
  readonly state: OrderState
}

/** The order can not become what was asked. */
export class OrderRefused extends Data.TaggedError("OrderRefused")<{
  readonly reason: "OrderNotFound" | "OrderIsAnother" | "OrderIsElsewhere"
  readonly order: string
}> {
  override get message(): string {
    return `${this.reason}: ${this.order}`
  }
}

/** Every method joins the surrounding transaction, and does the same again when it is called again. */
export class Orders extends Context.Service<Orders, {
  /** Adds an order. `OrderIsAnother` when there is one of that id with another user or amount. */
  readonly place: (
    order: Pick<Order, "id" | "user" | "amountMinor">
  ) => Effect.Effect<Order, OrderRefused | StorageError>
  /** Moves an order on, if it is at `from`; one that has reached `to` stays as it is. */
  readonly move: (
    id: string,
    step: { readonly from: OrderState; readonly to: OrderState; readonly takenMinor?: bigint }
  ) => Effect.Effect<Order, OrderRefused | StorageError>
}>()("example/Orders") {}
