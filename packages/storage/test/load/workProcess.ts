/** Works as fast as it can and prints each number once it is committed: `workProcess.ts PATH`. */
import { Database, Stores } from "@purser/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { writeSync } from "node:fs"
import { work } from "./unit.ts"

const [path = ""] = process.argv.slice(2)
let last = 0

const next = Effect.suspend(() => {
  const n = last++
  return Effect.andThen(work(n), Effect.sync(() => writeSync(1, `${n}\n`)))
})

const workers = Effect.all(Array.from({ length: 32 }, () => Effect.forever(next)), { concurrency: "unbounded" })

await Effect.runPromise(
  Effect.provide(workers, Stores.layer.pipe(Layer.provideMerge(Database.layerSqlite({ path }))))
)
