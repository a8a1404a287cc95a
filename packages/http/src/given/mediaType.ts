/** Accepts JSON in UTF-8 and nothing else as a body. */
import type { IncomingHttpHeaders } from "node:http"

const json = /^application\/json(?:\s*;\s*charset\s*=\s*"?utf-8"?)?\s*$/iu

/** Says whether the headers announce JSON in UTF-8 without a content coding. */
export const announcesJson = (headers: IncomingHttpHeaders): boolean => {
  const type = headers["content-type"]
  const coding = headers["content-encoding"]
  return type !== undefined && (type === "application/json" || json.test(type)) &&
    (coding === undefined || coding.toLowerCase() === "identity")
}
