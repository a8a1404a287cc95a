/** Lets callers send at the same moment for a while, and measures what they got. */
import * as Effect from "effect/Effect"
import { type ProcessTimes, timesOf } from "./processTimes.ts"
import type { Call, Target } from "./Target.ts"

/** What a while came to. */
export interface Measured {
  /** How many movements were answered: the first so many of the calls. */
  readonly answered: number
  readonly perSecond: number
  /** Of a call: of one movement, or of a whole batch. */
  readonly p50Millis: number
  readonly p99Millis: number
  /** User and system time a movement, of this process and of the database's; undefined where the system does not tell. */
  readonly cpuMicros: number | undefined
}

const at = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0

/** Each caller sends the next call when the last one was answered, until the time is over or no call is left. */
const send = (calls: ReadonlyArray<Call>, callers: number, seconds: number) =>
  Effect.gen(function*() {
    const millis = new Float64Array(calls.length)
    const started = performance.now()
    const until = started + seconds * 1000
    let next = 0
    const caller = Effect.gen(function*() {
      while (next < calls.length && performance.now() < until) {
        const index = next++
        const sent = performance.now()
        yield* calls[index]!.send
        millis[index] = performance.now() - sent
      }
    })
    yield* Effect.all(Array.from({ length: callers }, () => caller), { concurrency: "unbounded", discard: true })
    return { took: (performance.now() - started) / 1000, millis: millis.subarray(0, next) }
  })

const cpuMillisBetween = (before: ProcessTimes, after: ProcessTimes): number | undefined => {
  if (before === undefined || after === undefined) return undefined
  return [...after].reduce((sum, [process, millis]) => sum + millis - (before.get(process) ?? 0), 0)
}

/** Measures a target. The calls must not have been sent before. */
export const measure = async (
  target: Target,
  calls: ReadonlyArray<Call>,
  { callers, seconds }: { readonly callers: number; readonly seconds: number }
): Promise<Measured> => {
  const before = timesOf(await target.processes())
  const usedBefore = process.cpuUsage()
  const { millis, took } = await Effect.runPromise(send(calls, callers, seconds))
  const used = process.cpuUsage(usedBefore)
  const others = cpuMillisBetween(before, timesOf(await target.processes()))
  const answered = calls.slice(0, millis.length).reduce((sum, { count }) => sum + count, 0)
  const sorted = millis.toSorted()
  return {
    answered,
    perSecond: answered / took,
    p50Millis: at(sorted, 0.5),
    p99Millis: at(sorted, 0.99),
    cpuMicros: others === undefined ? undefined : (used.user + used.system + others * 1000) / answered
  }
}
