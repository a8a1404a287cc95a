/** Runs the sandbox as a process of its own, and makes tickets for its wallet. */
import { newTicketFile, RandomBytes } from "@purser/domain/tickets"
import { layerScryptNode } from "@purser/runtime/scrypt"
import * as Effect from "effect/Effect"
import { quick } from "./installation.ts"
import { type Environment, type Running, start, until } from "./program.ts"

/** What a payer keeps. */
export interface Ticket {
  readonly pid: string
  readonly payment_id: string
  readonly address: string
}

/** A running sandbox, and the settings that make an installation use it as its wallet. */
export interface Sandbox {
  readonly running: Running
  readonly url: string
  readonly wallet: Environment
}

/** A sandbox in a process of its own, so that the chain goes on while the installation is killed. */
export const startSandbox = async (path: string): Promise<Sandbox> => {
  const running = start(["sandbox"], quick(path))
  const url = await until(running, () => /WALLET_RPC_URL=(\S+)\/wallet/u.exec(running.stdout())?.[1])
  return {
    running,
    url,
    wallet: {
      PURSER_MONERO_WALLET_RPC_URL: `${url}/wallet`,
      PURSER_MONERO_DAEMON_URL: `${url}/daemon`,
      PURSER_MONERO_START_HEIGHT: "0",
      PURSER_TOKEN_KEYS: `crash:${"07".repeat(32)}`
    }
  }
}

/** A ticket for that wallet, made here. */
export const newTicket = (primaryAddress: string): Promise<Ticket> =>
  Effect.runPromise(
    Effect.provide(newTicketFile({ primaryAddress }), [RandomBytes.layerWebCrypto(crypto), layerScryptNode])
  )
