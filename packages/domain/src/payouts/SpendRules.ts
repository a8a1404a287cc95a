/** Decides whether the wallet may spend: kill switch, floor, ceilings of an hour and a day. */
import * as Data from "effect/Data"
import * as Result from "effect/Result"

/** 50 BAN, in minor units of 8 decimals. */
export const defaultFloorMinor = 5_000_000_000n

/** What the decision rests on. Amounts are minor units of one asset. */
export interface Spend {
  readonly amountMinor: bigint
  /** What the rail says the wallet holds. */
  readonly balanceMinor: bigint
  /** What must stay; 50 BAN when left out. */
  readonly floorMinor?: bigint
  /** What other payouts under way will still take from the balance. */
  readonly reservedMinor: bigint
  readonly spentHourMinor: bigint
  readonly spentDayMinor: bigint
  readonly hourlyCeilingMinor: bigint
  readonly dailyCeilingMinor: bigint
  readonly killSwitch: boolean
}

/** Why nothing may be spent, in order of precedence. */
export class SpendRefused extends Data.TaggedError("SpendRefused")<{
  readonly why: "KillSwitchOn" | "AmountNotPositive" | "BelowFloor" | "HourlyCeiling" | "DailyCeiling"
}> {
  override get message(): string {
    return `may not spend: ${this.why}`
  }
}

const refusal = (spend: Spend): SpendRefused["why"] | undefined => {
  const { amountMinor, balanceMinor, floorMinor = defaultFloorMinor, reservedMinor } = spend
  if (spend.killSwitch) return "KillSwitchOn"
  if (amountMinor <= 0n) return "AmountNotPositive"
  // A floor below zero would allow a balance below zero.
  const floor = floorMinor < 0n ? 0n : floorMinor
  if (balanceMinor - reservedMinor - amountMinor < floor) return "BelowFloor"
  if (spend.spentHourMinor + amountMinor > spend.hourlyCeilingMinor) return "HourlyCeiling"
  return spend.spentDayMinor + amountMinor > spend.dailyCeilingMinor ? "DailyCeiling" : undefined
}

/** Whether the amount may be spent; what is left unreserved afterwards, in minor units, never below the floor. */
export const maySpend = (spend: Spend): Result.Result<bigint, SpendRefused> => {
  const why = refusal(spend)
  return why === undefined
    ? Result.succeed(spend.balanceMinor - spend.reservedMinor - spend.amountMinor)
    : Result.fail(new SpendRefused({ why }))
}
