/** Lays out measurements and ratios as tables. */
import { shapes } from "../movements.ts"
import type { Row } from "../rounds.ts"
import { judge, median, rowsOf } from "../wanted.ts"

/** The medians of what was measured again and again. */
export type Summary = Omit<Row, "round"> & { readonly rounds: number }

const keyOf = ({ callers, durable, shape, store, target }: Row): string =>
  JSON.stringify({ store, target, callers, shape, durable })

const middle = (rows: ReadonlyArray<Row>, name: "perSecond" | "p50Millis" | "p99Millis"): number =>
  median(rows.map((row) => row[name]))!

/** One line for each thing that was asked of a target, by medians; in the order in which they are shown. */
export const summarise = (rows: ReadonlyArray<Row>): ReadonlyArray<Summary> =>
  [...new Set(rows.map(keyOf))].map((key) => {
    const asked = JSON.parse(key) as Pick<Row, "store" | "target" | "callers" | "shape" | "durable">
    const own = rowsOf(rows, asked)
    const cpu = own.flatMap(({ cpuMicros }) => cpuMicros === null ? [] : [cpuMicros])
    return {
      ...asked,
      perSecond: middle(own, "perSecond"),
      p50Millis: middle(own, "p50Millis"),
      p99Millis: middle(own, "p99Millis"),
      cpuMicros: median(cpu) ?? null,
      rounds: own.length
    }
  }).toSorted((left, right) =>
    left.store.localeCompare(right.store) || Number(right.durable) - Number(left.durable)
    || shapes.indexOf(left.shape) - shapes.indexOf(right.shape) || left.callers - right.callers
    || left.target.localeCompare(right.target)
  )

/** A Markdown table whose columns are as wide as what is in them. */
export const tableOf = (
  head: ReadonlyArray<string>,
  lines: ReadonlyArray<ReadonlyArray<string>>
): string => {
  const widths = head.map((title, column) =>
    Math.max(3, ...[title, ...lines.map((line) => line[column]!)].map((text) => text.length))
  )
  const print = (cells: ReadonlyArray<string>): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`
  return [print(head), print(widths.map((width) => "-".repeat(width))), ...lines.map(print)].join("\n")
}

const short = (value: number): string => value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)))

/** How a target is called where it is shown. */
export const titles: Readonly<Record<Row["target"], string>> = {
  purser: "Purser",
  pgledger: "pgledger",
  cte: "one statement by hand",
  batch: "batches of 1,000 by hand"
}

/** What was measured on one database, forced to disk or not. */
export const measuredTable = (summaries: ReadonlyArray<Summary>): string =>
  tableOf(
    ["accounts", "callers", "ledger", "transfers/s", "p50, ms", "p99, ms", "CPU a transfer, µs"],
    summaries.map(({ callers, cpuMicros, p50Millis, p99Millis, perSecond, shape, target }) => [
      shape,
      target === "batch" ? "-" : String(callers),
      titles[target],
      String(perSecond),
      short(p50Millis),
      short(p99Millis),
      cpuMicros === null ? "-" : short(cpuMicros)
    ])
  )

/** What is wanted and what was reached. */
export const judgedTable = (rows: ReadonlyArray<Row>): string =>
  tableOf(
    ["what", "wanted", "reached", ""],
    judge(rows).map(({ isReached, reached, wanted, what }) => [
      what,
      wanted,
      reached === undefined ? "not measured" : String(reached),
      isReached === undefined ? "" : isReached ? "yes" : "no"
    ])
  )
