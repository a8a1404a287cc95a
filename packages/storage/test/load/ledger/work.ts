/**
 * Posts as fast as it can until it is killed: `work.ts DIALECT ADDRESS SEED ROUND START`. Each line tells of a question
 * that is asked (`? caller n`), and of its answer once that is told (`! caller n sequences`).
 */
import { LedgerStore } from "@purser/domain/ledger"
import { Database, Stores } from "@purser/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import { writeSync } from "node:fs"
import { type Question, setOf } from "./requests.ts"

const [dialect, address = "", ...numbers] = process.argv.slice(2)
const [seed = 0, round = 0, startMillis = 0] = numbers.map(Number)
const callers = 16

const say = (line: string) => Effect.sync(() => void writeSync(1, `${line}\n`))

/** Asks until there is an answer, always under the same ids: nobody knows whether an answer that was lost was a yes. */
const answer = (question: Question) =>
  LedgerStore.use((store) => store.post([setOf(question)])).pipe(
    Effect.tapError((error) => error.failure === "Broken" ? say(`broken ${String(error.cause)}`) : Effect.void),
    Effect.retry(Schedule.spaced("20 millis")),
    Effect.map(([outcome]) =>
      Result.match(outcome!, {
        onFailure: ({ reason }): string => reason,
        onSuccess: ({ transfers }) => transfers.map(({ sequence }) => sequence).join(",")
      })
    )
  )

const caller = (number: number) => {
  let next = 0
  return Effect.forever(Effect.gen(function*() {
    const n = next++
    yield* say(`? ${number} ${n}`)
    // Some say the same twice at once, and some again later.
    const question = { seed, round, startMillis, caller: number, n }
    const told = n % 5 === 0
      ? (yield* Effect.all([answer(question), answer(question)], { concurrency: "unbounded" }))[1]
      : yield* answer(question)
    yield* say(`! ${number} ${n} ${told}`)
  }))
}

const expirer = LedgerStore.use((store) => store.expireHolds(10)).pipe(
  Effect.retry(Schedule.spaced("20 millis")),
  Effect.andThen(Effect.sleep("5 millis")),
  Effect.forever
)

const database = dialect === "sqlite"
  ? Database.layerSqlite({ path: address })
  : Database.layerPostgres({ url: Redacted.make(address), applicationName: "purser load" })

const work = Effect.andThen(
  say("ready"),
  Effect.all([expirer, ...Array.from({ length: callers }, (_, number) => caller(number))], { concurrency: "unbounded" })
)

await Effect.runPromise(Effect.provide(work, Layer.provideMerge(Stores.layer, database)))
