/** Measures every target in turn, round after round, and holds it against what it was sent. */
import { Expected } from "./Expected.ts"
import { measure } from "./measure.ts"
import { drawMovements, type Movement, seededCount, type Shape } from "./movements.ts"
import type { StoreName, Target, TargetName } from "./Target.ts"

/** What is measured, and for how long. */
export interface Plan {
  readonly rounds: number
  readonly seconds: number
  readonly callers: ReadonlyArray<number>
  readonly shapes: ReadonlyArray<Shape>
  readonly durable: ReadonlyArray<boolean>
}

/** One measurement. A target in batches has one caller, who sends a thousand at once. */
export interface Row {
  readonly store: StoreName
  readonly target: TargetName
  readonly callers: number
  readonly shape: Shape
  readonly durable: boolean
  readonly perSecond: number
  readonly p50Millis: number
  readonly p99Millis: number
  /** Null where the system does not tell. */
  readonly cpuMicros: number | null
  /** Counted from 1; what is compared was measured in the same round. */
  readonly round: number
}

/** A target and what it has to keep. */
interface Contestant {
  readonly target: Target
  readonly expected: Expected
  /** How much it did a second, by what was asked of it: no more movements are made than it may need. */
  readonly rates: Map<string, number>
}

interface Setting extends Pick<Row, "callers" | "durable" | "shape"> {
  readonly seconds: number
  readonly seed: number
}

/** A target that was given what all are given before they are measured. */
export const enter = async (target: Target): Promise<Contestant> => {
  const movements = drawMovements("spread", seededCount, 1)
  const expected = new Expected()
  const calls = target.prepare(movements)
  await measure(target, calls, { callers: target.isBatched ? 1 : 64, seconds: Number.POSITIVE_INFINITY })
  expected.add(movements)
  await expected.check(target)
  return { target, expected, rates: new Map() }
}

const firstRate = 60_000
const round1 = (value: number): number => Math.round(value * 10) / 10
const round3 = (value: number): number => Math.round(value * 1000) / 1000

const measureOne = async (
  { expected, rates, target }: Contestant,
  setting: Setting
): Promise<Omit<Row, "round">> => {
  const { callers, durable, seconds, seed, shape } = setting
  const key = `${callers} ${shape} ${durable}`
  const count = Math.ceil((rates.get(key) ?? firstRate) * seconds * 1.5) + 2 * callers
  const movements: ReadonlyArray<Movement> = drawMovements(shape, count, seed)
  const measured = await measure(target, target.prepare(movements), { callers, seconds })
  expected.add(movements.slice(0, measured.answered))
  rates.set(key, measured.perSecond)
  return {
    store: target.store,
    target: target.name,
    callers,
    shape,
    durable,
    perSecond: Math.round(measured.perSecond),
    p50Millis: round3(measured.p50Millis),
    p99Millis: round3(measured.p99Millis),
    cpuMicros: measured.cpuMicros === undefined ? null : round1(measured.cpuMicros)
  }
}

const rotated = <A>(list: ReadonlyArray<A>, by: number): ReadonlyArray<A> => {
  const at = by % list.length
  return [...list.slice(at), ...list.slice(0, at)]
}

/** Who is measured with how many callers, in the order of a round: neighbours in time are compared. */
const turnsOf = (contestants: ReadonlyArray<Contestant>, { callers }: Plan, round: number) =>
  callers.flatMap((count, index) =>
    rotated(contestants, round + index).flatMap((contestant) => {
      if (!contestant.target.isBatched) return [{ contestant, callers: count }]
      return index === callers.length - 1 ? [{ contestant, callers: 1 }] : []
    })
  )

/** One round on one database. */
const roundOf = async (
  contestants: ReadonlyArray<Contestant>,
  plan: Plan,
  round: number
): Promise<ReadonlyArray<Omit<Row, "round">>> => {
  const rows: Array<Omit<Row, "round">> = []
  for (const durable of plan.durable) {
    for (const { target } of contestants) await target.setDurable(durable)
    for (const shape of plan.shapes) {
      for (const { callers, contestant } of turnsOf(contestants, plan, round)) {
        const seed = rows.length + 1000 * (round + 1)
        rows.push(await measureOne(contestant, { callers, durable, seconds: plan.seconds, seed, shape }))
      }
    }
  }
  for (const { expected, target } of contestants) await expected.check(target)
  return rows
}

/**
 * Measures round by round and answers with every measurement; the first round warms up and is left out. Throws when a
 * target has lost or doubled a transfer, or keeps a balance that is none.
 */
export const measureRounds = async (
  contestants: ReadonlyArray<Contestant>,
  plan: Plan,
  betweenRounds: () => Promise<void>
): Promise<ReadonlyArray<Row>> => {
  const rows: Array<Row> = []
  for (let round = 0; round <= plan.rounds; round++) {
    await betweenRounds()
    const measured = await roundOf(contestants, round === 0 ? { ...plan, seconds: plan.seconds / 2 } : plan, round)
    if (round > 0) rows.push(...measured.map((row) => ({ ...row, round })))
    process.stderr.write(round === 0 ? "warmed up\n" : `round ${round} of ${plan.rounds}\n`)
  }
  return rows
}
