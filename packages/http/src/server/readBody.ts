/** Reads the body of a request, and no more of it than is allowed. */
import * as Effect from "effect/Effect"
import type { IncomingMessage, ServerResponse } from "node:http"

/** Most bytes of a JSON body. */
export const bodyBytesMaximum = 16 * 1_024

/** The bytes; or that there are too many; or that the caller went away. */
export type Body = Buffer | "TooLarge" | "Gone"

const join = (parts: ReadonlyArray<Buffer>): Buffer => parts.length === 1 ? parts[0]! : Buffer.concat(parts)

const collect = (request: IncomingMessage, done: (body: Body) => void): void => {
  const parts: Array<Buffer> = []
  let bytes = 0
  // A request that breaks off closes without an end; nothing else needs to be listened for.
  request.on("data", (part: Buffer) => {
    bytes += part.length
    if (bytes <= bodyBytesMaximum) parts.push(part)
    else done("TooLarge")
  })
  request.on("end", () => done(join(parts)))
  request.on("close", () => done("Gone"))
}

/**
 * The body. A length that is announced as too large is not waited for. What is left unread is thrown away by the server
 * within its time for a request, so that the caller gets to read the refusal.
 */
export const readBody = (request: IncomingMessage, response: ServerResponse): Effect.Effect<Body> =>
  Effect.callback((resume) => {
    if (Number(request.headers["content-length"] ?? 0) > bodyBytesMaximum) {
      resume(Effect.succeed("TooLarge"))
      return
    }
    if (request.headers.expect !== undefined) response.writeContinue()
    collect(request, (body) => resume(Effect.succeed(body)))
  })
