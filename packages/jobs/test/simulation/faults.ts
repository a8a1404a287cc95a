/** Breaks the calls of the monitor at a chosen place. */
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

const broken = (how: Break) =>
  how === "dies" ? Effect.interrupt : Effect.fail(new MoneroUnavailable({ party: "wallet", why: "broken on purpose" }))

/** The rail at hand, with calls that can be broken. */
export const layer: Layer.Layer<Faults | MoneroRail, never, MoneroRail> = Layer.effectContext(
  Effect.map(MoneroRail, (rail) => {
    let armed: { calls: number; how: Break } | undefined
    const before = Effect.suspend(() => {
      if (armed === undefined) return Effect.void
      armed.calls -= 1
      return armed.calls < 0 ? broken(armed.how) : Effect.void
    })
    const faulty = MoneroRail.of({
      daemonHeights: Effect.andThen(before, rail.daemonHeights),
      refresh: Effect.andThen(before, rail.refresh),
      walletHeight: Effect.andThen(before, rail.walletHeight),
      incoming: (above) => Effect.andThen(before, rail.incoming(above)),
      byTransaction: (id) => Effect.andThen(before, rail.byTransaction(id)),
      balanceMinor: rail.balanceMinor
    })
    const faults = Faults.of({
      arm: (calls, how) => Effect.sync(() => void (armed = { calls, how })),
      disarm: Effect.sync(() => void (armed = undefined))
    })
    return Context.make(MoneroRail, faulty).pipe(Context.add(Faults, faults))
  })
)
