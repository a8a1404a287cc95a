/** Answers one request after the other as it is told, well or badly. */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo, Socket } from "node:net"

/** What the server does with one request. */
export type Deed = (response: ServerResponse, request: IncomingMessage) => void

/** A server on loopback. */
export interface UnrulyServer {
  readonly url: string
  /** How many requests have come, and on how many connections. */
  readonly requests: () => number
  readonly connections: () => number
  /** Most requests that were under way at once. */
  readonly most: () => number
  /** Closes the connections that are open, without a word. */
  readonly cut: () => Promise<void>
}

/** A status with a text. */
export const say = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Deed => (response) =>
  void response.writeHead(status, headers).end(text)

/** A result of JSON-RPC, as text. */
export const result = (text: string): Deed => say(200, `{"id":"0","jsonrpc":"2.0","result":${text}}`)

/** The first deeds in order, the last one for all that follow. Ends with the scope. */
export const serve = (...deeds: ReadonlyArray<Deed>): Effect.Effect<UnrulyServer, never, Scope.Scope> =>
  Effect.gen(function*() {
    const sockets = new Set<Socket>()
    let requests = 0
    let connections = 0
    let underWay = 0
    let most = 0
    const server = createServer((request, response) => {
      most = Math.max(most, ++underWay)
      response.on("close", () => underWay--)
      const deed = deeds[Math.min(requests++, deeds.length - 1)]!
      request.resume().on("end", () => deed(response, request))
    })
    server.on("connection", (socket) => {
      connections++
      sockets.add(socket)
      socket.on("close", () => sockets.delete(socket))
    })
    yield* Effect.acquireRelease(
      Effect.promise(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))),
      () =>
        Effect.promise(() =>
          new Promise((resolve) => {
            server.close(resolve)
            server.closeAllConnections()
          })
        )
    )
    const cut = async (): Promise<void> => {
      const closed = [...sockets].map((socket) => new Promise((resolve) => socket.once("close", resolve)))
      for (const socket of sockets) socket.destroy()
      await Promise.all(closed)
    }
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return { url, requests: () => requests, connections: () => connections, most: () => most, cut }
  })
