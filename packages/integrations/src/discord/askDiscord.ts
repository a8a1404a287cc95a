/** Asks Discord over HTTP, waits where it is told to, and tries again where that may help. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { Agent } from "node:http"
import { Agent as SecureAgent } from "node:https"
import { exchange, type Line, NoReply, type Reply } from "../http/exchange.ts"
import { millisFrom } from "../http/millisFrom.ts"
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
import { type Gate, makeGate } from "./Gate.ts"
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

/** Where nothing is said of the wait, and the longest that is believed: a header gone wrong must not stop us for good. */
const unsaidMillis = 60_000
const longestMillis = 3_600_000

/** After 100, 200 and 400 ms, a fifth more or less. */
const again = Schedule.exponential("100 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 3 }))

const readCode = Schema.decodeUnknownOption(Refusal)

const codeOf = ({ body }: Reply): number | null =>
  Option.match(readCode(body), { onNone: () => null, onSome: ({ code }) => code })

/** The later of both headers. */
const waitMillisOf = (reply: Reply): number => {
  const said = [millisFrom(reply, "retry-after"), millisFrom(reply, "x-ratelimit-reset-after")]
    .filter((millis) => millis !== undefined)
  return said.length === 0 ? unsaidMillis : Math.min(Math.max(...said), longestMillis)
}

/**
 * A bot spends one allowance with all its questions, so that it stops before it is refused: too many refusals shut out
 * the address. Users have one each, and do not wait for each other's.
 */
const spentMillisOf = (reply: Reply, credential: Credential): number | undefined =>
  credential === "bot" && reply.headers["x-ratelimit-remaining"]?.[0] === "0"
    ? millisFrom(reply, "x-ratelimit-reset-after")
    : undefined

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

const heed = Effect.fnUntraced(function*(gate: Gate, reply: Reply, credential: Credential) {
  if (reply.status === 429) {
    const retryAfterMillis = waitMillisOf(reply)
    yield* gate.close(retryAfterMillis)
    return yield* new DiscordLimited({ retryAfterMillis })
  }
  const spent = spentMillisOf(reply, credential)
  if (spent !== undefined) yield* gate.close(Math.min(spent, longestMillis))
})

const lineTo = (options: DiscordOptions): Line => {
  const kept = { keepAlive: true, maxSockets: options.concurrency ?? 4 }
  return {
    agent: new URL(options.apiUrl).protocol === "https:" ? new SecureAgent(kept) : new Agent(kept),
    timeoutMillis: options.timeoutMillis ?? 5000,
    mostBytes: options.mostBytes ?? 2 ** 20
  }
}

const sent = ({ authorization, form }: Question) =>
  form === undefined ? { headers: { authorization } } : {
    headers: { authorization, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString()
  }

/** A client whose connections stay open between questions and close with the scope. */
export const makeAsk = (options: DiscordOptions): Effect.Effect<Ask, never, Scope.Scope> =>
  Effect.gen(function*() {
    const base = options.apiUrl.replace(/\/+$/u, "")
    const waitMostMillis = options.waitMostMillis ?? 10_000
    const gate = makeGate(waitMostMillis)
    const line = yield* Effect.acquireRelease(
      Effect.sync(() => lineTo(options)),
      ({ agent }) => Effect.sync(() => agent.destroy())
    )
    const places = yield* Semaphore.make(options.concurrency ?? 4)
    const attempt = Effect.fnUntraced(function*(question: Question) {
      yield* gate.pass
      const reply = yield* exchange(line, { url: new URL(`${base}${question.path}`), ...sent(question) })
      yield* heed(gate, reply, question.credential)
      return yield* told(reply, question.credential)
    })
    const isPassing = (error: NoReply | DiscordError): boolean => {
      if (error instanceof NoReply) return error.isPassing || error.why === "timed out"
      if (error._tag === "DiscordLimited") return error.retryAfterMillis <= waitMostMillis
      return error._tag === "DiscordStatus" && error.status >= 500
    }
    return (question) =>
      attempt(question).pipe(
        Effect.retry({ schedule: again, while: isPassing }),
        Effect.catchTag("NoReply", ({ why }) => Effect.fail(new DiscordUnreachable({ why }))),
        places.withPermit
      )
  })
