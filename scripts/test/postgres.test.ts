import { assert, describe, it } from "@effect/vitest"
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { Client } from "pg"
import { inject } from "vitest"
import { createDatabase, freshPostgres } from "../testing/database.ts"
import { sweep } from "../testing/deadRuns.ts"

const ask = async (url: string, text: string): Promise<unknown> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows[0]
  } finally {
    await client.end()
  }
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy()
      resolve(true)
    })
    socket.once("error", () => resolve(false))
  })

const until = async (holds: () => boolean | Promise<boolean>): Promise<boolean> => {
  for (let round = 0; round < 100; round++) {
    if (await holds()) return true
    await sleep(100)
  }
  return false
}

const child = async (): Promise<{ readonly process: ChildProcess; readonly port: number }> => {
  const module = new URL("../testing/postgresServer.ts", import.meta.url).href
  const script = `const { startPostgres } = await import("${module}")
    process.stdout.write((await startPostgres()).url)
    setInterval(() => undefined, 1000)`
  const started = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  const [url] = await once(started.stdout!, "data") as [Buffer]
  return { process: started, port: Number(new URL(url.toString()).port) }
}

describe("PF-1 PostgreSQL of a run", () => {
  it("is version 18 in UTF-8", async () => {
    const row = await ask(inject("postgresUrl"), "SELECT version() AS v, current_setting('server_encoding') AS e")
    const { v, e } = row as { readonly v: string; readonly e: string }
    assert.match(v, /^PostgreSQL 18\./)
    assert.strictEqual(e, "UTF8")
  })

  it("listens on loopback only", async () => {
    const row = await ask(inject("postgresUrl"), "SELECT current_setting('listen_addresses') AS l")
    assert.deepStrictEqual(row, { l: "127.0.0.1" })
  })

  it("gives each file a database", async () => {
    const [one, two] = await Promise.all([freshPostgres(inject("postgresUrl")), freshPostgres(inject("postgresUrl"))])
    await ask(one.url, "CREATE TABLE kept (n int)")
    const row = await ask(two.url, "SELECT to_regclass('kept') AS found")
    assert.deepStrictEqual(row, { found: null })
    await Promise.all([one.drop(), two.drop()])
  })

  it("drops a database in use", async () => {
    const database = await createDatabase(inject("postgresUrl"), "in use; DROP")
    const client = new Client({ connectionString: database.url })
    client.on("error", () => undefined)
    await client.connect()
    await database.drop()
    const row = await ask(
      inject("postgresUrl"),
      `SELECT count(*)::int AS n FROM pg_database WHERE datname = '${new URL(database.url).pathname.slice(1)}'`
    )
    assert.deepStrictEqual(row, { n: 0 })
  })

  it.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)("ends when its run gets %s", async (signal) => {
    const run = await child()
    assert.isTrue(await answers(run.port))
    run.process.kill(signal)
    const folder = join(process.getuid?.() === 0 ? "/tmp" : tmpdir(), `purser-postgres-${run.process.pid}`)
    assert.isTrue(await until(async () => !await answers(run.port) && !existsSync(folder)))
  })
})

describe("PF-1 folders of dead runs", () => {
  it("go, and living ones stay", async () => {
    const scratch = mkdtempSync(join(tmpdir(), "purser-sweep-"))
    const [living, dead, foreign] = [`purser-postgres-${process.pid}`, "purser-postgres-4194305", "purser-postgres-x"]
    for (const name of [living, dead, foreign]) await mkdir(join(scratch, name))
    writeFileSync(join(scratch, dead, "file"), "left behind")
    assert.deepStrictEqual(sweep(scratch), [join(scratch, dead)])
    assert.sameMembers(readdirSync(scratch), [living, foreign])
    rmSync(scratch, { recursive: true })
  })
})
