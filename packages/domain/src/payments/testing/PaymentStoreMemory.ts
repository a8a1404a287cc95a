/** Keeps payments in memory. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { MemoryState } from "../../transaction/testing/index.ts"
import { type Payment, type PaymentKey, PaymentStore, type Rail } from "../index.ts"

const place = (rail: Rail, key: PaymentKey): string => `${rail} ${key}`

const firstSeenFirst = (left: Payment, right: Payment): number =>
  left.firstSeenAtMillis - right.firstSeenAtMillis || (left.key < right.key ? -1 : 1)

const canChange = (payment: Payment, aboveHeight: number): boolean =>
  payment.state === "seen" || payment.state === "orphaned" || (payment.height ?? 0) > aboveHeight

/** A `PaymentStore` whose answers are ordered as those of the databases. */
export const layerMemory: Layer.Layer<PaymentStore, never, MemoryState> = Layer.effect(
  PaymentStore,
  Effect.gen(function*() {
    const { statement, table } = yield* MemoryState
    const payments = table<string, Payment>()
    const cursors = table<Rail, number>()
    const select = (rail: Rail, matches: (payment: Payment) => boolean): ReadonlyArray<Payment> =>
      [...payments.values()].filter((payment) => payment.rail === rail && matches(payment)).sort(firstSeenFirst)
    return PaymentStore.of({
      byKeys: (rail, keys) =>
        statement(() => [...new Set(keys)].flatMap((key) => payments.get(place(rail, key)) ?? [])),
      byTarget: (rail, target) => statement(() => select(rail, (payment) => payment.target === target)),
      unsettled: (rail, aboveHeight) => statement(() => select(rail, (payment) => canChange(payment, aboveHeight))),
      inState: (rail, state, limit) =>
        statement(() => select(rail, (payment) => payment.state === state).toReversed().slice(0, limit)),
      save: (changed) =>
        statement(() => {
          for (const payment of changed) payments.set(place(payment.rail, payment.key), payment)
        }),
      cursor: (rail) => statement(() => Option.fromUndefinedOr(cursors.get(rail))),
      setCursor: (rail, height) => statement(() => cursors.set(rail, height))
    })
  })
)
