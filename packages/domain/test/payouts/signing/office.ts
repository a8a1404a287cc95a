/** Sets up a signer in memory, on a rail and a program that tests can bend. */
import { assert } from "@effect/vitest"
import { AccountCode, balanceMinor, LedgerStore } from "@purser/domain/ledger"
import { layerMemory as ledgerMemory } from "@purser/domain/ledger/testing"
import { Outbox } from "@purser/domain/outbox"
import { layerMemory as outboxMemory } from "@purser/domain/outbox/testing"
import { PayoutId, PayoutPolicy, PayoutRail, PayoutSigner, PayoutStore } from "@purser/domain/payouts"
import { layerMemory as payoutsMemory, OwingModel, RailModel } from "@purser/domain/payouts/testing"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { Scope } from "effect/Scope"

/** A thousandth of a minor unit is the smallest that the rail knows. */
export const raw = (minor: bigint): bigint => minor * 1000n

/** Everybody is in office. */
export const anybody = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> => effect

const stores = Layer.mergeAll(ledgerMemory, outboxMemory, payoutsMemory).pipe(Layer.provideMerge(MemoryState.layer))

/** A signer with what it works on. */
export class Office {
  readonly model = new RailModel()
  readonly owing: OwingModel

  constructor(options: ConstructorParameters<typeof OwingModel>[0] = {}) {
    this.owing = new OwingModel(options)
  }

  get layer() {
    return PayoutSigner.layer.pipe(
      Layer.provideMerge(Layer.mergeAll(
        Layer.succeed(PayoutRail, this.model.rail),
        Layer.sync(PayoutPolicy, () => this.owing.policy),
        stores
      ))
    )
  }
}

type Services = Layer.Success<Office["layer"]>

/** Runs a story in an office whose books are open. */
export const inOffice = <E>(
  story: (office: Office) => Effect.Effect<void, E, Services | Scope>,
  office = new Office()
) => Effect.andThen(PayoutSigner.use(({ books }) => books), story(office)).pipe(Effect.provide(office.layer))

/** One round. */
export const tick = PayoutSigner.use((signer) => signer.tick<never>(anybody))

/** So many rounds; answers with the tags of what they did last. */
export const ticks = (count: number) =>
  Effect.map(
    Effect.forEach(Array.from({ length: count }), () => tick),
    (ticked) => ticked.map(({ step }) => step._tag)
  )

export const payoutNamed = (name: string) =>
  Effect.map(PayoutStore.use((payouts) => payouts.byIds([PayoutId.make(name)])), ([payout]) => payout!)

export const statusOf = (name: string) => Effect.map(payoutNamed(name), ({ status }) => status)

/** What an account stands at on its own side, in minor units; 0 where there is none. */
export const booked = (code: string) =>
  Effect.map(
    LedgerStore.use((ledger) => ledger.account(AccountCode.make(code))),
    Option.match({ onNone: () => 0n, onSome: (account) => balanceMinor(account.normalSide, account) })
  )

/** Topics of all events so far, in order. */
export const topics = Effect.map(
  Outbox.use((outbox) => outbox.due(Number.MAX_SAFE_INTEGER, 1000)),
  (records) => records.map(({ event: { topic } }) => topic)
)

/** The books are sound, and say what the rail says. */
export const assertSound = Effect.gen(function*() {
  assert.deepStrictEqual(yield* PayoutSigner.use(({ reconcile }) => reconcile), [])
  assert.deepStrictEqual((yield* LedgerStore.use(({ verify }) => verify)).discrepancies, [])
})
