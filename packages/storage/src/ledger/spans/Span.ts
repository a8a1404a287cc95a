/** Sums up stretches of the log by the times of their transfers. */
import type { SpanRow } from "../Tables.ts"

/** How many transfers a span of level 0 sums up. */
export const spanTransfers = 1024
/** How many spans of level 0 one of level 1 sums up. */
export const spansAbove = 64

/** So many transfers whose time of effect lies apart are named one by one, so that the range of all others is narrow. */
const maximumStrays = 32

/** When a transfer took effect and when it was booked, in milliseconds. */
export interface Times {
  readonly sequence: bigint
  readonly effective: bigint
  readonly booked: bigint
}

type TimeColumn = Exclude<keyof SpanRow, "level" | "idx" | "strays">

/** A transfer outside the range of its span. */
export interface Stray {
  readonly sequence: bigint
  readonly effective: bigint
}

const extremes = (values: ReadonlyArray<bigint>): readonly [from: bigint, to: bigint] => {
  let from = values[0]!
  let to = from
  for (const value of values) {
    if (value < from) from = value
    if (value > to) to = value
  }
  return [from, to]
}

/** The narrowest range that holds all but so many of the values, which are sorted. */
const narrowest = (sorted: ReadonlyArray<bigint>, strays: number): readonly [from: bigint, to: bigint] => {
  const kept = Math.max(1, sorted.length - strays)
  let best = 0
  for (let start = 1; start + kept <= sorted.length; start++) {
    const width = sorted[start + kept - 1]! - sorted[start]!
    if (width < sorted[best + kept - 1]! - sorted[best]!) best = start
  }
  return [sorted[best]!, sorted[best + kept - 1]!]
}

const ascending = (left: bigint, right: bigint): number => left < right ? -1 : left > right ? 1 : 0

/** The span of level 0 over these transfers, which are all of it. */
export const spanOf = (idx: bigint, times: ReadonlyArray<Times>): SpanRow => {
  const effective = times.map(({ effective }) => effective)
  const [from, to] = narrowest(effective.toSorted(ascending), maximumStrays)
  const [earliest, latest] = extremes(effective)
  const [bookedFrom, bookedTo] = extremes(times.map(({ booked }) => booked))
  const strays = times.filter(({ effective }) => effective < from || effective > to)
  return {
    level: 0n,
    idx,
    effective_from_millis: from,
    effective_to_millis: to,
    earliest_millis: earliest,
    latest_millis: latest,
    booked_from_millis: bookedFrom,
    booked_to_millis: bookedTo,
    strays: JSON.stringify(strays.map(({ effective, sequence }) => [Number(sequence), Number(effective)]))
  }
}

/** The strays of a span. */
export const straysOf = ({ strays }: Pick<SpanRow, "strays">): ReadonlyArray<Stray> =>
  strays === "[]" ?
    [] :
    (JSON.parse(strays) as ReadonlyArray<readonly [number, number]>).map(([sequence, effective]) => ({
      sequence: BigInt(sequence),
      effective: BigInt(effective)
    }))

/** The span of level 1 over these of level 0, which are all of it; their strays are left to them. */
export const spanAbove = (idx: bigint, spans: ReadonlyArray<SpanRow>): SpanRow => {
  const over = (from: TimeColumn, to: TimeColumn) => extremes(spans.flatMap((span) => [span[from], span[to]]))
  const [effectiveFrom, effectiveTo] = over("effective_from_millis", "effective_to_millis")
  const [earliest, latest] = over("earliest_millis", "latest_millis")
  const [bookedFrom, bookedTo] = over("booked_from_millis", "booked_to_millis")
  return {
    level: 1n,
    idx,
    effective_from_millis: effectiveFrom,
    effective_to_millis: effectiveTo,
    earliest_millis: earliest,
    latest_millis: latest,
    booked_from_millis: bookedFrom,
    booked_to_millis: bookedTo,
    strays: "[]"
  }
}

/** A stretch of the log: the transfers after `after` up to and with `upTo`. */
export interface Stretch {
  readonly after: bigint
  readonly upTo: bigint
}

/** Where a span lies in the log. */
export const stretchOf = ({ idx, level }: Pick<SpanRow, "level" | "idx">): Stretch => {
  const size = BigInt(level === 0n ? spanTransfers : spanTransfers * spansAbove)
  return { after: idx * size, upTo: (idx + 1n) * size }
}
