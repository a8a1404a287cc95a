/** Verifies players again and again: who left the server, or lost the link, is suspended. */
import { Players } from "@purser/domain/faucet"
import * as Effect from "effect/Effect"
import type { Declared } from "./faucetJob.ts"

/** How often to look for players that are due, and how many are asked about in one round (1 to 1,000). */
export interface VerifyPlayersOptions {
  readonly everyMillis: number
  readonly limit: number
}

/** Every minute, 200 players. */
export const defaults: VerifyPlayersOptions = { everyMillis: 60_000, limit: 200 }

const run = (limit: number) =>
  Effect.gen(function*() {
    const { verifyDue } = yield* Players
    const sum = { asked: 0, changed: 0, unanswered: 0 }
    while (true) {
      const { asked, changed, unanswered } = yield* verifyDue(limit)
      sum.asked += asked
      sum.changed += changed
      sum.unanswered += unanswered
      if (asked < limit) break
    }
    return `${sum.asked} players asked about, ${sum.changed} changed, ${sum.unanswered} without an answer`
  })

/** The job. */
export const declared = ({ everyMillis, limit }: VerifyPlayersOptions = defaults) =>
  ({ job: "verification", everyMillis, run: run(limit) }) satisfies Declared<unknown, Players>
