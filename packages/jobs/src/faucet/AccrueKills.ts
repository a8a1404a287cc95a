/** Reads players that are due, and books what they killed. */
import { Earning } from "@purser/domain/faucet"
import { Amount, Asset } from "@purser/domain/money"
import * as Effect from "effect/Effect"
import type { Declared } from "./faucetJob.ts"
import { countReadings } from "./figures.ts"

/** How often to look for players that are due, and how many are read in one round (1 to 1,000). */
export interface AccrueKillsOptions {
  readonly everyMillis: number
  readonly limit: number
}

/** Every minute, 500 players. */
export const defaults: AccrueKillsOptions = { everyMillis: 60_000, limit: 500 }

/** Rounds until nobody is due. One that the provider ended fails the run, so that an operator sees why; what was read is booked. */
const run = (limit: number) =>
  Effect.gen(function*() {
    const { readDue } = yield* Earning
    const sum = { read: 0, accruals: 0, kills: 0, amountMinor: 0n, signals: 0 }
    while (true) {
      const round = yield* readDue(limit)
      const { accruals, amountMinor, due, kills, read, signals, stoppedBy } = round
      yield* countReadings(round)
      sum.read += read
      sum.accruals += accruals
      sum.kills += kills
      sum.amountMinor += amountMinor
      sum.signals += signals
      if (stoppedBy !== null) return yield* stoppedBy
      if (due < limit) break
    }
    return `${sum.read} players read, ${sum.kills} kills booked in ${sum.accruals} accruals of ${
      Amount.print(sum.amountMinor, Asset.BAN)
    } BAN, ${sum.signals} signals`
  })

/** The job. */
export const declared = ({ everyMillis, limit }: AccrueKillsOptions = defaults) =>
  ({ job: "accrual", everyMillis, run: run(limit) }) satisfies Declared<unknown, Earning>
