/** Passes connections on to a server, and can be cut: whoever connects then is refused, as when a program is dead. */
import * as Effect from "effect/Effect"
import { connect, createServer, type Server, type Socket } from "node:net"

/** A relay that runs. Its scope ends it. */
export interface Relay {
  readonly port: number
  readonly cut: Effect.Effect<void>
  readonly mend: Effect.Effect<void>
}

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === "object" && address !== null ? address.port : 0
}

class Line {
  readonly #sockets = new Set<Socket>()
  readonly #server: Server

  constructor(port: number) {
    this.#server = createServer((near) => {
      const far = connect(port, "127.0.0.1")
      for (const [from, to] of [[near, far], [far, near]] as const) {
        this.#sockets.add(from)
        from.on("close", () => to.destroy())
        from.on("error", () => from.destroy())
        from.pipe(to)
      }
    })
  }

  open(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject)
      this.#server.listen(port, "127.0.0.1", () => resolve(portOf(this.#server)))
    })
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      for (const socket of this.#sockets) socket.destroy()
      this.#sockets.clear()
    })
  }
}

/** Relays to a port of loopback. */
export const startRelay = (to: number) =>
  Effect.gen(function*() {
    const line = yield* Effect.acquireRelease(
      Effect.sync(() => new Line(to)),
      (line) => Effect.promise(() => line.close())
    )
    const port = yield* Effect.promise(() => line.open(0))
    return {
      port,
      cut: Effect.promise(() => line.close()),
      mend: Effect.asVoid(Effect.promise(() => line.open(port)))
    } satisfies Relay
  })
