/** Settles what is owed into payouts. */
import { Settling } from "@purser/domain/faucet"
import { Amount, Asset } from "@purser/domain/money"
import * as Effect from "effect/Effect"
import type { Declared } from "./faucetJob.ts"

/** How often to settle: 20 minutes unless configured. */
export const defaultEveryMillis = 1_200_000

const run = Effect.map(
  Effect.flatMap(Settling, ({ settle }) => settle),
  ({ amountMinor, candidates, leftOut, payouts, seed }) =>
    `${payouts} payouts of ${
      Amount.print(amountMinor, Asset.BAN)
    } BAN for ${candidates} players (order ${seed}); left out: ` +
    Object.entries(leftOut).map(([why, count]) => `${why} ${count}`).join(", ")
)

/** The job. */
export const declared = (everyMillis = defaultEveryMillis) =>
  ({ job: "settlement", everyMillis, run }) satisfies Declared<unknown, Settling>
