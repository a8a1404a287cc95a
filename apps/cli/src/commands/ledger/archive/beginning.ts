/** Counts what goes by in an archive. */
import type { Work } from "../../../terminal/progress.ts"

/** What the first line of an archive says of the rest; counts are decimal, the root is in base64. */
export interface Beginning {
  readonly accounts: string
  readonly transfers: string
  readonly root: string
}

/** Reads the first line; undefined where it is none. */
export const beginningOf = (line: string | undefined): Beginning | undefined => {
  try {
    const { accounts, root, transfers } = JSON.parse(line ?? "") as Partial<Record<string, unknown>>
    return typeof accounts === "string" && typeof root === "string" && typeof transfers === "string"
      ? { accounts, root, transfers }
      : undefined
  } catch {
    return undefined
  }
}

/** Adds the transfers among the lines to what is done. */
export const count = (work: Work, lines: ReadonlyArray<string>): void => {
  for (const line of lines) if (line.startsWith("{\"sequence\"")) work.done += 1
}
