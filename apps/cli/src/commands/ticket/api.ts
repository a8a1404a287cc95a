/** Asks the public API, and tells refusals from answers. */
import {
  type Problem,
  PublicApi,
  type Redeemed,
  type TokenState,
  type UnderpaidProblem,
  type Waiting
} from "@purser/contract"
import * as Effect from "effect/Effect"
import * as HttpApiClient from "effect/http-api/HttpApiClient"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import { type CommandFailed, failed } from "../../terminal/CommandFailed.ts"

/** A refusal of the API; decide by its `code`. */
export interface Refused {
  readonly _tag: "Refused"
  readonly problem: Problem | UnderpaidProblem
}

/** What a redemption was answered with. */
export type RedeemAnswer =
  | { readonly _tag: "Redeemed"; readonly redeemed: Redeemed }
  | { readonly _tag: "Waiting"; readonly waiting: Waiting }
  | Refused

const isProblem = (error: unknown): error is Problem | UnderpaidProblem =>
  typeof error === "object" && error !== null && "code" in error && "status" in error && "detail" in error

const clientAt = (baseUrl: string) => Effect.provide(HttpApiClient.make(PublicApi, { baseUrl }), FetchHttpClient.layer)

/** What is no refusal of the API is a failure to reach it. */
const refusedOr = (url: string) => (error: unknown): Effect.Effect<Refused, CommandFailed> =>
  isProblem(error)
    ? Effect.succeed({ _tag: "Refused", problem: error })
    : Effect.fail(failed(`${url} does not answer as Purser does: is it running there?`))

/** A refusal in words. */
export const worded = ({ problem }: Refused): string =>
  [`${problem.title}: ${problem.detail}`, ...(problem.errors ?? []).map(({ field, message }) => `${field}: ${message}`)]
    .join("\n")

/** Redeems a secret. */
export const redeemAt = (
  url: string,
  payload: { readonly pid: string; readonly payment_id?: string }
): Effect.Effect<RedeemAnswer, CommandFailed> =>
  Effect.flatMap(clientAt(url), (client) => client.tickets.redeem({ payload })).pipe(
    Effect.map((answer): RedeemAnswer =>
      "service_token" in answer ? { _tag: "Redeemed", redeemed: answer } : { _tag: "Waiting", waiting: answer }
    ),
    Effect.catch(refusedOr(url))
  )

/** Looks at a token. */
export const lookAt = (
  url: string,
  token: string
): Effect.Effect<{ readonly _tag: "State"; readonly state: TokenState } | Refused, CommandFailed> =>
  Effect.flatMap(clientAt(url), (client) => client.tokens.look({ params: { token } })).pipe(
    Effect.map((state) => ({ _tag: "State", state }) as const),
    Effect.catch(refusedOr(url))
  )
