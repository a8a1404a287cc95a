/**
 * Kills programs that post, and servers under them, round after round: `npm run faults:kill -- --rounds 100 --store sqlite`.
 * Prints the seed, each fault with its round, and figures; exit code 1 when anything was lost, doubled or unsound.
 */
import { Database, Migrations } from "@purser/storage"
import { temporaryPath, temporaryPostgres } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql/SqlClient"
import { parseArgs } from "node:util"
import { startPostgres } from "../../../../../scripts/testing/postgresServer.ts"
import { type Ground, playRound } from "./round.ts"

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "100" },
    store: { type: "string", default: "sqlite" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "1" },
    json: { type: "boolean", default: false }
  }
})
const [rounds, seed, from] = [values.rounds, values.seed, values.from].map(Number) as [number, number, number]
if (!["sqlite", "postgres"].includes(values.store) || ![rounds, seed, from].every(Number.isSafeInteger)) {
  process.stderr.write(
    "usage: npm run faults:kill -- [--rounds 100] [--store sqlite|postgres] [--seed 1] [--from 1] [--json]\n"
  )
  process.exit(2)
}

/** A ledger serves so many rounds: each round verifies the whole of it. */
const roundsOfOneLedger = 10

/** A killed server loses what it only promised to write, so that each COMMIT has to be handed to the system. */
const keepPromises = SqlClient.use((sql) =>
  sql`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = on', current_database()); END $$`
)

const sqliteGround = Effect.gen(function*() {
  const address = yield* temporaryPath
  yield* Effect.provide(Migrations.run, Layer.fresh(Database.layerSqlite({ path: address })))
  return { dialect: "sqlite", address, isServerOurs: false } satisfies Ground
})

const postgresGround = (server: string) =>
  Effect.gen(function*() {
    const address = yield* temporaryPostgres(server)
    const database = Layer.fresh(Database.layerPostgres({ url: Redacted.make(address), maxConnections: 1 }))
    yield* Effect.provide(Effect.andThen(Migrations.run, keepPromises), database)
    return { dialect: "postgres", address, isServerOurs: true } satisfies Ground
  })

const total = { rounds: 0, serverKills: 0, transfers: 0n, answered: 0, unheard: 0, bookedUnheard: 0, faults: 0 }

const note = (round: number, { faults, killsServer, ...found }: Effect.Success<ReturnType<typeof playRound>>): void => {
  total.rounds += 1
  total.serverKills += killsServer ? 1 : 0
  total.answered += found.answered
  total.unheard += found.unheard
  total.bookedUnheard += found.bookedUnheard
  total.faults += faults.length
  for (const fault of faults) process.stdout.write(`round ${round} of seed ${seed}: ${fault}\n`)
  if (values.json) return
  const what = killsServer ? "server and program killed" : "program killed"
  process.stdout.write(
    `round ${round}: ${what}, ${found.answered} answered, ${found.unheard} unheard of which ${found.bookedUnheard} booked, ${found.transfers} transfers ${
      faults.length === 0 ? "sound" : "NOT SOUND"
    }\n`
  )
}

const playAll = (makeGround: typeof sqliteGround | ReturnType<typeof postgresGround>) =>
  Effect.gen(function*() {
    for (let first = from; first < from + rounds; first += roundsOfOneLedger) {
      yield* Effect.scoped(Effect.gen(function*() {
        const ground: Ground = yield* makeGround
        const end = Math.min(first + roundsOfOneLedger, from + rounds)
        let transfers = 0n
        for (let round = first; round < end; round++) {
          const found = yield* playRound(ground, seed, round)
          note(round, found)
          transfers = found.transfers
        }
        total.transfers += transfers
      }))
    }
  })

const server = values.store === "postgres" ? await startPostgres() : undefined
try {
  if (!values.json) process.stdout.write(`seed ${seed}\n`)
  await Effect.runPromise(playAll(server === undefined ? sqliteGround : postgresGround(server.url)))
} finally {
  await server?.stop()
}
const summary = { store: values.store, seed, ...total, transfers: Number(total.transfers) }
process.stdout.write(values.json ? `${JSON.stringify(summary)}\n` : `${JSON.stringify(summary, null, 2)}\n`)
process.exitCode = total.faults === 0 ? 0 : 1
