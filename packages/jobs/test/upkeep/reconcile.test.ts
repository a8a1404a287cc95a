/** Holds reconciliation to its promises: on the sandbox of Monero, with the books in every place. */
import { assert, describe, layer } from "@effect/vitest"
import { AccountCode, deriveTransferId, LedgerStore, PostTransfer } from "@purser/domain/ledger"
import { Rail, ReconciliationStore } from "@purser/domain/reconciliation"
import { Fencing, MonitorMonero, Reconcile } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Metric from "effect/Metric"
import * as Result from "effect/Result"
import { Chain } from "../chain/Chain.ts"
import { chainSandbox } from "../chain/chainSandbox.ts"
import { places } from "../stories/stores.ts"
import {
  confirmations,
  lookOnce,
  openOffice,
  payTicket,
  priceMinor,
  scryptQuick,
  ticket,
  useCases
} from "../stories/world.ts"

const quick: Reconcile.ReconcileOptions = { everyMillis: 1000, looks: 2, pauseMillis: 1 }

const office = Fencing.use((fencing) => fencing.take("ledger.reconcile"))

/** A payment that was taken in. */
const sold = Effect.fnUntraced(function*(name: string) {
  const chain = yield* Chain
  const term = yield* openOffice
  yield* payTicket(yield* ticket(name))
  yield* chain.mine(confirmations)
  yield* lookOnce(term)
})

const moneroRail = Effect.map(Chain, ({ startHeight }) => MonitorMonero.rail(startHeight))

const run = Effect.gen(function*() {
  return yield* Reconcile.reconcileAll(yield* office, [yield* moneroRail], quick)
})

/** Books a payment that the wallet never had, or takes it back. */
const plant = (name: string, debit: string, credit: string) =>
  LedgerStore.use((ledger) =>
    Effect.map(
      ledger.post([[PostTransfer.from({
        id: deriveTransferId("planted", name),
        debit,
        credit,
        asset: "XMR",
        amountMinor: 7n,
        reason: "test.planted"
      })]]),
      ([outcome]) => assert.isTrue(Result.isSuccess(outcome!))
    )
  )

const gauge = (rail: string) =>
  Effect.map(
    Metric.snapshot,
    (all) =>
      all.find(({ attributes, id }) => id === "ledger_imbalance" && attributes?.["rail"] === rail)?.state as
        | { readonly value: bigint }
        | undefined
  )

/** Runs it, and tells the lines that were logged as errors. */
const errorsOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.suspend(() => {
    const lines: Array<string> = []
    const listening = Logger.layer([
      Logger.make(({ logLevel, message }) => {
        if (logLevel === "Error") lines.push(String(message))
      })
    ])
    return Effect.as(Effect.provide(effect, listening), lines)
  })

/** What is logged here need not be read. */
const quietly = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.provide(effect, Logger.layer([]))

/** The store at hand, which dies with the process at the second report that it is to keep. */
const dyingStore = Layer.effect(
  ReconciliationStore,
  Effect.map(ReconciliationStore, (store) => {
    let calls = 0
    return ReconciliationStore.of({
      ...store,
      keep: (looks) => Effect.suspend(() => ++calls > 1 ? Effect.interrupt : store.keep(looks))
    })
  })
)

const soundAt = (rail: string) =>
  ReconciliationStore.use((store) =>
    Effect.map(store.last, (reports) => reports.find((report) => report.rail === rail)?.soundAtMillis)
  )

