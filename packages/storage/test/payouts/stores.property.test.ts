import { layer } from "@effect/vitest"
import { Places, wander } from "../model/wander.ts"
import { blockStep, payoutStep } from "./steps.ts"

const seed = 1
const steps = 300
const timeoutMillis = 120_000

layer(Places.layer, { excludeTestServices: true })("RW-7 RW-8 RW-9 stores of payouts on databases", (it) => {
  it.effect(`keep payouts as memory does, seed ${seed}`, () => wander(payoutStep, seed, steps), timeoutMillis)
  it.effect(`keep blocks as memory does, seed ${seed}`, () => wander(blockStep, seed, steps), timeoutMillis)
})
