/** Brings a SQLite file up to date and prints what ran: `migrateProcess.ts PATH`. */
import { Database, Migrations } from "@purser/storage"
import * as Effect from "effect/Effect"

const [path = ""] = process.argv.slice(2)

const ran = await Effect.runPromise(Effect.provide(Migrations.run, Database.layerSqlite({ path })))
process.stdout.write(`${JSON.stringify(ran)}\n`)
