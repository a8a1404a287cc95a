/** Sends one HTTP request and reads the whole answer, within a time and a size. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { type Agent, type ClientRequest, type IncomingMessage, request as sendHttp } from "node:http"
import { request as sendHttps } from "node:https"

/** What is sent: a POST of `body`, or a GET where there is none. */
export interface Question {
  readonly url: URL
  readonly body?: string
  /** Beside the length; a body is JSON unless they say otherwise. */
  readonly headers: Readonly<Record<string, string>>
}

/** What came back, whatever its status. */
export interface Reply {
  readonly status: number
  /** By names in lower case, one text for each time that the header was sent. */
  readonly headers: Readonly<NodeJS.Dict<ReadonlyArray<string>>>
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

const contentOf = (body: string | undefined): Readonly<Record<string, string | number>> =>
  body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }

const replyOf = ({ headersDistinct, statusCode = 0 }: IncomingMessage, chunks: ReadonlyArray<Buffer>): Reply => ({
  status: statusCode,
  headers: headersDistinct,
  body: Buffer.concat(chunks).toString("utf8")
})

type Outcome = Effect.Effect<Reply, NoReply>

/** Sends, and tells once what came of it. Throws when a header cannot be sent. */
const send = (line: Line, { body, headers, url }: Question, resume: (outcome: Outcome) => void): ClientRequest => {
  const broken = (cause: Error) => resume(new NoReply({ why: codeOf(cause), isPassing: true }))
  const open = url.protocol === "https:" ? sendHttps : sendHttp
  const request = open(url, {
    method: body === undefined ? "GET" : "POST",
    agent: line.agent,
    headers: { ...contentOf(body), ...headers }
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
    response.on("end", () => resume(Effect.succeed(replyOf(response, chunks))))
    response.on("error", broken)
  })
  request.on("error", broken)
  request.end(body)
  return request
}

/**
 * Fails with `NoReply` when the connection breaks (passing), or when the answer is late or larger than allowed, or the
 * question cannot be sent as it is (not passing: asking again would only cost the same once more).
 */
export const exchange = (line: Line, question: Question): Effect.Effect<Reply, NoReply> =>
  Effect.callback<Reply, NoReply>((resume) => {
    try {
      const request = send(line, question, resume)
      return Effect.sync(() => request.destroy())
    } catch (cause) {
      return resume(new NoReply({ why: codeOf(cause as Error), isPassing: false }))
    }
  }).pipe(Effect.timeoutOrElse({
    duration: line.timeoutMillis,
    orElse: () => new NoReply({ why: "timed out", isPassing: false })
  }))
