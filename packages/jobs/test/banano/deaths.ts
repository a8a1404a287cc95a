/** Lets the process die, or freeze, at any call of the signer to its rail or its stores. */
import { LedgerStore } from "@purser/domain/ledger"
import { Outbox } from "@purser/domain/outbox"
import { BlockStore, PayoutRail, PayoutStore } from "@purser/domain/payouts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** What happens at the point that is armed. */
export type Blow = Effect.Effect<unknown>

/** Counts the points that a signer passes: before each call, and after it. */
export class Deaths extends Context.Service<Deaths, {
  /** The blow falls at the point after so many; 0 is the very next. */
  readonly arm: (points: number, blow: Blow) => Effect.Effect<void>
  /** Ends what was armed; answers whether the blow had fallen. */
  readonly disarm: Effect.Effect<boolean>
}>()("@purser/jobs/test/Deaths") {}

/** A service each of whose calls passes a point before it begins and one after it has ended well. */
const mortal = <Service extends object>(service: Service, point: Effect.Effect<void>): Service => {
  const around = (call: unknown): unknown =>
    Effect.isEffect(call) ? Effect.andThen(point, Effect.tap(call, () => point)) : call
  return new Proxy(service, {
    get: (target, key) => {
      const member: unknown = Reflect.get(target, key)
      return typeof member === "function"
        ? (...given: ReadonlyArray<unknown>) => around(Reflect.apply(member, target, given))
        : around(member)
    }
  })
}

type Mortals = BlockStore | LedgerStore | Outbox | PayoutRail | PayoutStore

/** As if the process had died. */
export const death: Blow = Effect.interrupt

const makePoints = () => {
  let armed: { left: number; readonly blow: Blow } | undefined
  let hasFallen = false
  const point = Effect.suspend(() => {
    if (armed === undefined) return Effect.void
    armed.left -= 1
    if (armed.left >= 0) return Effect.void
    const { blow } = armed
    armed = undefined
    hasFallen = true
    return Effect.asVoid(blow)
  })
  const deaths = Deaths.of({
    arm: (left, blow) =>
      Effect.sync(() => {
        armed = { left, blow }
        hasFallen = false
      }),
    disarm: Effect.sync(() => {
      armed = undefined
      return hasFallen
    })
  })
  return { deaths, point }
}

/** Everything that a signer works on, mortal: `rail` alone where whoever freezes must not hold a transaction. */
export const mortals = (which: "all" | "rail"): Layer.Layer<Deaths | Mortals, never, Mortals> =>
  Layer.effectContext(Effect.gen(function*() {
    const { deaths, point } = makePoints()
    const inStores = which === "all" ? point : Effect.void
    return Context.make(Deaths, deaths).pipe(
      Context.add(PayoutRail, mortal(yield* PayoutRail, point)),
      Context.add(BlockStore, mortal(yield* BlockStore, inStores)),
      Context.add(PayoutStore, mortal(yield* PayoutStore, inStores)),
      Context.add(LedgerStore, mortal(yield* LedgerStore, inStores)),
      Context.add(Outbox, mortal(yield* Outbox, inStores))
    )
  }))
