/** Fills a ledger step by step to millions of transfers, and measures at each step what posting and asking take. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { appendFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { accountsFor, History } from "./history.ts"
import { type Measured, measureProofs, measureReads, measureVerify, measureWrites } from "./measure.ts"
import { type Line, print, readLines, write } from "./report.ts"
import { type Ground, grounds } from "./stores.ts"

const { values: flags } = parseArgs({
  options: {
    to: { type: "string", default: "1e6" },
    from: { type: "string", default: "1e4" },
    store: { type: "string" },
    points: { type: "string", default: "200" },
    posts: { type: "string", default: "500" },
    only: { type: "string", default: "" },
    "verify-to": { type: "string", default: "1e6" },
    json: { type: "string" },
    read: { type: "string" },
    write: { type: "boolean", default: false }
  }
})

const patience = { points: Number(flags.points), millis: 4000 }
const sizes: Array<number> = []
for (let size = Number(flags.from); size <= Number(flags.to); size *= 10) sizes.push(size)

const say = (text: string): void => void process.stderr.write(`${text}\n`)
const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`

/** Waits until what follows the postings is there; the first posting after the filling has set it going. */
const caughtUp = Effect.fnUntraced(function*(ground: Ground, transfers: number) {
  const from = performance.now()
  while (true) {
    const { spans, tiles } = yield* Effect.promise(ground.followed)
    if (spans >= Math.floor(transfers / 1024) && tiles >= Math.floor(transfers / 256)) break
    yield* Effect.sleep("100 millis")
  }
  say(`${ground.name}: spans and tiles caught up in ${seconds(from)}`)
})

const measure = (ground: Ground, history: History, size: number) =>
  Effect.gen(function*() {
    const extent = { transfers: size, accounts: history.accounts, lastBookedMillis: history.bookedAtMillis }
    yield* measureWrites(extent, history, 100)
    yield* caughtUp(ground, history.transfers)
    const writes = yield* measureWrites(extent, history, Number(flags.posts))
    const reads = yield* measureReads(extent, patience, flags.only)
    const proofs = yield* measureProofs(extent, patience)
    return [...writes, ...reads, proofs, ...size <= Number(flags["verify-to"]) ? [yield* measureVerify] : []]
  })

const keep = (lines: ReadonlyArray<Line>): void => {
  if (flags.json === undefined) return
  appendFileSync(flags.json, lines.map((line) => `${JSON.stringify(line)}\n`).join(""))
}

/** One step: up to so many transfers, then all measurements. */
const grow = Effect.fnUntraced(function*(ground: Ground, history: History, size: number) {
  const from = performance.now()
  history.openAccounts(accountsFor(size))
  const count = size - history.transfers
  yield* Effect.promise(() => ground.seed(history, count))
  const bytes = Math.round((yield* Effect.promise(ground.bytes)) / size)
  say(`${ground.name}: ${size} transfers, ${count} of them in ${seconds(from)}, ${bytes} bytes each`)
  const found: ReadonlyArray<Measured> = yield* Effect.provide(
    measure(ground, history, size),
    Layer.fresh(ground.layer),
    {
      local: true
    }
  )
  say(`${ground.name}: measured, ${seconds(from)}`)
  return found.map((one): Line => ({ store: ground.name, transfers: size, bytesPerTransfer: bytes, ...one }))
})

const run = (name: keyof typeof grounds) =>
  Effect.scoped(Effect.gen(function*() {
    const ground = yield* grounds[name]
    const history = new History()
    return yield* Effect.forEach(sizes, (size) =>
      Effect.tap(grow(ground, history, size), (lines) => Effect.sync(() => keep(lines))))
  }))

const names = Object.keys(grounds).filter((name) => flags.store === undefined || flags.store === name)

const measured = async (): Promise<ReadonlyArray<Line>> => {
  const lines: Array<Line> = []
  for (const name of names) lines.push(...(await Effect.runPromise(run(name as keyof typeof grounds))).flat())
  return lines
}

const lines = flags.read === undefined ? await measured() : readLines(flags.read)
process.stdout.write(print(lines))
if (flags.write) write(lines)
