/** Holds docs/STATUS.md to the tests: what it calls done names a test that carries the requirement's id. */
import type { Finding, SourceFile } from "./SourceFile.ts"

/** Where the states of the requirements are written. */
export const statusPath = "docs/STATUS.md"

/** One row of the table: `done` is proven, `partly` is proven as far as it goes, `planned` has nothing yet. */
export interface Row {
  readonly line: number
  readonly id: string
  readonly state: string
  readonly tests: ReadonlyArray<string>
  readonly missing: string
}

const rowPattern = /^\| (?<id>[A-Z]{2}-\d+) +\|/

/** Reads the rows that begin with a requirement's id. */
export const rows = (file: SourceFile): ReadonlyArray<Row> =>
  file.lines.flatMap((text, index) => {
    const id = rowPattern.exec(text)?.groups?.id
    if (id === undefined) return []
    const [, , , state = "", proof = "", missing = ""] = text.split("|").map((cell) => cell.trim())
    return [{ line: index + 1, id, state, tests: [...proof.matchAll(/`([^`]+)`/g)].map((match) => match[1]!), missing }]
  })

const carries = (file: SourceFile | undefined, id: string): boolean =>
  file !== undefined && new RegExp(`\\b${id}\\b`).test(file.text)

const complaints = (row: Row, files: ReadonlyMap<string, SourceFile>): ReadonlyArray<string> => {
  const unproven = row.tests.filter((path) => !carries(files.get(path), row.id))
  return [
    ...unproven.map((path) => `${row.id} in ${path}`),
    ...!["done", "partly", "planned"].includes(row.state) ? ["done, partly or planned"] : [],
    ...row.state !== "planned" && row.tests.length === 0 ? [`a test that proves ${row.id}`] : [],
    ...row.state !== "done" && row.missing === "" ? [`what ${row.id} is missing`] : [],
    ...row.state === "done" && row.missing !== "" ? [`nothing missing, or not done (${row.id})`] : []
  ]
}

const expected: ReadonlyArray<string> = [["PF", 15], ["LG", 16], ["TK", 16], ["RW", 22]].flatMap(([area, count]) =>
  Array.from({ length: Number(count) }, (_, index) => `${area}-${index + 1}`)
)

/** Every requirement has one row, and what the row says of tests is so. */
export const statusIsTrue = (all: ReadonlyArray<SourceFile>): ReadonlyArray<Finding> => {
  const files = new Map(all.map((file) => [file.path, file]))
  const status = files.get(statusPath)
  if (status === undefined) return [{ path: statusPath, line: 1, wanted: "the file" }]
  const found = rows(status)
  const absent = expected.filter((id) => found.filter((row) => row.id === id).length !== 1)
  return [
    ...absent.map((id) => ({ path: statusPath, line: 1, wanted: `one row for ${id}` })),
    ...found.flatMap((row) => complaints(row, files).map((wanted) => ({ path: statusPath, line: row.line, wanted })))
  ]
}
