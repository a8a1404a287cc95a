/** Gives every request a name that the caller, the logs and the audit log share. */
import { correlationIdPattern } from "@purser/contract"
import { randomUUID } from "node:crypto"
import type { IncomingHttpHeaders } from "node:http"

/** The caller's, where it is a name; else a new one. */
export const correlationIdOf = (headers: IncomingHttpHeaders): string => {
  const given = headers["x-correlation-id"]
  return typeof given === "string" && correlationIdPattern.test(given) ? given : randomUUID()
}
