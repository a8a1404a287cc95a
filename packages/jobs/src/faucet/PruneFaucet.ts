/** Forgets what was kept long enough: verifications, and signals that led to nothing. */
import { FaucetSettings } from "@purser/domain/faucet"
import { PlayerStore } from "@purser/domain/rewards"
import { RiskStore } from "@purser/domain/risk"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Declared } from "./faucetJob.ts"

/** Once a day. */
export const defaultEveryMillis = 86_400_000

const run = Effect.gen(function*() {
  const { retention } = yield* FaucetSettings
  const players = yield* PlayerStore
  const risk = yield* RiskStore
  const nowMillis = yield* Clock.currentTimeMillis
  const verifications = yield* players.pruneVerifications(nowMillis - retention.verificationsMillis)
  const signals = yield* risk.prune(nowMillis - retention.signalsMillis)
  return `forgot ${verifications} verifications and ${signals} signals`
})

/** The job. */
export const declared = (everyMillis = defaultEveryMillis) =>
  ({ job: "prune", everyMillis, run }) satisfies Declared<unknown, FaucetSettings | PlayerStore | RiskStore>
