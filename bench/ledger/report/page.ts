/** Writes the page that shows what was measured. */
import type { Row } from "../rounds.ts"
import { judgedTable, measuredTable, type Summary } from "./tables.ts"

/** What the page says of the run. */
export interface Run {
  /** Such as `2026-11-25`. */
  readonly day: string
  readonly processors: number
}

const sections: ReadonlyArray<readonly [title: string, has: (summary: Summary) => boolean]> = [
  ["PostgreSQL, every commit forced to disk", ({ durable, store }) => store === "postgres" && durable],
  ["PostgreSQL, `synchronous_commit = off`", ({ durable, store }) => store === "postgres" && !durable],
  ["SQLite, `synchronous = FULL`", ({ durable, store }) => store === "sqlite" && durable],
  ["SQLite, `synchronous = NORMAL`", ({ durable, store }) => store === "sqlite" && !durable]
]

const opening = `# Ledger benchmark

Written by \`npm run bench:ledger -- --write\`; what is compared and how: [benchmarks](benchmarks.md#ledger). Ratios count;
absolute figures say more about the machine.

![Transfers a second, by callers at the same moment](ledger-benchmark.svg)
`

/** The page, in Markdown. */
export const writePage = (
  rows: ReadonlyArray<Row>,
  summaries: ReadonlyArray<Summary>,
  { day, processors }: Run
): string => {
  const rounds = Math.min(...summaries.map((summary) => summary.rounds))
  const tables = sections.flatMap(([title, has]) => {
    const own = summaries.filter(has)
    return own.length === 0 ? [] : [`## ${title}\n`, measuredTable(own), ""]
  })
  return [
    opening,
    `Medians of ${rounds} interleaved rounds, ${day}, ${processors} processors that callers and databases share.\n`,
    "## Wanted and reached\n",
    judgedTable(rows),
    "",
    ...tables
  ].join("\n")
}
