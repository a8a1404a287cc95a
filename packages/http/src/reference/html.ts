/** Writes HTML out of text that may hold anything. */

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;" }

/** Text that is safe between tags and in quoted attributes. */
export const escaped = (text: string): string => text.replace(/[&<>"]/gu, (found) => entities[found] ?? found)

/** Text in which `backticks` mark code. */
export const prose = (text: string): string => escaped(text).replace(/`([^`]+)`/gu, "<code>$1</code>")

/** Parts in a row; what is undefined is left out. */
export const joined = (...parts: ReadonlyArray<string | undefined>): string =>
  parts.filter((part) => part !== undefined).join("\n")

const cells = (tag: "th" | "td", texts: ReadonlyArray<string>): string =>
  texts.map((text) => `<${tag}>${text}</${tag}>`).join("")

/** A table with a head, or nothing when it has no rows. Cells are HTML. */
export const table = (
  head: ReadonlyArray<string>,
  rows: ReadonlyArray<{ readonly id?: string; readonly cells: ReadonlyArray<string> }>
): string | undefined => {
  if (rows.length === 0) return undefined
  const body = rows.map(({ cells: texts, id }) =>
    `<tr${id === undefined ? "" : ` id="${escaped(id)}"`}>${cells("td", texts)}</tr>`
  )
  return `<div class="scroll"><table><thead><tr>${cells("th", head)}</tr></thead><tbody>${
    body.join("\n")
  }</tbody></table></div>`
}
