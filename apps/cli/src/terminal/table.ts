/** Lays rows out in columns for a person to read. */

/** A column: its heading, whether it holds figures (right-aligned), and the text of a row in it. */
export interface Column<Row> {
  readonly heading: string
  readonly figures?: boolean
  readonly text: (row: Row) => string
}

/** Headings and rows in columns as wide as their widest text, two spaces apart. */
export const table = <Row>(columns: ReadonlyArray<Column<Row>>, rows: ReadonlyArray<Row>): string => {
  const cells = [
    columns.map((column) => column.heading),
    ...rows.map((row) => columns.map((column) => column.text(row)))
  ]
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)))
  const pad = (text: string, index: number): string =>
    columns[index]?.figures === true ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0)
  return cells.map((line) => line.map(pad).join("  ").trimEnd()).join("\n")
}

/** Names and values under each other, the values in one column. */
export const pairs = (entries: ReadonlyArray<readonly [string, string]>): string => {
  const width = Math.max(...entries.map(([name]) => name.length))
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${value}`.trimEnd()).join("\n")
}
