/** Breaks the calls of the monitor at a chosen place, before its transaction or in the midst of it. */
import { PaymentStore } from "@purser/domain/payments"
import { StorageError } from "@purser/domain/transaction"
import { MoneroUnavailable } from "@purser/integrations/monero"
import { MoneroRail } from "@purser/jobs"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** How a call breaks: with an answer that the monitor must survive, or as if the process had died. */
export type Break = "fails" | "dies"

/** Says which call breaks next: 0 is the very next. */
export class Faults extends Context.Service<Faults, {
  readonly arm: (calls: number, how: Break) => Effect.Effect<void>
  readonly disarm: Effect.Effect<void>
}>()("@purser/jobs/test/Faults") {}

const noWallet = new MoneroUnavailable({ party: "wallet", why: "broken on purpose" })
const noStore = new StorageError({ failure: "Broken", operation: "on purpose" })

const faultyRail = (rail: MoneroRail["Service"], before: Effect.Effect<void, MoneroUnavailable>) =>
  MoneroRail.of({
    daemonHeights: Effect.andThen(before, rail.daemonHeights),
    refresh: Effect.andThen(before, rail.refresh),
    walletHeight: Effect.andThen(before, rail.walletHeight),
    incoming: (above, upTo) => Effect.andThen(before, rail.incoming(above, upTo)),
    byTransaction: (id) => Effect.andThen(before, rail.byTransaction(id)),
    balanceMinor: rail.balanceMinor
  })

/** What a look writes first among the payments, and what it writes last of all. */
const faultyStore = (store: PaymentStore["Service"], before: Effect.Effect<void, StorageError>) =>
  PaymentStore.of({
    ...store,
    save: (payments) => Effect.andThen(before, store.save(payments)),
    setCursor: (rail, height) => Effect.andThen(before, store.setCursor(rail, height))
  })

/** Rail and store at hand, with calls that can be broken. */
export const layer: Layer.Layer<Faults | MoneroRail | PaymentStore, never, MoneroRail | PaymentStore> = Layer
  .effectContext(Effect.gen(function*() {
    let armed: { calls: number; how: Break } | undefined
    const before = <E>(failure: E): Effect.Effect<void, E> =>
      Effect.suspend(() => {
        if (armed === undefined) return Effect.void
        armed.calls -= 1
        if (armed.calls >= 0) return Effect.void
        return armed.how === "dies" ? Effect.interrupt : Effect.fail(failure)
      })
    const faults = Faults.of({
      arm: (calls, how) => Effect.sync(() => void (armed = { calls, how })),
      disarm: Effect.sync(() => void (armed = undefined))
    })
    return Context.make(Faults, faults).pipe(
      Context.add(MoneroRail, faultyRail(yield* MoneroRail, before(noWallet))),
      Context.add(PaymentStore, faultyStore(yield* PaymentStore, before(noStore)))
    )
  }))
