import { assert, describe, it } from "@effect/vitest"
import {
  AccountRequest,
  availableMinor,
  balanceMinor,
  deriveTransferId,
  heldMinor,
  LedgerStore,
  PostTransfer
} from "@purser/domain/ledger"
import { histories, layerLedger, play } from "@purser/domain/ledger/testing"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

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
        const store = yield* LedgerStore
        const reserve = { code: "reserve", asset: "EUR", normalSide: "debit", balanceRule: "none" } as const
        yield* store.openAccounts([AccountRequest.from(reserve)])
        const accounts = yield* store.accounts({ prefix: "user:", limit: 100 })
        for (const account of accounts.filter(({ asset, state }) => asset === "EUR" && state === "open")) {
          const room = availableMinor(account)!
          const take = (amountMinor: bigint) =>
            PostTransfer.from({
              id: deriveTransferId(account.code, String(amountMinor)),
              debit: account.code,
              credit: "reserve",
              asset: "EUR",
              amountMinor,
              reason: "taken"
            })
          const [over, exact] = yield* store.post([[take(room + 1n)], ...room > 0n ? [[take(room)]] : []])
          assert.strictEqual(Result.isFailure(over!) ? over.failure.reason : "booked", "InsufficientFunds")
          assert.isTrue(exact === undefined || Result.isSuccess(exact))
        }
      }).pipe(Effect.provide(layerLedger)),
    { arbitrary: { runs: 50, size: 30 } }
  )
})
