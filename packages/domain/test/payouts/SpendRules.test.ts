import { assert, describe, it } from "@effect/vitest"
import { SpendRules } from "@purser/domain/payouts"
import * as Result from "effect/Result"

const spend = (fields: Partial<SpendRules.Spend> = {}): SpendRules.Spend => ({
  amountMinor: 10n,
  balanceMinor: 100n,
  floorMinor: 50n,
  reservedMinor: 40n,
  spentHourMinor: 5n,
  spentDayMinor: 15n,
  hourlyCeilingMinor: 15n,
  dailyCeilingMinor: 25n,
  killSwitch: false,
  ...fields
})
const answer = (fields: Partial<SpendRules.Spend>) =>
  Result.match(SpendRules.maySpend(spend(fields)), { onFailure: ({ why }) => why, onSuccess: (left) => left })

describe("RW-9 spending", () => {
  it.each([
    [{}, 50n],
    [{ reservedMinor: 41n }, "BelowFloor"],
    [{ balanceMinor: 99n }, "BelowFloor"],
    [{ floorMinor: -1_000n, amountMinor: 61n }, "BelowFloor"],
    [{ floorMinor: undefined, balanceMinor: 5_000_000_049n }, "BelowFloor"],
    [{ floorMinor: undefined, balanceMinor: 5_000_000_050n }, 5_000_000_000n],
    [{ amountMinor: 0n }, "AmountNotPositive"],
    [{ amountMinor: -1n }, "AmountNotPositive"],
    [{ spentHourMinor: 6n }, "HourlyCeiling"],
    [{ spentDayMinor: 16n }, "DailyCeiling"],
    [{ spentHourMinor: 6n, spentDayMinor: 16n }, "HourlyCeiling"],
    [{ spentHourMinor: 6n, balanceMinor: 0n }, "BelowFloor"],
    [{ amountMinor: 0n, balanceMinor: 0n }, "AmountNotPositive"],
    [{ killSwitch: true, amountMinor: 0n }, "KillSwitchOn"]
  ])("of %o is answered by %s", (fields, expected) => {
    assert.strictEqual(answer(fields as Partial<SpendRules.Spend>), expected)
  })
})
