/** Reads the form of the settings of payouts, and says of each field what is wrong about it. */
import type { changeConfigForm } from "@purser/contract/faucet/pages"
import { PayoutConfig } from "@purser/domain/faucet"
import { Amount, Asset } from "@purser/domain/money"
import type { PayoutConfigField, PayoutConfigRefusal, PayoutConfigValues } from "@purser/web"
import * as Result from "effect/Result"
import type { Input } from "../../server/Implementation.ts"
import { banText } from "../PageHouse.ts"

/** What was entered. */
export type EnteredConfig = Input<typeof changeConfigForm>["payload"]

/** The settings as the form shows them. */
export const valuesOf = (config: PayoutConfig, settlementMinutes: number): PayoutConfigValues => ({
  ratePerKill: banText(config.rateMinor),
  capUnit: config.caps.unit,
  capPerDay: String(config.caps.perDay),
  capPerWeek: String(config.caps.perWeek),
  settlementMinutes: String(settlementMinutes),
  batchSize: String(config.batchSize),
  minOperatorBalance: banText(config.floorMinor),
  hourlyCeiling: banText(config.hourlyCeilingMinor),
  dailyCeiling: banText(config.dailyCeilingMinor)
})

/** What was entered, as the form shows it again. */
export const enteredValues = (entered: EnteredConfig): PayoutConfigValues => ({
  ratePerKill: entered.ratePerKill ?? "",
  capUnit: entered.capUnit ?? "",
  capPerDay: entered.capPerDay ?? "",
  capPerWeek: entered.capPerWeek ?? "",
  settlementMinutes: entered.settlementMinutes ?? "",
  batchSize: entered.batchSize ?? "",
  minOperatorBalance: entered.minOperatorBalance ?? "",
  hourlyCeiling: entered.hourlyCeiling ?? "",
  dailyCeiling: entered.dailyCeiling ?? ""
})

type Refusals = Partial<Record<PayoutConfigField, PayoutConfigRefusal>>
type Read<A> = Result.Result<A, PayoutConfigRefusal>

const mostMinor = 10n ** 17n
const capMost = 1_000_000
const batchMost = 100_000

const amountRefusals = { Malformed: "NotANumber", TooPrecise: "TooManyPlaces", TooLarge: "TooBig" } as const

const readAmount = (text: string): Read<bigint> => {
  if (text === "") return Result.fail("Missing")
  if (/^-\d/u.test(text)) return Result.fail("TooSmall")
  const read = Result.mapError(Amount.parse(text, Asset.BAN), ({ why }) => amountRefusals[why])
  return Result.isSuccess(read) && read.success > mostMinor ? Result.fail("TooBig") : read
}

const readWhole = (text: string, most: number): Read<number> => {
  if (text === "") return Result.fail("Missing")
  if (/^\d+[.,]\d*$/u.test(text)) return Result.fail("NotWhole")
  if (/^-\d+$/u.test(text)) return Result.fail("TooSmall")
  if (!/^\d{1,15}$/u.test(text)) return Result.fail("NotANumber")
  return Number(text) > most ? Result.fail("TooBig") : Result.succeed(Number(text))
}

const readUnit = (text: string): Read<"payouts" | "kills"> =>
  text === "payouts" || text === "kills" ? Result.succeed(text) : Result.fail("Missing")

/** What is configured can not be changed here, and a change is not passed over in silence. */
const readFixed = (text: string, fixed: number): Read<number> => {
  if (text === "" || text === String(fixed)) return Result.succeed(fixed)
  const read = readWhole(text, fixed)
  return Result.isSuccess(read) && read.success < fixed ? Result.fail("TooSmall") : read
}

/** What is not for the form to decide. */
export interface Fixed {
  readonly killSwitch: boolean
  readonly settlementMinutes: number
}

/** The config that was entered, or what is wrong about it. The kill switch has a form of its own and stays as it is. */
export const readConfig = (
  entered: EnteredConfig,
  { killSwitch, settlementMinutes }: Fixed
): Result.Result<PayoutConfig, Refusals> => {
  const text = (name: Exclude<keyof EnteredConfig, "csrf" | "version">): string => (entered[name] ?? "").trim()
  const read = {
    ratePerKill: readAmount(text("ratePerKill")),
    capUnit: readUnit(text("capUnit")),
    capPerDay: readWhole(text("capPerDay"), capMost),
    capPerWeek: readWhole(text("capPerWeek"), capMost),
    settlementMinutes: readFixed(text("settlementMinutes"), settlementMinutes),
    batchSize: readWhole(text("batchSize"), batchMost),
    minOperatorBalance: readAmount(text("minOperatorBalance")),
    hourlyCeiling: readAmount(text("hourlyCeiling")),
    dailyCeiling: readAmount(text("dailyCeiling"))
  }
  const all = Result.all(read)
  if (Result.isFailure(all)) {
    return Result.fail(
      Object.fromEntries(
        Object.entries<Read<unknown>>(read).flatMap(([name, result]) =>
          Result.isFailure(result) ? [[name, result.failure]] : []
        )
      )
    )
  }
  const values = all.success
  if (values.capPerWeek < values.capPerDay) return Result.fail({ capPerWeek: "WeekBelowDay" })
  return Result.succeed(
    new PayoutConfig({
      rateMinor: values.ratePerKill,
      caps: { unit: values.capUnit, perDay: values.capPerDay, perWeek: values.capPerWeek },
      batchSize: values.batchSize,
      floorMinor: values.minOperatorBalance,
      hourlyCeilingMinor: values.hourlyCeiling,
      dailyCeilingMinor: values.dailyCeiling,
      killSwitch
    })
  )
}
