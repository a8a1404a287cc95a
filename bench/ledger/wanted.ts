/** Names the ratios that the ledger has to reach, and works out what was reached. */
import type { Shape } from "./movements.ts"
import type { Row } from "./rounds.ts"
import type { StoreName, TargetName } from "./Target.ts"

/** What is compared: measurements of one target, by what was asked of it. */
type Asked = Pick<Row, "store" | "target" | "callers" | "shape" | "durable">

/** A ratio of rates, or a time in milliseconds that is not to be exceeded. */
export interface Verdict {
  readonly what: string
  readonly wanted: string
  /** Undefined where one side was not measured. */
  readonly reached: number | undefined
  readonly isReached: boolean | undefined
}

const durableOn = (store: StoreName) => (target: TargetName, callers: number, shape: Shape): Asked => ({
  store,
  target,
  callers,
  shape,
  durable: true
})
const onPostgres = durableOn("postgres")
const onSqlite = durableOn("sqlite")

interface Ratio {
  readonly what: string
  readonly of: Asked
  readonly to: Asked
  readonly atLeast: number
}

const shapes: ReadonlyArray<Shape> = ["spread", "hot"]

const ratios: ReadonlyArray<Ratio> = [
  ...([["hot", 32, 15], ["spread", 32, 6], ["spread", 256, 10], ["spread", 1, 1.5], ["hot", 1, 1.5]] as const).map(
    ([shape, callers, atLeast]) => ({
      what: `${shape}, ${callers} ${callers === 1 ? "caller" : "callers"}, to pgledger`,
      of: onPostgres("purser", callers, shape),
      to: onPostgres("pgledger", callers, shape),
      atLeast
    })
  ),
  ...shapes.map((shape) => ({
    what: `${shape}, 1 caller, to one statement by hand`,
    of: onPostgres("purser", 1, shape),
    to: onPostgres("cte", 1, shape),
    atLeast: 0.9
  })),
  ...shapes.map((shape) => ({
    what: `${shape}, 256 callers, to batches of 1,000 by hand`,
    of: onPostgres("purser", 256, shape),
    to: onPostgres("batch", 1, shape),
    atLeast: 0.6
  })),
  ...[32, 256].map((callers) => ({
    what: `hot to spread, ${callers} callers`,
    of: onPostgres("purser", callers, "hot"),
    to: onPostgres("purser", callers, "spread"),
    atLeast: 1
  })),
  ...shapes.map((shape) => ({
    what: `SQLite, ${shape}, 256 callers, to batches of 1,000 by hand`,
    of: onSqlite("purser", 256, shape),
    to: onSqlite("batch", 1, shape),
    atLeast: 0.65
  }))
]

const mostMillis = 10
const bounded = shapes.map((shape) => ({
  what: `${shape}, 32 callers, p99 in ms`,
  of: onPostgres("purser", 32, shape)
}))

/** The middle one; of an even number the upper of the two. */
export const median = (values: ReadonlyArray<number>): number | undefined =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]

/** The measurements of what was asked, in order of rounds. */
export const rowsOf = (rows: ReadonlyArray<Row>, asked: Asked): ReadonlyArray<Row> =>
  rows.filter((row) => Object.entries(asked).every(([name, value]) => row[name as keyof Row] === value))

/** Of each round the ratio, and of those the median: what disturbed a round disturbed both. */
const ratioOf = (rows: ReadonlyArray<Row>, { of, to }: Ratio): number | undefined => {
  const others = rowsOf(rows, to)
  return median(
    rowsOf(rows, of).flatMap((row, index) => {
      const other = others[index]
      return other === undefined ? [] : [row.perSecond / other.perSecond]
    })
  )
}

const two = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Number(value.toFixed(2))

/** Every ratio that is wanted, with what these measurements come to. */
export const judge = (rows: ReadonlyArray<Row>): ReadonlyArray<Verdict> => [
  ...ratios.map((ratio) => {
    const reached = two(ratioOf(rows, ratio))
    const isReached = reached === undefined ? undefined : reached >= ratio.atLeast
    return { what: ratio.what, wanted: `≥ ${ratio.atLeast}`, reached, isReached }
  }),
  ...bounded.map(({ of, what }) => {
    const reached = two(median(rowsOf(rows, of).map(({ p99Millis }) => p99Millis)))
    const isReached = reached === undefined ? undefined : reached < mostMillis
    return { what, wanted: `< ${mostMillis}`, reached, isReached }
  })
]
