/** Listens in on the way to a wallet: which heights it is asked for. */
import { connect, createServer, type Server } from "node:net"

/** A relay to the wallet that runs. Heights are exclusive, as the wallet takes them, in the order of the questions. */
export interface Tap {
  readonly url: string
  readonly heights: () => ReadonlyArray<number>
  readonly close: () => Promise<void>
}

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === "object" && address !== null ? address.port : 0
}

/** Passes everything on to the server at `url`, as it is. */
export const startTap = async (url: string): Promise<Tap> => {
  let asked = ""
  const server = createServer((near) => {
    const far = connect(Number(new URL(url).port), "127.0.0.1")
    near.on("data", (chunk) => {
      asked += chunk.toString("latin1")
    })
    for (const [from, to] of [[near, far], [far, near]] as const) {
      from.on("error", () => to.destroy())
      from.on("close", () => to.destroy())
      from.pipe(to)
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(0, "127.0.0.1", resolve)
  })
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    heights: () => [...asked.matchAll(/"min_height":(\d+)/gu)].map(([, height]) => Number(height)),
    close: () => new Promise((resolve) => server.close(() => resolve()))
  }
}
