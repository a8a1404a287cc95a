/** Measures how fast work for blocks of Banano is found on this machine: `npm run bench:work -w @purser/integrations -- 20`. */
import { type BlockHash, makeWorkSearch } from "@purser/integrations/banano"
import * as Effect from "effect/Effect"
import { randomBytes } from "node:crypto"

const count = Number(process.argv[2] ?? 20)
/** Nonces that have to be tried on average. */
const averageTries = 2 ** 23

const some = () => randomBytes(32).toString("hex").toUpperCase() as BlockHash

const timed = Effect.fnUntraced(function*(find: Effect.Effect<unknown, unknown>) {
  const startedMillis = performance.now()
  const before = process.cpuUsage()
  yield* find
  const { system, user } = process.cpuUsage(before)
  return { millis: performance.now() - startedMillis, cpuMillis: (system + user) / 1000 }
})

const measure = Effect.gen(function*() {
  const { find } = yield* makeWorkSearch
  yield* find(some())
  const times = yield* Effect.forEach(Array.from({ length: count }), () => timed(find(some())))
  const sorted = times.map(({ millis }) => millis).toSorted((left, right) => left - right)
  const cpuMillis = times.reduce((sum, time) => sum + time.cpuMillis, 0) / count
  const at = (part: number) => `${Math.round(sorted[Math.min(count - 1, Math.floor(count * part))]!)} ms`
  process.stdout.write(
    `${count} works: p50 ${at(0.5)}, p95 ${at(0.95)}, worst ${at(1)}; ${Math.round(cpuMillis)} ms of CPU each, ` +
      `about ${(averageTries / cpuMillis / 1000).toFixed(1)} million tries a CPU second\n`
  )
})

await Effect.runPromise(Effect.scoped(measure))
