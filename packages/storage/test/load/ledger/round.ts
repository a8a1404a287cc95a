/** Lets a program post, kills it or the server at a moment that the seed chooses, and audits what is there. */
import { LedgerStore } from "@purser/domain/ledger"
import { Database, Stores } from "@purser/storage"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import { SqlClient } from "effect/sql/SqlClient"
import { start } from "../../childProcess.ts"
import { drawsOf } from "../../model/draws.ts"
import { audit, heard } from "./audit.ts"
import { accounts } from "./requests.ts"

/** A migrated database, and whether its server may be killed as well. */
export interface Ground {
  readonly dialect: "sqlite" | "postgres"
  readonly address: string
  readonly isServerOurs: boolean
}

const databaseOf = ({ address, dialect }: Ground) =>
  dialect === "sqlite"
    ? Database.layerSqlite({ path: address })
    : Database.layerPostgres({ url: Redacted.make(address), maxConnections: 2 })

/** A server that was killed recovers first. */
const recovery = Schedule.upTo(Schedule.spaced("100 millis"), { duration: "60 seconds" })

/** Looks from a process of its own, as it were: nothing is left of the one before. */
const looking = <A, E>(ground: Ground, effect: Effect.Effect<A, E, LedgerStore | SqlClient>) =>
  Effect.provide(effect, Layer.fresh(Layer.provideMerge(Stores.layer, databaseOf(ground)))).pipe(Effect.retry(recovery))

const lastSequence = LedgerStore.use((store) =>
  Effect.map(store.transfers({ order: "newest_first", limit: 1 }), ([last]) => last?.sequence ?? 0n)
)

/** Makes sure of the accounts, and says where the log ends. */
const prepare = Effect.andThen(LedgerStore.use((store) => store.openAccounts(accounts)), lastSequence)

/** Kills one server process of the program, which brings all of them down; the server then recovers by itself. */
const killServer = (pick: number) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient
    const rows = yield* sql<{ pid: number }>`SELECT pid FROM pg_stat_activity
      WHERE application_name = 'purser load' AND datname = current_database() ORDER BY pid`
    const pid = rows[pick % Math.max(rows.length, 1)]?.pid
    if (pid !== undefined) process.kill(pid, "SIGKILL")
  })

/** How much a program says before it is killed, at most; half of that is answers. A moment more makes the place a random one. */
const mostLines = 300
const mostMillis = 60

/** One round. Which one it is decides how long the program lives, and whether the server dies under it. */
export const playRound = (ground: Ground, seed: number, round: number) =>
  Effect.scoped(Effect.gen(function*() {
    const draws = drawsOf(seed * 7919 + round)
    const since = yield* looking(ground, prepare)
    const shift = { seed, round, startMillis: yield* Clock.currentTimeMillis }
    const words = [ground.dialect, ground.address, seed, round, shift.startMillis].map(String)
    const program = yield* start(new URL("work.ts", import.meta.url), ...words)
    const lines = 20 + draws.below(mostLines)
    yield* program.lines(lines)
    yield* Effect.sleep(draws.below(mostMillis))
    const killsServer = ground.isServerOurs && draws.below(2) === 0
    if (killsServer) {
      yield* looking(ground, killServer(draws.below(100)))
      yield* program.lines(lines + draws.below(mostLines))
    }
    yield* program.kill
    const found = yield* looking(ground, audit(heard(program.printed(), shift), since))
    return { ...found, killsServer }
  }))
