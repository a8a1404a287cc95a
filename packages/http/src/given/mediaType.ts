/** Accepts JSON or a form in UTF-8 as a body, whichever a route reads, and nothing else. */
import type { IncomingHttpHeaders } from "node:http"

const json = /^application\/json(?:\s*;\s*charset\s*=\s*"?utf-8"?)?\s*$/iu

const form = /^application\/x-www-form-urlencoded(?:\s*;\s*charset\s*=\s*"?utf-8"?)?\s*$/iu

const isUncoded = ({ "content-encoding": coding }: IncomingHttpHeaders): boolean =>
  coding === undefined || coding.toLowerCase() === "identity"

/** Says whether the headers announce what a route reads, in UTF-8 without a content coding. */
export const announces = (body: "json" | "form", headers: IncomingHttpHeaders): boolean => {
  const type = headers["content-type"]
  if (type === undefined || !isUncoded(headers)) return false
  return body === "json" ? type === "application/json" || json.test(type) : form.test(type)
}
