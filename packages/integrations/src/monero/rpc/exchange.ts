/** Sends one HTTP request and reads the whole answer, within a time and a size. */
import * as Effect from "effect/Effect"
import { type Agent, request as sendHttp } from "node:http"
import { request as sendHttps } from "node:https"

/** What is sent: a POST with a JSON body. */
export interface Question {
  readonly url: URL
  readonly body: string
  readonly authorization?: string
}

/** What came back. */
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

/** Why there is no reply, in one line. */
export class NoReply extends Error {
  readonly _tag = "NoReply"
}

const describe = (cause: Error & { readonly code?: string }): string => cause.code ?? cause.message

const challengesOf = (header: string | ReadonlyArray<string> | undefined): ReadonlyArray<string> =>
  typeof header === "string" ? header.split(/,\s*(?=Digest\s)/iu) : header ?? []

/** Fails with `NoReply` when there is none in time, or when it is larger than allowed. */
export const exchange = (line: Line, { authorization, body, url }: Question): Effect.Effect<Reply, NoReply> =>
  Effect.callback<Reply, NoReply>((resume) => {
    const fail = (why: string) => resume(Effect.fail(new NoReply(why)))
    const send = url.protocol === "https:" ? sendHttps : sendHttp
    const request = send(url, {
      method: "POST",
      agent: line.agent,
      timeout: line.timeoutMillis,
      headers: {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        ...(authorization === undefined ? {} : { authorization })
      }
    }, (response) => {
      const chunks: Array<Buffer> = []
      let bytes = 0
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > line.mostBytes) return request.destroy(new Error("answer too large"))
        chunks.push(chunk)
      })
      response.on("end", () =>
        resume(Effect.succeed({
          status: response.statusCode ?? 0,
          challenges: challengesOf(response.headersDistinct["www-authenticate"]),
          body: Buffer.concat(chunks).toString("utf8")
        })))
      response.on("error", (cause) => fail(describe(cause)))
    })
    request.on("timeout", () => request.destroy(new Error("timed out")))
    request.on("error", (cause) => fail(describe(cause)))
    request.end(body)
    return Effect.sync(() => request.destroy())
  }).pipe(Effect.timeoutOrElse({
    duration: line.timeoutMillis,
    orElse: () => Effect.fail(new NoReply("timed out"))
  }))
