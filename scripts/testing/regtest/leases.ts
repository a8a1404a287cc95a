/** Lends the one chain of a test run to one suite at a time, with an operator of its own; a lease is a connection. */
import { createServer, type Server, type Socket } from "node:net"
import { createInterface } from "node:readline"
import type { RegtestChain, RegtestOperator } from "./chain.ts"

/** What a line of the connection can say to the server. */
export type Command = Exclude<keyof RegtestOperator, "endpoints" | "close">

/** Where leases are taken. `close` ends the chain too. */
export interface Leases {
  readonly port: number
  readonly close: () => Promise<void>
}

const commands: ReadonlyArray<string> = [
  "stopDaemon",
  "startDaemon",
  "killOperator",
  "startOperator"
] satisfies ReadonlyArray<Command>

const isCommand = (text: string): text is Command => commands.includes(text)

const worded = (error: unknown): string => error instanceof Error ? error.message : String(error)

const say = (socket: Socket, answer: object): void => void socket.write(`${JSON.stringify(answer)}\n`)

const obey = async (operator: RegtestOperator, text: string): Promise<object> => {
  try {
    if (!isCommand(text)) return { error: `no such command: ${text}` }
    await operator[text]()
    return { done: text }
  } catch (error) {
    return { error: worded(error) }
  }
}

class Lender {
  readonly #start: () => Promise<RegtestChain>
  #chain: Promise<RegtestChain> | undefined
  /** Ends when the chain is free again. */
  #turn: Promise<void> = Promise.resolve()

  constructor(start: () => Promise<RegtestChain>) {
    this.#start = start
  }

  take(socket: Socket): void {
    socket.on("error", () => socket.destroy())
    this.#turn = this.#turn.then(() => this.#serve(socket)).catch((error: unknown) => {
      if (!socket.destroyed) say(socket, { error: worded(error) })
      socket.end()
    })
  }

  async #serve(socket: Socket): Promise<void> {
    if (socket.destroyed) return
    const chain = await (this.#chain ??= this.#start())
    const operator = await chain.newOperator()
    try {
      say(socket, operator.endpoints)
      if (socket.destroyed) return
      const lines = createInterface({ input: socket })
      // A connection that breaks has no end of its own.
      socket.once("close", () => lines.close())
      for await (const line of lines) say(socket, await obey(operator, line))
    } finally {
      await operator.close()
    }
  }

  async stop(): Promise<void> {
    await this.#turn
    // A chain that never came to be was told of by the lease that asked for it.
    await this.#chain?.then((chain) => chain.stop(), () => undefined)
  }
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      resolve(typeof address === "object" && address !== null ? address.port : 0)
    })
  })

/** Listens on loopback; `start` runs when the first lease is taken. */
export const serveLeases = async (start: () => Promise<RegtestChain>): Promise<Leases> => {
  const lender = new Lender(start)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on("close", () => sockets.delete(socket))
    lender.take(socket)
  })
  const port = await listening(server)
  server.unref()
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await lender.stop()
  }
  return { port, close }
}
