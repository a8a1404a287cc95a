/** Settles what is owed into payouts. */
import { Settling } from "@purser/domain/faucet"
import { Amount, Asset } from "@purser/domain/money"
import * as Effect from "effect/Effect"
import type { Declared } from "./faucetJob.ts"
import { countSettlement } from "./figures.ts"

/** How often to settle: 20 minutes unless configured. */
export const defaultEveryMillis = 1_200_000

const run = Effect.gen(function*() {
  const { settle } = yield* Settling
  const settled = yield* settle
  yield* countSettlement(settled)
  const { amountMinor, candidates, leftOut, payouts, seed } = settled
  const ban = Amount.print(amountMinor, Asset.BAN)
  const others = Object.entries(leftOut).map(([why, count]) => `${why} ${count}`).join(", ")
  return `${payouts} payouts of ${ban} BAN for ${candidates} players (order ${seed}); left out: ${others}`
})

/** The job. */
export const declared = (everyMillis = defaultEveryMillis) =>
  ({ job: "settlement", everyMillis, run }) satisfies Declared<unknown, Settling>
