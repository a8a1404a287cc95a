/** Reads the body of a request, and no more of it than is allowed. */
import type { IncomingMessage } from "node:http"
import type { Exchange } from "./Exchange.ts"
import { type Refused, refused } from "./Reply.ts"

/** Most bytes of a JSON body. */
export const bodyBytesMaximum = 16 * 1_024

const tooLarge = refused("body_too_large")
const gone = refused("malformed_request")

/** The bytes, or why there are none. */
export type Body = Buffer | Refused

const join = (parts: ReadonlyArray<Buffer>): Buffer => parts.length === 1 ? parts[0]! : Buffer.concat(parts)

const collect = (request: IncomingMessage, done: (body: Body) => void): void => {
  const parts: Array<Buffer> = []
  let bytes = 0
  // A request that breaks off closes without an end; nothing else needs to be listened for.
  request.on("data", (part: Buffer) => {
    bytes += part.length
    if (bytes <= bodyBytesMaximum) parts.push(part)
    else done(tooLarge)
  })
  request.on("end", () => done(join(parts)))
  request.on("close", () => done(gone))
}

/**
 * Calls back once. A length that is announced as too large is not waited for. What is left unread is thrown away by the
 * server within its time for a request, so that the caller gets to read the refusal.
 */
export const readBody = ({ request, response }: Exchange, done: (body: Body) => void): void => {
  if (Number(request.headers["content-length"] ?? 0) > bodyBytesMaximum) return done(tooLarge)
  if (request.headers.expect !== undefined) response.writeContinue()
  let isDone = false
  collect(request, (body) => {
    if (isDone) return
    isDone = true
    done(body)
  })
}
