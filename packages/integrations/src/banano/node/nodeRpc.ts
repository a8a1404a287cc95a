/** Asks a node by its RPC: one JSON object there, one back, errors with status 200. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { Agent } from "node:http"
import { Agent as SecureAgent } from "node:https"
import { exchange, type Line, type NoReply, type Reply } from "../../http/exchange.ts"
import { fieldOf } from "../../http/fieldOf.ts"
import {
  type BananoError,
  BananoMalformed,
  BananoRefused,
  BananoStatus,
  BananoUnreachable,
  reasonOf
} from "./BananoError.ts"
import type { NodeOptions } from "./NodeOptions.ts"
import { Refusal } from "./Wire.ts"

/** An action, its parameters, and how to read the answer. */
export interface Question<A> {
  readonly action: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly answer: Schema.Decoder<A>
}

/** Asks one node. */
export interface NodeRpc {
  /** For what only reads: a broken connection or a server in trouble is tried again after 100, 200 and 400 ms. */
  readonly read: <A>(question: Question<A>) => Effect.Effect<A, BananoError>
  /** For what changes something: asked once. */
  readonly write: <A>(question: Question<A>) => Effect.Effect<A, BananoError>
}

/** After 100, 200 and 400 ms, a fifth more or less. */
const again = Schedule.exponential("100 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 3 }))

const isPassing = (error: NoReply | BananoStatus): boolean =>
  error._tag === "NoReply" ? error.isPassing : error.status >= 500

const addressOf = (url: string): URL => {
  const address = new URL(url)
  address.username = ""
  address.password = ""
  return address
}

const headersOf = ({ apiKey }: NodeOptions): Readonly<Record<string, string>> =>
  apiKey === undefined ? {} : { [apiKey.header]: Redacted.value(apiKey.value) }

/** One short line, whatever the node says. */
const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, " ").slice(0, 200)

const isRefusal = Schema.is(Refusal)

const readAnswer = Effect.fnUntraced(function*<A>({ action, answer }: Question<A>, body: string) {
  const malformed = (where: string) => new BananoMalformed({ action, where })
  const value = yield* Effect.try({ try: () => JSON.parse(body) as unknown, catch: () => malformed("not JSON") })
  if (isRefusal(value)) {
    return yield* new BananoRefused({ action, reason: reasonOf(value.error), text: oneLine(value.error) })
  }
  return yield* Effect.mapError(Schema.decodeUnknownEffect(answer)(value), (error) => malformed(fieldOf(error)))
})

const lineTo = (options: NodeOptions, url: URL): Line => {
  const kept = { keepAlive: true, maxSockets: options.concurrency ?? 4 }
  return {
    agent: url.protocol === "https:" ? new SecureAgent(kept) : new Agent(kept),
    timeoutMillis: options.timeoutMillis ?? 15_000,
    mostBytes: options.mostBytes ?? 4 * 2 ** 20
  }
}

const accepted = (reply: Reply): Effect.Effect<Reply, BananoStatus> =>
  reply.status === 200 ? Effect.succeed(reply) : new BananoStatus({ status: reply.status })

const failureOf = (error: NoReply | BananoStatus): BananoUnreachable | BananoStatus =>
  error._tag === "NoReply" ? new BananoUnreachable({ why: error.why }) : error

/** A client whose connections stay open between questions and close with the scope. */
export const makeNodeRpc = (options: NodeOptions): Effect.Effect<NodeRpc, never, Scope.Scope> =>
  Effect.gen(function*() {
    const url = addressOf(options.url)
    const headers = headersOf(options)
    const line = yield* Effect.acquireRelease(
      Effect.sync(() => lineTo(options, url)),
      ({ agent }) => Effect.sync(() => agent.destroy())
    )
    const turns = yield* Semaphore.make(options.concurrency ?? 4)
    const send = ({ action, parameters }: Question<unknown>) =>
      Effect.flatMap(exchange(line, { url, headers, body: JSON.stringify({ action, ...parameters }) }), accepted)
    const traced = <A>({ action }: Question<unknown>, effect: Effect.Effect<A, BananoError>) =>
      Effect.withSpan(turns.withPermit(effect), `banano.${action}`, { kind: "client" })
    return {
      read: (question) =>
        traced(
          question,
          send(question).pipe(
            Effect.retry({ schedule: again, while: isPassing }),
            Effect.mapError(failureOf),
            Effect.flatMap(({ body }) => readAnswer(question, body))
          )
        ),
      write: (question) =>
        traced(
          question,
          send(question).pipe(
            Effect.mapError(failureOf),
            Effect.flatMap(({ body }) => readAnswer(question, body))
          )
        )
    }
  })
