/** Changes the rate and the limits. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../../terminal/deferred.ts"
import { jsonFlag } from "../../../terminal/output.ts"

const amount = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withMetavar("BAN"), Flag.withDescription(description), Flag.optional)

const count = (name: string, description: string) =>
  Flag.Int(name).pipe(Flag.withDescription(description), Flag.optional)

/** `purser payouts config set` */
export const set = Command.make(
  "set",
  {
    banPerKill: amount("ban-per-kill", "What a kill earns from now on, such as 2.1; what is booked keeps its rate"),
    capUnit: Flag.Literals("cap-unit", ["payouts", "kills"]).pipe(
      Flag.withDescription("What the caps count"),
      Flag.optional
    ),
    dailyCap: count("daily-cap", "The most for a player in a day, 0 to 1,000,000"),
    weeklyCap: count("weekly-cap", "The most for a player in a week, 0 to 1,000,000"),
    batchSize: count("batch-size", "The most players of one settlement, 0 to 100,000; 0 for all"),
    floor: amount("floor", "What must stay in the wallet"),
    hourlyCeiling: amount("hourly-ceiling", "The most that is paid within an hour"),
    dailyCeiling: amount("daily-ceiling", "The most that is paid within a day"),
    ifVersion: count("if-version", "Refuse unless the config still is at this version"),
    json: jsonFlag
  },
  deferred(() => import("./runSet.ts"))
).pipe(
  Command.withShortDescription("Change rate and limits"),
  Command.withDescription(
    "Change what a kill earns, the caps and the limits of spending; what is not given stays. Refused when somebody changed it meanwhile"
  ),
  Command.withExamples([
    {
      command: "purser payouts config set --daily-cap 2 --weekly-cap 10",
      description: "Two payouts a day, ten a week, for each player"
    }
  ])
)
