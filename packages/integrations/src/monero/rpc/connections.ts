/** Shares a few connections among callers, and asks again where that may help. */
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { NoReply, type Reply } from "../../http/exchange.ts"
import { Connection, type LoginRefused } from "./Connection.ts"
import type { RpcOptions } from "./RpcOptions.ts"

/** Sends a body and answers a reply of status 200. Only for what can be asked twice. */
export type Ask = (body: string) => Effect.Effect<Reply, NoReply | LoginRefused>

/** After 100, 200 and 400 ms, a fifth more or less. */
const again = Schedule.exponential("100 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 3 }))

const isPassing = (error: NoReply | LoginRefused): boolean => error._tag === "NoReply" && error.isPassing

/** The program answers 200 even when it refuses; a server that is in trouble may be well again soon. */
const accepted = (reply: Reply): Effect.Effect<Reply, NoReply> =>
  reply.status === 200
    ? Effect.succeed(reply)
    : new NoReply({ why: `HTTP ${reply.status}`, isPassing: reply.status >= 500 })

/** Connections that close with the scope. Callers wait when all are taken; a broken one is tried again three times. */
export const makeConnections = (options: RpcOptions): Effect.Effect<Ask, never, Scope.Scope> =>
  Effect.gen(function*() {
    const count = options.concurrency ?? 4
    const free = Array.from({ length: count }, () => new Connection(options))
    const all = [...free]
    yield* Effect.addFinalizer(() => Effect.sync(() => all.forEach((connection) => connection.close())))
    const turns = yield* Semaphore.make(count)
    // The one that was used last is the most likely to be open.
    const borrow = Effect.sync(() => free.pop()!)
    return (body) =>
      turns.withPermit(Effect.acquireUseRelease(
        borrow,
        (connection) =>
          connection.ask(body).pipe(
            Effect.flatMap(accepted),
            Effect.retry({ schedule: again, while: isPassing })
          ),
        (connection) => Effect.sync(() => free.push(connection))
      ))
  })
