import { layer } from "@effect/vitest"
import { auditStep, idempotencyStep, outboxStep, paymentStep, ticketStep } from "./steps.ts"
import { Places, wander } from "./wander.ts"

const seed = 1
const steps = 150

layer(Places.layer, { excludeTestServices: true })("PF-4 PF-7 TK-7 TK-11 stores on databases", (it) => {
  it.effect(`keep tickets as memory does, seed ${seed}`, () => wander(ticketStep, seed, steps))
  it.effect(`keep payments as memory does, seed ${seed}`, () => wander(paymentStep, seed, steps))
  it.effect(`keep answers as memory does, seed ${seed}`, () => wander(idempotencyStep, seed, steps))
  it.effect(`keep events as memory does, seed ${seed}`, () => wander(outboxStep, seed, steps))
  it.effect(`keep the audit log as memory does, seed ${seed}`, () => wander(auditStep, seed, steps))
})
