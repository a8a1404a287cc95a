/** Reads waits from headers of limits. */
import type { Reply } from "./exchange.ts"

/** The milliseconds that a header tells in seconds, rounded up; undefined where it is absent or says anything else. */
export const millisFrom = ({ headers }: Pick<Reply, "headers">, name: string): number | undefined => {
  const text = headers[name]?.[0]?.trim() ?? ""
  return /^\d{1,6}(?:\.\d{1,9})?$/u.test(text) ? Math.ceil(Number(text) * 1000) : undefined
}
