/** Opens lines to send over. */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { Agent } from "node:http"
import { Agent as SecureAgent } from "node:https"
import type { Line } from "./exchange.ts"

/** Where to, over how many connections at once, and the limits of one exchange. */
export interface LineOptions extends Omit<Line, "agent"> {
  readonly url: string
  readonly connections: number
}

/** A line whose connections stay open between exchanges and close with the scope. */
export const openLine = (
  { connections, mostBytes, timeoutMillis, url }: LineOptions
): Effect.Effect<Line, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const kept = { keepAlive: true, maxSockets: connections }
      const agent = new URL(url).protocol === "https:" ? new SecureAgent(kept) : new Agent(kept)
      return { agent, mostBytes, timeoutMillis }
    }),
    ({ agent }) => Effect.sync(() => agent.destroy())
  )
