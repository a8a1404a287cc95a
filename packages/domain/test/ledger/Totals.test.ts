import { assert, describe, it } from "@effect/vitest"
import { availableMinor, balanceMinor, heldMinor, LedgerRules, LedgerStore } from "@purser/domain/ledger"
import { histories, layerLedger, play } from "@purser/domain/ledger/testing"
import * as Effect from "effect/Effect"

const totals = { debitsPostedMinor: 7n, debitsPendingMinor: 1n, creditsPostedMinor: 20n, creditsPendingMinor: 3n }

describe("LG-1 totals", () => {
  it.each(
    [
      ["debit", -13n, 3n],
      ["credit", 13n, 1n]
    ] as const
  )("stand for a balance on the %s side", (side, balance, held) => {
    assert.strictEqual(balanceMinor(side, totals), balance)
    assert.strictEqual(heldMinor(side, totals), held)
  })

  it.each(
    [
      ["none", 5n, undefined],
      ["debits_at_most_credits", 0n, 12n],
      ["debits_at_most_credits", 5n, 17n],
      ["credits_at_most_debits", 16n, 0n],
      ["credits_at_most_debits", 20n, 4n]
    ] as const
  )("leave room under the rule %s with an overdraft of %s", (balanceRule, overdraftMinor, room) => {
    assert.strictEqual(availableMinor({ balanceRule, overdraftMinor, ...totals }), room)
  })

  it.effect.prop(
    "tell how much may leave, to the unit",
    { history: histories({ steps: 30 }) },
    ({ history }) =>
      Effect.gen(function*() {
        yield* play(history)
        const accounts = yield* LedgerStore.use((store) => store.accounts({ prefix: "", limit: 100 }))
        for (const account of accounts) {
          const room = availableMinor(account)
          if (room === undefined) continue
          const after = (amountMinor: bigint) =>
            account.balanceRule === "debits_at_most_credits"
              ? { ...account, debitsPostedMinor: account.debitsPostedMinor + amountMinor }
              : { ...account, creditsPostedMinor: account.creditsPostedMinor + amountMinor }
          assert.isFalse(LedgerRules.breaksRule(after(room)))
          assert.isTrue(LedgerRules.breaksRule(after(room + 1n)))
        }
      }).pipe(Effect.provide(layerLedger)),
    { arbitrary: { runs: 50, size: 30 } }
  )
})
