import { layer } from "@effect/vitest"
import { Places, wander } from "../model/wander.ts"
import { cursorStep, earningStep, playerStep, walletStep } from "./steps.ts"

const seed = 1
const timeoutMillis = 120_000

layer(Places.layer, { excludeTestServices: true })("RW-3 RW-5 RW-6 RW-7 stores of rewards on databases", (it) => {
  it.effect(`keep players as memory does, seed ${seed}`, () => wander(playerStep, seed, 120), timeoutMillis)
  it.effect(`keep wallets as memory does, seed ${seed}`, () => wander(walletStep, seed, 60), timeoutMillis)
  it.effect(`keep cursors as memory does, seed ${seed}`, () => wander(cursorStep, seed, 40), timeoutMillis)
  it.effect(`keep earnings as memory does, seed ${seed}`, () => wander(earningStep, seed, 300), timeoutMillis)
})
