/** Ties a handler to its endpoint of the contract, with the types of both. */
import { routeName } from "@purser/contract"
import type { StorageError } from "@purser/domain/transaction"
import type * as Effect from "effect/Effect"
import type * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import type { ReadInput } from "../given/readInput.ts"
import type { Reply } from "./Reply.ts"

/** What a handler may know of its caller. */
export interface Call {
  readonly principal: string
  readonly correlationId: string
}

type Part<Name extends string, Type> = [Type] extends [never] ? object : { readonly [K in Name]: Type }

/** What the contract promises to a handler of this endpoint. */
export type Input<E extends HttpApiEndpoint.ConstraintRequest> =
  & Part<"params", HttpApiEndpoint.Params<E>["Type"]>
  & Part<"query", HttpApiEndpoint.Query<E>["Type"]>
  & Part<"payload", HttpApiEndpoint.Payload<E>["Type"]>

/** A handler by the name of its route. */
export interface Implementation {
  readonly name: string
  readonly handle: (input: ReadInput, call: Call) => Effect.Effect<Reply<unknown>, StorageError>
}

/** A handler translates: the contract's words into a use case, and its outcome back. It never looks at the request itself. */
export const implement = <
  E extends HttpApiEndpoint.ConstraintRequest & { readonly method: string; readonly path: string }
>(
  endpoint: E,
  handle: (input: Input<E>, call: Call) => Effect.Effect<Reply<HttpApiEndpoint.Success<E>["Type"]>, StorageError>
): Implementation => ({
  name: routeName(endpoint),
  // What the endpoint's own schemas have read is what its input type says.
  handle: (input, call) => handle(input as Input<E>, call)
})
