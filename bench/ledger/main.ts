/** Holds Purser's ledger against pgledger and against floors written by hand, side by side in one run. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { shapes } from "./movements.ts"
import { writePage } from "./report/page.ts"
import { drawPicture } from "./report/picture.ts"
import { judgedTable, measuredTable, summarise } from "./report/tables.ts"
import { enter, measureRounds, type Plan, type Row } from "./rounds.ts"
import type { StoreName, Target, TargetName } from "./Target.ts"
import { pgledger } from "./targets/pgledger.ts"
import { batchFloor, cteFloor } from "./targets/postgresFloors.ts"
import { purserOnPostgres, purserOnSqlite } from "./targets/purser.ts"
import { type Place, startServer } from "./targets/server.ts"
import { sqliteFloor } from "./targets/sqliteFloor.ts"
import { judge } from "./wanted.ts"

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    store: { type: "string", multiple: true, default: ["postgres", "sqlite"] },
    callers: { type: "string" },
    rounds: { type: "string" },
    seconds: { type: "string" },
    pgledger: { type: "string" },
    json: { type: "string" },
    from: { type: "string", multiple: true, default: [] },
    write: { type: "boolean", default: false }
  }
})

const usual = flags.quick
  ? { rounds: "3", seconds: "0.25", callers: "1,32,256" }
  : { rounds: "5", seconds: "1", callers: "1,8,32,256" }
const plan: Plan = {
  rounds: Number(flags.rounds ?? usual.rounds),
  seconds: Number(flags.seconds ?? usual.seconds),
  callers: (flags.callers ?? usual.callers).split(",").map(Number),
  shapes,
  durable: [true, false]
}

type Maker<Where> = readonly [name: TargetName, make: (where: Where) => Promise<Target>]

const postgresTargets: ReadonlyArray<Maker<Place>> = [
  ["purser", ({ shared, url }) => purserOnPostgres(url, shared)],
  ...flags.pgledger === undefined
    ? []
    : [["pgledger", (place) => pgledger(place, flags.pgledger!)] satisfies Maker<Place>],
  ["cte", cteFloor],
  ["batch", batchFloor]
]
const sqliteTargets: ReadonlyArray<Maker<string>> = [
  ["purser", purserOnSqlite],
  ["batch", async (path) => sqliteFloor(path)]
]

/** Makes the targets, gives each what all are given, measures, and closes what was opened. */
const compare = async <Where>(
  makers: ReadonlyArray<Maker<Where>>,
  where: (name: TargetName) => Promise<Where>,
  betweenRounds: () => Promise<void>
): Promise<ReadonlyArray<Row>> => {
  const contestants = []
  try {
    for (const [name, make] of makers) contestants.push(await enter(await make(await where(name))))
    return await measureRounds(contestants, plan, betweenRounds)
  } finally {
    for (const { target } of contestants) await target.close()
  }
}

const onPostgres = async (): Promise<ReadonlyArray<Row>> => {
  const server = await startServer()
  try {
    return await compare(postgresTargets, server.place, server.tidy)
  } finally {
    await server.stop()
  }
}

const onSqlite = async (): Promise<ReadonlyArray<Row>> => {
  const folder = mkdtempSync(join(tmpdir(), "purser-bench-"))
  try {
    return await compare(sqliteTargets, async (name) => join(folder, `${name}.sqlite`), async () => {})
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const runs: Readonly<Record<StoreName, () => Promise<ReadonlyArray<Row>>>> = { postgres: onPostgres, sqlite: onSqlite }
const isStore = (name: string): name is StoreName => name in runs

const rowsIn = (path: string): ReadonlyArray<Row> =>
  readFileSync(path, "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Row)

const rows: Array<Row> = flags.from.flatMap(rowsIn)
if (flags.from.length === 0) {
  for (const store of flags.store.filter(isStore)) rows.push(...await runs[store]())
}

const summaries = summarise(rows)
for (const store of ["postgres", "sqlite"]) {
  for (const durable of [true, false]) {
    const own = summaries.filter((summary) => summary.store === store && summary.durable === durable)
    if (own.length === 0) continue
    process.stdout.write(`\n${store}, ${durable ? "every commit forced to disk" : "not forced to disk"}\n\n`)
    process.stdout.write(`${measuredTable(own)}\n`)
  }
}
process.stdout.write(`\n${judgedTable(rows)}\n`)

if (flags.json !== undefined) writeFileSync(flags.json, rows.map((row) => `${JSON.stringify(row)}\n`).join(""))
if (flags.write) {
  const folder = join(import.meta.dirname, "../../docs/reference")
  const run = { day: new Date().toISOString().slice(0, 10), processors: availableParallelism() }
  writeFileSync(join(folder, "ledger-benchmark.md"), writePage(rows, summaries, run))
  writeFileSync(join(folder, "ledger-benchmark.svg"), drawPicture(summaries))
}
if (judge(rows).some(({ isReached }) => isReached === false)) process.exitCode = 1
