/** Tells browsers, which show what comes, from programs that read it. */

const weightOf = (parameters: ReadonlyArray<string>): number => {
  const q = parameters.map((text) => /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/iu.exec(text.trim())?.[1])
    .find((found) => found !== undefined)
  return q === undefined ? 1 : Number(q)
}

const ranges = (accept: string): ReadonlyMap<string, number> =>
  new Map(
    accept.split(",").map((range) => {
      const [type = "", ...parameters] = range.split(";")
      return [type.trim().toLowerCase(), weightOf(parameters)]
    })
  )

const weight = (found: ReadonlyMap<string, number>, types: ReadonlyArray<string>): number =>
  types.map((type) => found.get(type)).find((known) => known !== undefined) ?? 0

/** Whether a page is wanted more than a problem document (RFC 9110, 12.5.1). Who does not care gets the document. */
export const prefersHtml = (accept: string | undefined): boolean => {
  if (accept === undefined || accept.length > 1_000) return false
  const found = ranges(accept)
  const problem = weight(found, ["application/problem+json", "application/json", "application/*", "*/*"])
  return weight(found, ["text/html", "text/*", "*/*"]) > problem
}
