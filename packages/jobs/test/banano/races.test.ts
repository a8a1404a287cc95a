/** Lets signers and admins do things at the same moment, on real databases. */
import { assert, describe, it } from "@effect/vitest"
import { PayoutSigner } from "@purser/domain/payouts"
import { PayBananoPayouts } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import {
  assertBooks,
  audit,
  Chain,
  drive,
  fund,
  makeOwing,
  onModel,
  onSandbox,
  openOffice,
  paidMinor,
  payoutNamed,
  places,
  signing
} from "./world.ts"

const anybody = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> => effect

const debt = (name: string, amountMinor = 100n) => ({ name, player: name, amountMinor })

const names = Array.from({ length: 12 }, (_, index) => `player-${index}`)

const patient = () => {
  const owing = makeOwing()
  owing.retry = { baseMillis: 1, ceilingMillis: 2, mostAttempts: 10_000 }
  return owing
}

describe.each(["sqlite", "postgres"] as const)("RW-9 two signers at once, the books on %s", (place) => {
  // The naive version trusts its fence alone. Here there is none, and the place in the chain is still given once.
  it.live("pay each debt once, even where no fence keeps them apart", () => {
    const owing = patient()
    const world = signing(owing).pipe(Layer.provideMerge(Layer.merge(onSandbox, places[place]())))
    return Effect.gen(function*() {
      const term = yield* openOffice
      const { confirm } = yield* Chain
      yield* fund(10_000n)
      yield* drive(term, [])
      for (const name of names) yield* owing.owe(debt(name))
      const signer = yield* PayoutSigner
      const unfenced = Effect.forever(
        Effect.andThen(Effect.exit(signer.tick<never>(anybody)), Effect.andThen(confirm, Effect.sleep(1)))
      )
      const others = [yield* Effect.forkChild(unfenced), yield* Effect.forkChild(unfenced)]
      for (let waited = 0; waited < 2_000; waited += 1) {
        const payouts = yield* Effect.forEach(names, payoutNamed)
        if (payouts.every(({ status }) => status === "confirmed")) break
        yield* Effect.sleep(10)
      }
      yield* Effect.forEach(others, Fiber.interrupt, { discard: true })
      yield* drive(yield* openOffice, names)
      for (const name of names) assert.strictEqual(yield* paidMinor(name), 100n)
      yield* audit(names)
      yield* assertBooks
    }).pipe(Effect.provide(world))
  })

  it.live("take the office from each other without a loss", () => {
    const owing = patient()
    const world = signing(owing).pipe(Layer.provideMerge(Layer.merge(onModel(), places[place]())))
    return Effect.gen(function*() {
      yield* openOffice
      yield* fund(10_000n)
      for (const name of names) yield* owing.owe(debt(name))
      // Each begins a term whenever it was told that its own is over, as two schedulers would that know nothing of each other.
      const rival = Effect.forever(Effect.gen(function*() {
        const term = yield* openOffice
        yield* Effect.exit(Effect.forever(Effect.andThen(PayBananoPayouts.tick(term), Effect.sleep(1))))
      }))
      const rivals = [yield* Effect.forkChild(rival), yield* Effect.forkChild(rival)]
      yield* Effect.sleep(300)
      yield* Effect.forEach(rivals, Fiber.interrupt, { discard: true })
      yield* drive(yield* openOffice, names)
      for (const name of names) assert.strictEqual(yield* paidMinor(name), 100n)
      yield* audit(names)
    }).pipe(Effect.provide(world))
  })
})

describe.each(["sqlite", "postgres"] as const)("RW-10 an admin who retries at any moment, the books on %s", (place) => {
  // The naive version sends a failed payout again beside the debt that was queued anew.
  it.live("acts on the debt: each is taken up once and paid once", () => {
    const owing = patient()
    const world = signing(owing).pipe(Layer.provideMerge(Layer.merge(onModel(), places[place]())))
    return Effect.gen(function*() {
      const term = yield* openOffice
      yield* fund(10_000n)
      const payouts = yield* Effect.forEach(names, (name) => owing.owe(debt(name)))
      for (const name of names) owing.payees.set(name, null)
      yield* drive(term, names, ({ status }) => status === "failed")
      owing.payees.clear()
      const retries = Effect.forEach(
        payouts,
        ({ id }) => Effect.all([1, 2, 3].map(() => Effect.exit(owing.takeUp(id))), { concurrency: "unbounded" }),
        { concurrency: 4, discard: true }
      )
      const admin = yield* Effect.forkChild(retries)
      const round = Effect.andThen(Effect.exit(PayBananoPayouts.tick(term)), Effect.sleep(1))
      const signer = yield* Effect.forkChild(Effect.forever(round))
      yield* Fiber.join(admin)
      yield* Fiber.interrupt(signer)
      yield* drive(term, names, ({ status }) => status === "confirmed")
      for (const name of names) {
        assert.strictEqual((yield* payoutNamed(name)).round, 1)
        assert.strictEqual(yield* paidMinor(name), 100n)
      }
      yield* audit(names)
      yield* assertBooks
    }).pipe(Effect.provide(world))
  })
})
