/** Changes the rate and the limits, if nobody was faster. */
import { ConfigChanged, FaucetAdmin, PayoutConfig } from "@purser/domain/faucet"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { banOption } from "../../../faucet/given.ts"
import { operator, withFaucet } from "../../../faucet/withFaucet.ts"
import { type CommandFailed, failed } from "../../../terminal/CommandFailed.ts"
import { print } from "../../../terminal/output.ts"
import { pairs } from "../../../terminal/table.ts"
import { configJson, configLines } from "./shown.ts"

interface Input {
  readonly banPerKill: Option.Option<string>
  readonly capUnit: Option.Option<"payouts" | "kills">
  readonly dailyCap: Option.Option<number>
  readonly weeklyCap: Option.Option<number>
  readonly batchSize: Option.Option<number>
  readonly floor: Option.Option<string>
  readonly hourlyCeiling: Option.Option<string>
  readonly dailyCeiling: Option.Option<string>
  readonly ifVersion: Option.Option<number>
  readonly json: boolean
}

/** As `PayoutConfig` bounds them. */
const mostMinor = 10n ** 17n
const mostCap = 1_000_000
const mostBatch = 100_000

const amountOr = Effect.fnUntraced(function*(option: string, given: Option.Option<string>, before: bigint) {
  if (Option.isNone(given)) return before
  const minor = yield* banOption(option, given.value)
  return minor <= mostMinor ? minor : yield* failed(`${option}: expected at most 1000000000 BAN`)
})

const countOr = (
  option: string,
  given: Option.Option<number>,
  { before, most }: { readonly before: number; readonly most: number }
): Effect.Effect<number, CommandFailed> => {
  const count = Option.getOrElse(given, () => before)
  return count >= 0 && count <= most
    ? Effect.succeed(count)
    : Effect.fail(failed(`${option}: expected 0 to ${most.toLocaleString("en")}`))
}

/** What the settings refuse as well; an older contradiction is left alone by who changes something else. */
const isContradiction = ({ dailyCeiling, hourlyCeiling }: Input, after: PayoutConfig): boolean =>
  (Option.isSome(dailyCeiling) || Option.isSome(hourlyCeiling)) && after.hourlyCeilingMinor > after.dailyCeilingMinor

const changed = Effect.fnUntraced(function*(input: Input, before: PayoutConfig) {
  const { caps } = before
  const after = new PayoutConfig({
    rateMinor: yield* amountOr("--ban-per-kill", input.banPerKill, before.rateMinor),
    caps: {
      unit: Option.getOrElse(input.capUnit, () => caps.unit),
      perDay: yield* countOr("--daily-cap", input.dailyCap, { before: caps.perDay, most: mostCap }),
      perWeek: yield* countOr("--weekly-cap", input.weeklyCap, { before: caps.perWeek, most: mostCap })
    },
    batchSize: yield* countOr("--batch-size", input.batchSize, { before: before.batchSize, most: mostBatch }),
    floorMinor: yield* amountOr("--floor", input.floor, before.floorMinor),
    hourlyCeilingMinor: yield* amountOr("--hourly-ceiling", input.hourlyCeiling, before.hourlyCeilingMinor),
    dailyCeilingMinor: yield* amountOr("--daily-ceiling", input.dailyCeiling, before.dailyCeilingMinor),
    killSwitch: before.killSwitch
  })
  if (isContradiction(input, after)) return yield* failed("--hourly-ceiling: must not be above the daily ceiling")
  return after
})

const change = Effect.fnUntraced(function*(input: Input) {
  const admin = yield* FaucetAdmin
  const before = yield* admin.config
  if (Option.exists(input.ifVersion, (version) => version !== before.version)) {
    return yield* new ConfigChanged({ version: before.version })
  }
  const config = yield* changed(input, before.config)
  const lines = configLines(config)
  const differences = configLines(before.config).flatMap(([name, text], line) =>
    text === lines[line]?.[1] ? [] : [[name, `${text} → ${lines[line]?.[1] ?? ""}`] as const]
  )
  if (differences.length === 0) return { after: before, differences }
  return { after: yield* admin.changeConfig(operator, { config, version: before.version }), differences }
})

const nothingGiven = ({ ifVersion: _version, json: _json, ...changes }: Input): boolean =>
  Object.values(changes).every((change: Option.Option<unknown>) => Option.isNone(change))

/** What the command does. */
export const run = Effect.fnUntraced(function*(input: Input) {
  if (nothingGiven(input)) return yield* failed("nothing to change: say what, such as --ban-per-kill 2.1")
  const { after, differences } = yield* withFaucet(change(input))
  const text = differences.length === 0
    ? `nothing changed; still version ${after.version}`
    : `${pairs(differences)}\nversion ${after.version}`
  yield* print(input.json, configJson(after), text)
})
