/** Asks Discord a question, and tells what the answer says of it from what says nothing. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { makeAskPatiently } from "../http/askPatiently.ts"
import type { NoReply, Reply } from "../http/exchange.ts"
import type { Limited } from "../http/Gate.ts"
import {
  type Credential,
  type DiscordError,
  DiscordForbidden,
  DiscordLimited,
  DiscordStatus,
  DiscordUnauthorized,
  DiscordUnreachable
} from "./DiscordError.ts"
import type { DiscordOptions } from "./DiscordOptions.ts"
import { Refusal } from "./Wire.ts"

/** What is asked, and by whose right. A form is posted; without one it is a look-up. */
export interface Question {
  readonly path: string
  readonly credential: Credential
  /** The whole header, such as `Bearer …`. */
  readonly authorization: string
  readonly form?: Readonly<Record<string, string>>
}

/** An answer that says something of the question: its text, or Discord's code for why there is nothing (404). */
export type Told =
  | { readonly _tag: "Found"; readonly body: string }
  | { readonly _tag: "Missing"; readonly code: number | null }

/** Asks. Only for what can be asked twice. */
export type Ask = (question: Question) => Effect.Effect<Told, DiscordError>

const readCode = Schema.decodeUnknownOption(Refusal)

const codeOf = ({ body }: Reply): number | null =>
  Option.match(readCode(body), { onNone: () => null, onSome: ({ code }) => code })

const told = (reply: Reply, credential: Credential): Effect.Effect<Told, DiscordError> => {
  const { status } = reply
  if (status === 200 || status === 204) return Effect.succeed({ _tag: "Found", body: reply.body })
  if (status === 401) return new DiscordUnauthorized({ credential })
  const code = codeOf(reply)
  if (status === 403) return new DiscordForbidden({ credential, code })
  return status === 404 && code !== null
    ? Effect.succeed({ _tag: "Missing", code })
    : new DiscordStatus({ status, code })
}

const failureOf = (error: NoReply | Limited): DiscordError =>
  error._tag === "NoReply"
    ? new DiscordUnreachable({ why: error.why })
    : new DiscordLimited({ retryAfterMillis: error.retryAfterMillis })

const sent = ({ authorization, form }: Question) =>
  form === undefined ? { headers: { authorization } } : {
    headers: { authorization, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString()
  }

/** A client whose connections stay open between questions and close with the scope. */
export const makeAsk = (options: DiscordOptions): Effect.Effect<Ask, never, Scope.Scope> => {
  const base = options.apiUrl.replace(/\/+$/u, "")
  const patience = makeAskPatiently({
    url: base,
    connections: options.concurrency ?? 4,
    timeoutMillis: options.timeoutMillis ?? 5000,
    mostBytes: options.mostBytes ?? 2 ** 20,
    waitMostMillis: options.waitMostMillis ?? 10_000,
    asksAgainWhenLate: true
  })
  return Effect.map(patience, (ask) => (question) =>
    Effect.suspend(() =>
      ask({
        url: new URL(`${base}${question.path}`),
        ...sent(question),
        // A bot spends one allowance with all its questions, and too many refusals shut out the address. Users have
        // one each, and do not wait for each other's.
        isOfOneAllowance: question.credential === "bot"
      })
    ).pipe(
      Effect.mapError(failureOf),
      Effect.flatMap((reply) => told(reply, question.credential))
    ))
}
