/** Gives each ledger a database of its own on one PostgreSQL server. */
import { Client, Pool } from "pg"
import { createDatabase } from "../../../scripts/testing/database.ts"
import { startPostgres } from "../../../scripts/testing/postgresServer.ts"
import type { Target } from "../Target.ts"

/** How many connections a ledger may have that has one for each caller. */
const mostConnections = 16

/** A database, and what every target on PostgreSQL does alike. */
export interface Place {
  readonly url: string
  readonly pool: Pool
  readonly shared: Pick<Target, "setDurable" | "processes">
}

/** A running server. `stop` ends it and removes its files. */
export interface Server {
  readonly place: (name: string) => Promise<Place>
  /** Clears away dead rows and looks at the tables, so that no server process does while something is measured. */
  readonly tidy: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts a server that forces every commit to disk, as PostgreSQL does by default. */
export const startServer = async (): Promise<Server> => {
  const server = await startPostgres("durable")
  const admin = new Client({ connectionString: server.url })
  await admin.connect()
  const places: Array<Place> = []
  const processesOf = async (database: string): Promise<ReadonlyArray<number>> => {
    const { rows } = await admin.query<{ readonly pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend' ORDER BY pid",
      [database]
    )
    return rows.map(({ pid }) => pid)
  }
  const setDurable = async (isDurable: boolean): Promise<void> => {
    await admin.query(`ALTER SYSTEM SET synchronous_commit = ${isDurable ? "on" : "off"}`)
    await admin.query("SELECT pg_reload_conf()")
  }
  return {
    place: async (name) => {
      const { url } = await createDatabase(server.url, name)
      const database = new URL(url).pathname.slice(1)
      const pool = new Pool({ connectionString: url, max: mostConnections, idleTimeoutMillis: 0 })
      const place = { url, pool, shared: { setDurable, processes: () => processesOf(database) } }
      places.push(place)
      return place
    },
    tidy: async () => {
      for (const { pool } of places) await pool.query("VACUUM ANALYZE")
      await admin.query("CHECKPOINT")
    },
    stop: async () => {
      for (const { pool } of places) await pool.end()
      await admin.end()
      await server.stop()
    }
  }
}
