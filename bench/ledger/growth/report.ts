/** Prints what was measured: a line for each measurement, a column for each size. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Measured } from "./measure.ts"

/** What was measured on a store of some size. */
export interface Line extends Measured {
  readonly store: string
  readonly transfers: number
  readonly bytesPerTransfer: number
}

const cell = (line: Line | undefined): string => {
  if (line === undefined) return "–"
  const { cpuMillis, measure, p50Millis, p95Millis, perSecond } = line
  if (measure.startsWith("verify")) {
    return `${(p50Millis * 1000).toPrecision(3)} µs (${(cpuMillis * 1000).toPrecision(3)} µs)`
  }
  // Runs from before it was measured have none.
  const times = `${p50Millis} / ${p95Millis}${cpuMillis === undefined ? "" : ` (${cpuMillis})`}`
  return measure.startsWith("post") ? `${times} · ${perSecond}/s` : times
}

const row = (cells: ReadonlyArray<string>): string => `| ${cells.join(" | ")} |`

const tableOf = (store: string, lines: ReadonlyArray<Line>): string => {
  const own = lines.filter((line) => line.store === store)
  const sizes = [...new Set(own.map(({ transfers }) => transfers))].toSorted((left, right) => left - right)
  const measures = [...new Set(own.map(({ measure }) => measure))]
  const find = (measure: string, size: number) =>
    own.find((line) => line.measure === measure && line.transfers === size)
  return [
    row([store, ...sizes.map((size) => size.toLocaleString("en"))]),
    row(["---", ...sizes.map(() => "---")]),
    ...measures.map((measure) => row([measure, ...sizes.map((size) => cell(find(measure, size)))])),
    row([
      "bytes a transfer",
      ...sizes.map((size) => String(own.find(({ transfers }) => transfers === size)?.bytesPerTransfer))
    ])
  ].join("\n")
}

/** The tables in Markdown: p50 / p95 in milliseconds, and the processor time of this process. */
export const print = (lines: ReadonlyArray<Line>): string =>
  `${[...new Set(lines.map(({ store }) => store))].map((store) => tableOf(store, lines)).join("\n\n")}\n`

/** What earlier runs wrote with `--json`. */
export const readLines = (file: string): ReadonlyArray<Line> =>
  readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line) as Line)

const page = join(import.meta.dirname, "../../../docs/reference/ledger-growth.md")
const mark = "<!-- what follows is written by bench:growth --write -->\n"

/** Puts the tables into the reference, below its mark. */
export const write = (lines: ReadonlyArray<Line>): void => {
  const [head = ""] = readFileSync(page, "utf8").split(mark)
  writeFileSync(page, `${head}${mark}\n${print(lines)}`)
}
