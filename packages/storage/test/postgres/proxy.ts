/** Stands between a pool and its server, and breaks the line at a chosen moment. */
import * as Effect from "effect/Effect"
import { connect, createServer, type Server, type Socket } from "node:net"

/**
 * When a client sends something that holds `text`: `before` cuts the line without passing it on, `after` passes it on and
 * cuts before the answer, `silent` passes it on and leaves the line open without ever an answer.
 */
export interface Break {
  readonly text: string
  readonly how: "before" | "after" | "silent"
}

/** A line that can be told to break. */
export interface Line {
  readonly url: string
  /** Breaks the line each time from now on; null mends it for new connections. */
  readonly breakAt: (at: Break | null) => void
}

/** How long the server has for a statement whose answer nobody will see. */
const graceMillis = 100

const relay = (client: Socket, server: Socket, breakage: () => Break | null): void => {
  let isMute = false
  const cut = () => {
    client.destroy()
    server.destroy()
  }
  client.on("data", (data) => {
    const at = breakage()
    if (at === null || !data.includes(at.text)) return server.write(data)
    isMute = true
    if (at.how === "before") return cut()
    server.write(data)
    if (at.how === "after") setTimeout(cut, graceMillis)
  })
  server.on("data", (data) => {
    if (!isMute) client.write(data)
  })
  for (const socket of [client, server]) socket.on("error", () => {}).on("close", cut)
}

const listen = (server: Server): Effect.Effect<number> =>
  Effect.callback((resume) => {
    server.listen(0, "127.0.0.1", () => resume(Effect.succeed((server.address() as { readonly port: number }).port)))
  })

/** A line to the server of `url`; it goes with the scope. */
export const line = (url: string) =>
  Effect.gen(function*() {
    const { hostname, port: serverPort } = new URL(url)
    const sockets = new Set<Socket>()
    let at: Break | null = null
    const server = createServer((client) => {
      const upstream = connect(Number(serverPort), hostname)
      sockets.add(client).add(upstream)
      relay(client, upstream, () => at)
    })
    const port = yield* Effect.acquireRelease(listen(server), () =>
      Effect.sync(() => {
        for (const socket of sockets) socket.destroy()
        server.close()
      }))
    const target = new URL(url)
    target.port = String(port)
    return {
      url: target.href,
      breakAt: (breakage) => {
        at = breakage
      }
    } satisfies Line
  })
