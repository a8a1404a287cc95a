/** Asks a server over a real socket, TCP or Unix. */
import type { Listener } from "@purser/http"
import * as Effect from "effect/Effect"
import { request as send, type RequestOptions } from "node:http"
import { connect, type Socket } from "node:net"

/** One request. */
export interface Question {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string | Array<string>>>
  readonly body?: string | Buffer
}

/** What came back. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

const place = (listener: Listener.Listener): RequestOptions =>
  listener._tag === "tcp" ? { host: listener.host, port: listener.port } : { socketPath: listener.path }

/** Sends, and waits for the whole answer. Each request has a connection of its own. */
export const ask = (listener: Listener.Listener, { body, headers, method, path }: Question): Effect.Effect<Answer> =>
  Effect.callback((resume) => {
    const outgoing = {
      ...place(listener),
      path,
      method: method ?? "GET",
      headers: headers ?? {},
      agent: false
    } as const
    const request = send(outgoing, (response) => {
      const parts: Array<Buffer> = []
      response.on("data", (part: Buffer) => parts.push(part))
      response.on("end", () => {
        const text = Buffer.concat(parts).toString("utf8")
        const found = response.headers as Readonly<Record<string, string>>
        resume(Effect.succeed({ status: response.statusCode ?? 0, headers: found, text }))
      })
    })
    request.on("error", (cause) => resume(Effect.die(cause)))
    request.end(body)
    return Effect.sync(() => request.destroy())
  })

const json = { "content-type": "application/json" }

/** Posts a value as JSON. */
export const post = (
  listener: Listener.Listener,
  path: string,
  { headers, value }: { readonly value: unknown; readonly headers?: Question["headers"] }
): Effect.Effect<Answer> =>
  ask(listener, { method: "POST", path, headers: { ...json, ...headers }, body: JSON.stringify(value) })

/** The JSON of an answer. */
export const jsonOf = ({ text }: Answer): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>

/** What must not depend on the case: everything but the name of the request, the time and what is left of the quota. */
export const comparable = ({ headers, status, text }: Answer) => {
  const { date, ratelimit, ["x-correlation-id"]: id = "", ...rest } = headers
  return { status, text: text.replace(id, ""), rest, names: [date, ratelimit].map((value) => value !== undefined) }
}

/** A connection that is spoken to byte by byte. */
export const dial = (listener: Listener.Listener): Effect.Effect<Socket> =>
  Effect.callback((resume) => {
    const socket = listener._tag === "tcp" ? connect(listener.port, listener.host) : connect(listener.path)
    socket.once("connect", () => resume(Effect.succeed(socket)))
    socket.once("error", (cause) => resume(Effect.die(cause)))
  })

/** Everything that comes until the other side closes. */
export const drained = (socket: Socket): Effect.Effect<string> =>
  Effect.callback((resume) => {
    const parts: Array<Buffer> = []
    socket.on("data", (part: Buffer) => parts.push(part))
    socket.on("error", () => undefined)
    socket.on("close", () => resume(Effect.succeed(Buffer.concat(parts).toString("utf8"))))
  })
