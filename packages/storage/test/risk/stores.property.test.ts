import { layer } from "@effect/vitest"
import { Places, wander } from "../model/wander.ts"
import { riskStep } from "./steps.ts"

const seed = 1
const timeoutMillis = 120_000

layer(Places.layer, { excludeTestServices: true })("RW-15 the store of signals on databases", (it) => {
  it.effect(`keeps what memory does, seed ${seed}`, () => wander(riskStep, seed, 300), timeoutMillis)
})
