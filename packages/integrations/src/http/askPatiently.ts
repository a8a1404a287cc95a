/** Asks a provider over HTTP, waits where it is told to, and tries again where that may help. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { exchange, type NoReply, type Question, type Reply } from "./exchange.ts"
import { type Gate, Limited, makeGate } from "./Gate.ts"
import { millisFrom } from "./millisFrom.ts"
import { type LineOptions, openLine } from "./openLine.ts"

/** A line, and how patient to be on it. */
export interface PatienceOptions extends LineOptions {
  /** The longest wait that the provider may ask for before a question fails instead. */
  readonly waitMostMillis: number
  /** Whether an answer that is late is asked for again. */
  readonly asksAgainWhenLate: boolean
}

/** A question that can be asked twice. */
export interface PatientQuestion extends Question {
  /** Whether everybody waits once `x-ratelimit-remaining` says that this spent the last of what is allowed. */
  readonly isOfOneAllowance?: boolean
}

/** Answers whatever came back but 429; a server in trouble only after the last try. */
export type AskPatiently = (question: PatientQuestion) => Effect.Effect<Reply, NoReply | Limited>

/** A server in trouble, which may be well again soon. */
class Trouble extends Data.TaggedError("Trouble")<{ readonly reply: Reply }> {}

/** Where nothing is said of the wait, and the longest that is believed: a header gone wrong must not stop us for good. */
const unsaidMillis = 60_000
const longestMillis = 3_600_000

/** After 100, 200 and 400 ms, a fifth more or less. */
const again = Schedule.exponential("100 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 3 }))

/** What a refusal tells of the wait: the later of both headers. */
const limitOf = (reply: Reply): Limited => {
  const said = [millisFrom(reply, "retry-after"), millisFrom(reply, "x-ratelimit-reset-after")]
    .filter((millis) => millis !== undefined)
  const retryAfterMillis = said.length === 0 ? unsaidMillis : Math.min(Math.max(...said), longestMillis)
  return new Limited({ retryAfterMillis, isTold: said.length > 0 })
}

const spentMillisOf = (reply: Reply): number =>
  reply.headers["x-ratelimit-remaining"]?.[0] === "0"
    ? Math.min(millisFrom(reply, "x-ratelimit-reset-after") ?? 0, longestMillis)
    : 0

const heed = Effect.fnUntraced(function*(gate: Gate, reply: Reply, isOfOneAllowance: boolean) {
  if (reply.status === 429) {
    const limit = limitOf(reply)
    yield* gate.close(limit.retryAfterMillis)
    return yield* limit
  }
  if (isOfOneAllowance) yield* gate.close(spentMillisOf(reply))
  return reply.status >= 500 ? yield* new Trouble({ reply }) : reply
})

/**
 * A line that closes with the scope. A wait that the provider asks for holds for all who ask over it, and nobody asks
 * while it lasts; broken connections and servers in trouble are asked again three times.
 */
export const makeAskPatiently = (options: PatienceOptions): Effect.Effect<AskPatiently, never, Scope.Scope> =>
  Effect.gen(function*() {
    const gate = makeGate(options.waitMostMillis)
    const line = yield* openLine(options)
    const places = yield* Semaphore.make(options.connections)
    const isPassing = (error: NoReply | Limited | Trouble): boolean => {
      if (error._tag === "Trouble") return true
      if (error._tag === "Limited") return error.retryAfterMillis <= options.waitMostMillis
      return error.isPassing || options.asksAgainWhenLate && error.why === "timed out"
    }
    return ({ isOfOneAllowance = false, ...question }) =>
      Effect.andThen(gate.pass, exchange(line, question)).pipe(
        Effect.flatMap((reply) => heed(gate, reply, isOfOneAllowance)),
        Effect.retry({ schedule: again, while: isPassing }),
        Effect.catchTag("Trouble", ({ reply }) => Effect.succeed(reply)),
        places.withPermit
      )
  })
