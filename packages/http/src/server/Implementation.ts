/** Ties a handler to its endpoint of the contract, with the types of both. */
import { routeName, type Rules } from "@purser/contract"
import type { Actor } from "@purser/domain/faucet"
import type { SignedIn } from "@purser/domain/identity"
import type { StorageError } from "@purser/domain/transaction"
import type * as Effect from "effect/Effect"
import type * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import type { ReadInput } from "../given/readInput.ts"
import type { Refused, Reply } from "./Reply.ts"

/** What a handler may know of its caller. */
export interface Call {
  readonly principal: string
  readonly correlationId: string
  /** What signs in and out is handed on as it came. */
  readonly cookieHeader: string | undefined
  readonly acceptLanguage: string | undefined
  /** Where a trusted proxy says that the caller is. */
  readonly regionHint: string | undefined
}

/** A call of somebody who may be signed in, where that is all that it changes. */
export interface VisitorCall extends Call {
  readonly signedIn: SignedIn | null
  readonly formToken: string | null
}

/** A call of somebody who is signed in. `formToken` is what forms for this session have to bring back. */
export interface PlayerCall extends Call {
  readonly signedIn: SignedIn
  readonly formToken: string
}

/** A call of an admin, or of a program with the internal key, which is nobody. */
export interface AdminCall extends Call {
  readonly actor: Actor
  readonly signedIn: SignedIn | null
  readonly formToken: string | null
  /** Whether money may move: a second factor was given within the last minutes, or the key. */
  readonly isProven: boolean
}

type Part<Name extends string, Type> = [Type] extends [never] ? object : { readonly [K in Name]: Type }

/** What the contract promises to a handler of this endpoint. */
export type Input<E extends HttpApiEndpoint.ConstraintRequest> =
  & Part<"params", HttpApiEndpoint.Params<E>["Type"]>
  & Part<"query", HttpApiEndpoint.Query<E>["Type"]>
  & Part<"payload", HttpApiEndpoint.Payload<E>["Type"]>

/** Whom a handler is written for. */
export type Access = "anybody" | "visitor" | "player" | "admin"

/** Whom a route with this credential is for. */
export const accessOf: Readonly<Record<Rules["credential"], Access>> = {
  none: "anybody",
  optional_session: "visitor",
  internal_key: "anybody",
  session: "player",
  admin: "admin",
  proven_admin: "admin"
}

/** A handler by the name of its route. */
export interface Implementation {
  readonly name: string
  readonly access: Access
  /** What is refused before anybody asks who calls. */
  readonly check: ((input: ReadInput) => Refused | undefined) | undefined
  readonly handle: (input: ReadInput, call: Call) => Effect.Effect<Reply<unknown>, StorageError>
}

type Endpoint = HttpApiEndpoint.ConstraintRequest & { readonly method: string; readonly path: string }

type Handle<E extends Endpoint, C extends Call> = (
  input: Input<E>,
  call: C
) => Effect.Effect<Reply<HttpApiEndpoint.Success<E>["Type"]>, StorageError>

type Check<E extends Endpoint> = (input: Input<E>) => Refused | undefined

const implementation =
  <C extends Call>(access: Access) =>
  <E extends Endpoint>(endpoint: E, handle: Handle<E, C>, check?: Check<E>): Implementation => ({
    name: routeName(endpoint),
    access,
    // What the endpoint's own schemas have read is what its input type says.
    check: check && ((input) => check(input as Input<E>)),
    // A route whose rules ask for this access hands over such a call, and `makeRoute` compares the two.
    handle: (input, call) => handle(input as Input<E>, call as C)
  })

/** A handler translates: the contract's words into a use case, and its outcome back. It never looks at the request itself. */
export const implement = implementation<Call>("anybody")

/** A handler for anybody, told who is signed in. */
export const implementForVisitor = implementation<VisitorCall>("visitor")

/** A handler for who is signed in. */
export const implementForPlayer = implementation<PlayerCall>("player")

/** A handler for admins. */
export const implementForAdmin = implementation<AdminCall>("admin")
