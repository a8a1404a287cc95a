/** Runs as a process of its own: a worker that joins the others and, in office, writes a row again and again. */
import { Engine, Fencing } from "@purser/jobs/engine"
import { Database } from "@purser/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as References from "effect/References"
import { SqlClient } from "effect/sql/SqlClient"

const [, , name = "", url = "", port = ""] = process.argv

const say = (word: string): Effect.Effect<void> => Effect.sync(() => void process.stdout.write(`${word}\n`))

/** Stops this very process between two writes, so that it is certain where it stands. */
const freezeWhenAsked = (asked: { now: boolean }) =>
  Effect.sync(() => {
    if (!asked.now) return
    asked.now = false
    process.kill(process.pid, "SIGSTOP")
  })

const work = Effect.gen(function*() {
  const sql = yield* SqlClient
  const engine = yield* Engine
  const asked = { now: false }
  process.stdin.on("data", () => void (asked.now = true))
  yield* engine.start({
    name: "office",
    run: ({ guard, token }) =>
      say(`in office ${token}`).pipe(
        Effect.andThen(Effect.forever(
          // What was begun is brought to its end, so that the fence has to refuse it and not the engine.
          Effect.uninterruptible(
            guard(sql`INSERT INTO written (worker, token) VALUES (${name}, ${token})`).pipe(
              Effect.tapError((error) => say(error._tag))
            )
          ).pipe(
            Effect.andThen(Effect.sleep(50)),
            Effect.andThen(freezeWhenAsked(asked))
          )
        ))
      )
  })
  yield* say("joined")
  return yield* Effect.never
})

const layer = Engine.layerCluster({ host: "127.0.0.1", port: Number(port), takeOverMillis: 3000 }).pipe(
  Layer.provideMerge(Fencing.layer),
  Layer.provideMerge(Database.layerPostgres({ url: Redacted.make(url), maxConnections: 4 }))
)

process.once("SIGTERM", () => process.exit(0))
Effect.runFork(
  Effect.scoped(work).pipe(Effect.provide(layer), Effect.provideService(References.MinimumLogLevel, "None"))
)
