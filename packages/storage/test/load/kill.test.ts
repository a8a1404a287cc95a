import { assert, describe, it } from "@effect/vitest"
import { Database, Migrations, Stores } from "@purser/storage"
import { temporaryPath } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { start } from "../childProcess.ts"
import { inspect, work } from "./unit.ts"

/** As many units as it takes to be killed in the middle of some. */
const acknowledged = 300

describe("LG-16 TK-11 a process that is killed", () => {
  it.live("has written the whole of all that it acknowledged, and half of nothing", () =>
    Effect.gen(function*() {
      const path = yield* temporaryPath
      yield* Effect.provide(Migrations.run, Database.layerSqlite({ path }))
      const worker = yield* start(new URL("workProcess.ts", import.meta.url), path)
      yield* worker.lines(acknowledged)
      yield* worker.kill
      const told = worker.printed().split("\n").slice(0, -1).map(Number)
      const books = Stores.layer.pipe(Layer.provideMerge(Database.layerSqlite({ path })))
      const found = Effect.tap(inspect(Math.max(...told) + 100), ({ whole }) => work(whole.size + 1000))
      const { faults, whole } = yield* Effect.provide(found, Layer.fresh(books))
      assert.deepStrictEqual(faults, [])
      assert.deepStrictEqual(told.filter((n) => !whole.has(n)), [])
      assert.isAtLeast(told.length, acknowledged)
    }))
})