describe("LG-12 LG-16 reconciliation", () => {
  for (const [place, stores] of Object.entries(places)) {
    describe(`with the books in ${place}`, () => {
      const world = useCases.pipe(Layer.provideMerge(Layer.mergeAll(chainSandbox, stores(), scryptQuick)))
      layer(world, { excludeTestServices: true })((it) => {
        it.effect("finds sound books sound, again and again", () =>
          Effect.gen(function*() {
            yield* sold("sound")
            for (const _ of [1, 2]) {
              const reports = yield* run
              assert.deepStrictEqual(reports.map(({ asset, found, rail }) => [rail, asset, found]), [
                ["books", "XMR", 0],
                ["monero", "XMR", 0]
              ])
              assert.deepStrictEqual(yield* ReconciliationStore.use(({ last }) => last), reports)
            }
            assert.strictEqual((yield* gauge("monero"))?.value, 0n)
            assert.strictEqual((yield* gauge("books"))?.value, 0n)
          }))

        it.effect("shows a planted difference in its report, in the metric and as an error", () =>
          Effect.gen(function*() {
            yield* sold("planted")
            yield* run
            const soundBefore = yield* soundAt("monero")
            yield* plant(`${place} in`, "monero:wallet", "monero:received")
            const errors = yield* errorsOf(run)
            assert.lengthOf(errors, 1)
            assert.match(errors[0]!, /^the books differ from monero in 2 figures of XMR/u)
            assert.strictEqual((yield* gauge("monero"))?.value, 7n)
            assert.strictEqual((yield* gauge("books"))?.value, 0n)
            assert.strictEqual(yield* soundAt("monero"), soundBefore)
            yield* plant(`${place} out`, "monero:received", "monero:wallet")
            assert.deepStrictEqual(yield* errorsOf(run), [])
            assert.strictEqual((yield* gauge("monero"))?.value, 0n)
          }))

        it.effect("takes money that is under way for no difference", () =>
          Effect.gen(function*() {
            yield* sold("under way")
            const chain = yield* Chain
            yield* payTicket(yield* ticket("late"), priceMinor)
            yield* chain.mine(1)
            const rail = yield* moneroRail
            let looks = 0
            const late = { ...rail, compare: Effect.suspend(() => ++looks === 1 ? passing : rail.compare) }
            const passing = Effect.succeed([{ what: "payment:under-way", expectedMinor: 1n, actualMinor: 0n }])
            assert.deepStrictEqual(yield* Reconcile.lookAgain(late, quick), [])
            assert.strictEqual(looks, 2)
            yield* lookOnce(yield* openOffice)
          }))

        it.effect("goes on where a dead process stopped", () =>
          Effect.gen(function*() {
            yield* run
            const before = yield* soundAt("monero")
            yield* Effect.sleep(2)
            const exit = yield* Effect.exit(Effect.provide(run, dyingStore))
            assert.isTrue(Exit.isFailure(exit))
            assert.isAbove((yield* soundAt("books"))!, before!)
            assert.strictEqual(yield* soundAt("monero"), before)
            yield* run
            assert.isAbove((yield* soundAt("monero"))!, before!)
          }))

        it.effect("keeps the books' own report when a rail does not answer", () =>
          Effect.gen(function*() {
            yield* run
            const before = yield* soundAt("monero")
            yield* Effect.sleep(2)
            class Down extends Error {
              readonly _tag = "Down"
            }
            const down = { name: "monero", asset: "XMR", compare: Effect.fail(new Down("no answer")) }
            const reports = yield* quietly(Reconcile.reconcileAll(yield* office, [down], quick))
            assert.deepStrictEqual(reports.map(({ rail }) => rail), ["books"])
            assert.strictEqual(yield* soundAt("monero"), before)
          }))

        it.effect("keeps nothing in a term that is over", () =>
          Effect.gen(function*() {
            const old = yield* office
            yield* office
            const before = yield* soundAt("books")
            const error = yield* Effect.flip(Reconcile.reconcileAll(old, [yield* moneroRail], quick))
            assert.strictEqual(error._tag, "Stale")
            assert.strictEqual(yield* soundAt("books"), before)
          }))

        it.effect("holds the books against any rail of one figure", () =>
          Effect.gen(function*() {
            const rail = Rail.ofBalance({
              name: "vault",
              asset: "XMR",
              accounts: [AccountCode.make("vault:gold")],
              figureMinor: Effect.succeed(3n)
            })
            yield* quietly(Reconcile.reconcileAll(yield* office, [rail], quick))
            assert.strictEqual((yield* gauge("vault"))?.value, 3n)
          }))
      })
    })
  }
})
