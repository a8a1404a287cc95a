/** Holds several workers on one PostgreSQL to what the engine promises of offices, dead workers and frozen ones. */
import { assert, describe, it } from "@effect/vitest"
import { Engine, Fencing } from "@purser/jobs/engine"
import { Database, Migrations } from "@purser/storage"
import { temporaryPostgres } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql/SqlClient"
import { createServer } from "node:net"
import { inject } from "vitest"
import { freePorts } from "../../../../scripts/testing/regtest/freePorts.ts"
import { startWorker, type WorkerProcess } from "./WorkerProcess.ts"

interface Row {
  readonly worker: string
  readonly token: bigint
}

const written = SqlClient.use((sql) => sql<Row>`SELECT worker, token FROM written ORDER BY id`)

/** Waits until the worker has written after now. */
const writes = Effect.fnUntraced(function*({ name }: WorkerProcess) {
  const before = (yield* written).filter(({ worker }) => worker === name).length
  while ((yield* written).filter(({ worker }) => worker === name).length <= before) yield* Effect.sleep(50)
})

/** No term ever writes after a later one has. */
const assertInOrder = Effect.map(written, (rows) => {
  const tokens = rows.map(({ token }) => token)
  assert.deepStrictEqual(tokens, tokens.toSorted((left, right) => Number(left - right)))
})

/** The database of this file, ready for workers, and where it is. */
const withDatabase = <A, E, R>(body: (url: string) => Effect.Effect<A, E, R>) =>
  Effect.flatMap(temporaryPostgres(inject("postgresUrl")), (url) =>
    Migrations.run.pipe(
      Effect.andThen(SqlClient.use((sql) =>
        sql`CREATE TABLE written (id bigserial PRIMARY KEY, worker text NOT NULL, token bigint NOT NULL)`
      )),
      Effect.andThen(body(url)),
      Effect.provide(Database.layerPostgres({ url: Redacted.make(url), maxConnections: 2 }))
    ))

const race = (first: WorkerProcess, second: WorkerProcess) =>
  Effect.raceFirst(
    Effect.as(first.says("in office"), { holder: first, other: second }),
    Effect.as(second.says("in office"), { holder: second, other: first })
  )

describe("TK-5 LG-16 offices of several workers", () => {
  it.live(
    "move after a hard death, and keep a frozen holder from writing",
    () =>
      withDatabase(Effect.fnUntraced(function*(url) {
        const [one = 0, two = 0, three = 0] = yield* Effect.promise(() => freePorts(3))
        const workers = yield* Effect.all([startWorker("one", url, one), startWorker("two", url, two)])
        yield* Effect.forEach(workers, (worker) => worker.says("joined"))
        const { holder, other } = yield* race(...workers)
        yield* writes(holder)
        assert.strictEqual(other.said("in office"), 0)

        yield* holder.kill("SIGKILL")
        yield* other.says("in office")
        yield* writes(other)

        const third = yield* startWorker("three", url, three)
        yield* third.says("joined")
        yield* other.freeze
        yield* third.says("in office")
        yield* writes(third)
        yield* other.wake
        yield* other.says("Stale")
        yield* assertInOrder
      })),
    60_000
  )
})

describe("TK-5 a worker that cannot join", () => {
  it.live("says that its port is taken", () =>
    withDatabase(Effect.fnUntraced(function*(url) {
      const taken = yield* Effect.acquireRelease(
        Effect.promise(() =>
          new Promise<ReturnType<typeof createServer>>((resolve) => {
            const server = createServer().listen(0, "127.0.0.1", () => resolve(server))
          })
        ),
        (server) => Effect.sync(() => server.close())
      )
      const address = taken.address()
      const port = typeof address === "object" && address !== null ? address.port : 0
      const engine = Engine.layerCluster({ host: "127.0.0.1", port }).pipe(
        Layer.provide(Fencing.layer),
        Layer.provide(Database.layerPostgres({ url: Redacted.make(url) }))
      )
      const error = yield* Effect.flip(Layer.build(engine))
      assert.deepInclude(error, { _tag: "ClusterUnavailable", port })
    })))
})
