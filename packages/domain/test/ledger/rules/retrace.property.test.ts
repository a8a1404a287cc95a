import { assert, describe, it } from "@effect/vitest"
import { type Account, LedgerRules, type LedgerStore, type Transfer } from "@purser/domain/ledger"
import { historyOf, layerMemory, play, snapshot } from "@purser/domain/ledger/testing"
import { Asset } from "@purser/domain/money"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const onNewStore = <A, E>(effect: Effect.Effect<A, E, LedgerStore>) =>
  Effect.provide(effect, layerMemory.pipe(Layer.provide(MemoryState.layer)), { local: true })

/** The account as it was opened. */
const anew = (account: Account): Account => ({
  ...account,
  state: "open",
  version: 0n,
  debitsPostedMinor: 0n,
  debitsPendingMinor: 0n,
  creditsPostedMinor: 0n,
  creditsPendingMinor: 0n
})

const retraced = (accounts: ReadonlyArray<Account>, transfers: ReadonlyArray<Transfer>) =>
  Effect.map(Asset.Assets, (assets) =>
    LedgerRules.retrace(
      {
        accounts: new Map(accounts.map((account) => [account.code, anew(account)])),
        transfers: new Map(),
        transfersByKey: new Map(),
        holds: new Map(),
        reversed: new Set()
      },
      transfers,
      { assets, lastSequence: 0n }
    ))

const seeds = Array.from({ length: 10 }, (_, index) => `retrace ${index}`)

const alterations: ReadonlyArray<(transfer: Transfer) => Partial<Transfer>> = [
  ({ amountMinor }) => ({ amountMinor: amountMinor * 1_000_000n }),
  () => ({ asset: "ZZZ" as Transfer["asset"] }),
  ({ credit, debit }) => ({ debit: credit, credit: debit === credit ? debit : credit }),
  () => ({ kind: "expire" }),
  () => ({ kind: "void" }),
  ({ id }) => ({ kind: "settle", pendingId: id }),
  ({ id }) => ({ pendingId: id }),
  () => ({ expiresAtMillis: 2 ** 50 })
]

describe("LG-9 transfers that are decided again", () => {
  it.effect.each(seeds)("come out as they were booked, seed %s", (seed) =>
    Effect.gen(function*() {
      const { accounts, transfers } = yield* onNewStore(
        Effect.andThen(play(historyOf(seed, { steps: 80, refusals: true })), snapshot)
      )
      const decision = yield* retraced(accounts, transfers)
      assert.isUndefined(decision.fault)
      assert.deepStrictEqual(decision.transfers, transfers)
      const changed = new Map(decision.accounts.map((account) => [account.code, account]))
      for (const account of accounts) {
        assert.deepStrictEqual({ ...anew(account), ...changed.get(account.code) }, { ...account, state: "open" })
      }
    }))

  it.effect.each(seeds)("are refused at the first that is none, seed %s", (seed) =>
    Effect.gen(function*() {
      const { accounts, transfers } = yield* onNewStore(Effect.andThen(play(historyOf(seed)), snapshot))
      for (const [place, alter] of alterations.entries()) {
        const index = transfers.findIndex(({ kind }) => kind === "post")
        const altered = transfers.map((transfer, at) => at === index ? { ...transfer, ...alter(transfer) } : transfer)
        const { fault, transfers: decided } = yield* retraced(accounts, altered)
        // An amount alone can be within what an account may owe: then a later transfer or the root of the log tells.
        if (place === 0 && fault === undefined) continue
        assert.isDefined(fault)
        assert.isAtLeast(fault!.index, index)
        assert.deepStrictEqual(decided, [])
      }
    }))
})
