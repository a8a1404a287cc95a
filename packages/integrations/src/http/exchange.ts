/** Sends one HTTP request and reads the whole answer, within a time and a size. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { type Agent, request as sendHttp } from "node:http"
import { request as sendHttps } from "node:https"

/** What is sent: a POST with a JSON body. */
export interface Question {
  readonly url: URL
  readonly body: string
  /** Beside type and length. */
  readonly headers: Readonly<Record<string, string>>
}

/** What came back, whatever its status. */
export interface Reply {
  readonly status: number
  readonly challenges: ReadonlyArray<string>
  readonly body: string
}

/** How to send. */
export interface Line {
  readonly agent: Agent
  readonly timeoutMillis: number
  readonly mostBytes: number
}

/** There is no reply that could be read. `why` is a word or code; `isPassing` says whether asking again soon may help. */
export class NoReply extends Data.TaggedError("NoReply")<{
  readonly why: string
  readonly isPassing: boolean
}> {}

const codeOf = (cause: Error & { readonly code?: string }): string => cause.code ?? cause.name

const challengesOf = (headers: ReadonlyArray<string> = []): ReadonlyArray<string> =>
  headers.flatMap((header) => header.split(/,\s*(?=(?:Digest|Basic)\s)/iu))

/**
 * Fails with `NoReply` when the connection breaks (passing), or when the answer is late or larger than allowed (not
 * passing: asking again would only cost the same once more).
 */
export const exchange = (line: Line, { body, headers, url }: Question): Effect.Effect<Reply, NoReply> =>
  Effect.callback<Reply, NoReply>((resume) => {
    const broken = (cause: Error) => resume(new NoReply({ why: codeOf(cause), isPassing: true }))
    const send = url.protocol === "https:" ? sendHttps : sendHttp
    const request = send(url, {
      method: "POST",
      agent: line.agent,
      headers: {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        ...headers
      }
    }, (response) => {
      const chunks: Array<Buffer> = []
      let bytes = 0
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk)
        bytes += chunk.length
        if (bytes <= line.mostBytes) return
        resume(new NoReply({ why: "answer too large", isPassing: false }))
        request.destroy()
      })
      response.on("end", () =>
        resume(Effect.succeed({
          status: response.statusCode ?? 0,
          challenges: challengesOf(response.headersDistinct["www-authenticate"]),
          body: Buffer.concat(chunks).toString("utf8")
        })))
      response.on("error", broken)
    })
    request.on("error", broken)
    request.end(body)
    return Effect.sync(() => request.destroy())
  }).pipe(Effect.timeoutOrElse({
    duration: line.timeoutMillis,
    orElse: () => new NoReply({ why: "timed out", isPassing: false })
  }))
