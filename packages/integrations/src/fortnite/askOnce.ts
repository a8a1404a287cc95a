/** Sends one question and reads the whole answer with the headers of limits, within a time and a size. */
import * as Effect from "effect/Effect"
import { type Agent, type IncomingMessage, request as sendHttp } from "node:http"
import { request as sendHttps } from "node:https"
import { NoReply } from "../http/exchange.ts"
import type { LimitHeaders } from "./resumeMillis.ts"

/** How to ask. */
export interface Line {
  readonly agent: Agent
  readonly timeoutMillis: number
  readonly mostBytes: number
  readonly headers: Readonly<Record<string, string>>
}

/** What came back, whatever its status. */
export interface Reply extends LimitHeaders {
  readonly status: number
  readonly body: string
}

const codeOf = (cause: Error & { readonly code?: string }): string => cause.code ?? cause.name

const replyOf = ({ headersDistinct, statusCode = 0 }: IncomingMessage, chunks: ReadonlyArray<Buffer>): Reply => ({
  status: statusCode,
  reset: headersDistinct["x-ratelimit-reset"]?.[0],
  retryAfter: headersDistinct["retry-after"]?.[0],
  body: Buffer.concat(chunks).toString("utf8")
})

/** Fails when the connection breaks (passing), or when the answer is late or larger than allowed (not passing). */
export const askOnce = (line: Line, url: URL): Effect.Effect<Reply, NoReply> =>
  Effect.callback<Reply, NoReply>((resume) => {
    const broken = (cause: Error) => resume(new NoReply({ why: codeOf(cause), isPassing: true }))
    const send = url.protocol === "https:" ? sendHttps : sendHttp
    const request = send(url, { agent: line.agent, headers: line.headers }, (response) => {
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
    request.end()
    return Effect.sync(() => request.destroy())
  }).pipe(Effect.timeoutOrElse({
    duration: line.timeoutMillis,
    orElse: () => new NoReply({ why: "timed out", isPassing: false })
  }))
