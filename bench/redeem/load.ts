/** Sends requests over kept connections and counts how many are answered a second. */
import { Agent, request } from "node:http"

/** One request of a round, and the status that it must be answered with. */
export interface Shot {
  readonly body: string
  readonly status: number
}

/** What a round came to. */
export interface Round {
  readonly perSecond: number
  readonly p50Millis: number
  readonly p99Millis: number
}

const send = (agent: Agent, port: number, { body, status }: Shot): Promise<void> =>
  new Promise((resolve, reject) => {
    const sent = request({
      agent,
      host: "127.0.0.1",
      port,
      method: "POST",
      path: "/api/v1/redeem",
      headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) }
    }, (response) => {
      let text = ""
      response.setEncoding("utf8")
      response.on("data", (chunk: string) => {
        text += chunk
      })
      response.on("end", () =>
        response.statusCode === status
          ? resolve()
          : reject(new Error(`answered ${response.statusCode} instead of ${status}: ${text}`)))
    })
    sent.on("error", reject)
    sent.end(body)
  })

const at = (sorted: ReadonlyArray<number>, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0

/** Sends every shot once, `callers` at a time. */
export const fire = async (port: number, shots: ReadonlyArray<Shot>, callers: number): Promise<Round> => {
  const agent = new Agent({ keepAlive: true, maxSockets: callers })
  const millis: Array<number> = []
  let next = 0
  const caller = async (): Promise<void> => {
    while (next < shots.length) {
      const shot = shots[next++]!
      const started = performance.now()
      await send(agent, port, shot)
      millis.push(performance.now() - started)
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: callers }, caller))
  const seconds = (performance.now() - started) / 1000
  agent.destroy()
  const sorted = millis.toSorted((left, right) => left - right)
  return { perSecond: shots.length / seconds, p50Millis: at(sorted, 0.5), p99Millis: at(sorted, 0.99) }
}
