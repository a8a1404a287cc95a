/** Simulates months of payouts, seed by seed, and shows that naive versions of the signer do not survive the same seeds. */
import { assert, describe, it } from "@effect/vitest"
import { OperatorBlock, PayoutId, PayoutRail } from "@purser/domain/payouts"
import { RailModel } from "@purser/domain/payouts/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import { mortals } from "./deaths.ts"
import { simulate } from "./simulate.ts"
import { makeOwing, onModel, places, signing } from "./world.ts"

type Rail = PayoutRail["Service"]

/** What makes another signer of the signer: what it is told by its rail, or does at once. */
type Bend = (rail: Rail) => Rail

const steps = 60

const run = (seed: number, place: keyof typeof places, bend: Bend = (rail) => rail) => {
  const model = new RailModel()
  const owing = makeOwing()
  owing.retry = { baseMillis: 1, ceilingMillis: 1, mostAttempts: 5 }
  const world = signing(owing).pipe(
    Layer.provideMerge(Layer.effect(PayoutRail, Effect.map(PayoutRail, bend))),
    Layer.provideMerge(mortals("all")),
    Layer.provideMerge(Layer.merge(onModel(model), places[place]()))
  )
  return Random.withSeed(simulate(steps, model, owing), `payouts ${seed}`).pipe(Effect.provide(world))
}

const seeds = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe("RW-8 RW-9 RW-10 simulated payouts", () => {
  it.live.each(seeds(200))("pay each debt once, the books in memory, seed %i", (seed) => run(seed, "memory"))
  it.live.each(seeds(3))("pay each debt once, the books on SQLite, seed %i", (seed) => run(seed, "sqlite"))
  it.live.each(seeds(2))("pay each debt once, the books on PostgreSQL, seed %i", (seed) => run(seed, "postgres"))
})

const naive: Readonly<Record<string, Bend>> = {
  "takes silence for a failure, and pays with a new block": (rail) => ({
    ...rail,
    publish: (block) => Effect.map(rail.publish(block), (answer) => answer === "Unclear" ? "Invalid" : answer)
  }),
  "takes what one node does not have for lost": (rail) => ({
    ...rail,
    look: (block) => Effect.map(rail.look(block), (sight) => sight === "Missing" ? "RivalConfirmed" : sight)
  }),
  "takes sent for confirmed": (rail) => ({
    ...rail,
    look: (block) => Effect.map(rail.look(block), (sight) => sight === "Seen" ? "Confirmed" : sight)
  }),
  "publishes before it stores, and dies between the two": (rail) => ({
    ...rail,
    signSend: (frontier, order) =>
      Effect.tap(rail.signSend(frontier, order), (signed) =>
        rail.publish(
          new OperatorBlock({ ...signed, payoutId: PayoutId.make("any"), state: "stored", storedAtMillis: 0 })
        ))
  })
}

/** What the auditor says of money that is gone. */
const isLoss = (message: string): boolean =>
  ["a debt is paid twice", "is booked as paid and is not"].some((loss) => message.includes(loss))

describe("RW-8 known ways to get payouts wrong", () => {
  it.live.each(Object.entries(naive))("are found out: a signer that %s", ([, bend]) =>
    Effect.gen(function*() {
      for (const seed of seeds(100)) {
        const outcome = yield* Effect.exit(run(seed, "memory", bend))
        if (outcome._tag === "Failure" && isLoss(String(outcome.cause))) return
      }
      assert.fail("no seed found it out")
    }))
})
