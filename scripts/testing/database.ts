/** Makes databases for tests, one a test file, so that files never see each other's rows. */
import { randomBytes } from "node:crypto"
import { Client } from "pg"

/** A database of one test file. `drop` removes it, open connections included. */
export interface TestDatabase {
  readonly url: string
  readonly drop: () => Promise<void>
}

const execute = async (url: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Creates an empty database whose name begins with `prefix` (letters and digits count) on the server at `url`. */
export const createDatabase = async (url: string, prefix: string): Promise<TestDatabase> => {
  const name = `${prefix.replace(/[^a-z0-9]/gi, "_").toLowerCase()}_${randomBytes(6).toString("hex")}`
  await execute(url, `CREATE DATABASE ${name}`)
  const target = new URL(url)
  target.pathname = `/${name}`
  return { url: target.href, drop: () => execute(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

/** Creates an empty database with a name of its own; pass what `inject("postgresUrl")` answers. */
export const freshPostgres = (url: string): Promise<TestDatabase> => createDatabase(url, "test")
