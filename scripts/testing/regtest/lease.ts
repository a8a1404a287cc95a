/** Takes the run's chain for one suite; pass the port that `inject("regtestPort")` answers. */
import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { createInterface } from "node:readline"
import type { RegtestDeeds, RegtestEndpoints } from "./chain.ts"
import type { Command } from "./leases.ts"

/** A chain that nobody else uses until it is released, or until this process ends. */
export interface Lease extends RegtestDeeds {
  readonly endpoints: RegtestEndpoints
  readonly release: () => Promise<void>
}

type Answers = AsyncIterator<string>

const next = async (answers: Answers): Promise<unknown> => {
  const { done, value } = await answers.next()
  if (done === true) throw new Error("the lease has ended")
  const answer = JSON.parse(value) as object
  if ("error" in answer) throw new Error(String(answer.error))
  return answer
}

const deeds = (socket: Socket, answers: Answers): RegtestDeeds => {
  const give = (command: Command) => async (): Promise<void> => {
    socket.write(`${command}\n`)
    await next(answers)
  }
  return {
    stopDaemon: give("stopDaemon"),
    startDaemon: give("startDaemon"),
    killOperator: give("killOperator"),
    startOperator: give("startOperator")
  }
}

/** Waits until the chain is free, and where this is the first lease until it is made: 10 to 30 seconds. */
export const leaseRegtest = async (port: number): Promise<Lease> => {
  const socket = connect(port, "127.0.0.1")
  const answers = createInterface({ input: socket })[Symbol.asyncIterator]()
  const endpoints = await next(answers) as RegtestEndpoints
  const release = async (): Promise<void> => {
    socket.end()
    if (!socket.closed) await once(socket, "close")
  }
  return { endpoints, ...deeds(socket, answers), release }
}
