/** Opens an account. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../../terminal/deferred.ts"
import { jsonFlag } from "../../../terminal/output.ts"

/** `purser ledger open` */
export const open = Command.make(
  "open",
  {
    code: Argument.String("account").pipe(Argument.withDescription("Code of the account, such as user:42:available")),
    asset: Flag.String("asset").pipe(Flag.withMetavar("CODE"), Flag.withDescription("What it counts, such as EUR")),
    side: Flag.Literals("side", ["debit", "credit"]).pipe(
      Flag.withDescription("Where it grows: assets and expenses on debit; debts, income and equity on credit")
    ),
    rule: Flag.Literals("rule", ["none", "debits_at_most_credits", "credits_at_most_debits"]).pipe(
      Flag.withDefault("none"),
      Flag.withDescription("What may never be broken; holds count. None unless given")
    ),
    overdraft: Flag.String("overdraft").pipe(
      Flag.withMetavar("AMOUNT"),
      Flag.withDefault("0"),
      Flag.withDescription("How far the rule may be exceeded, such as 50.00 in the account's asset")
    ),
    metadata: Flag.KeyValuePair("metadata").pipe(
      Flag.withDefault({}),
      Flag.withDescription("Text to keep with it, such as owner=42; may be repeated")
    ),
    json: jsonFlag
  },
  deferred(() => import("./runOpen.ts"))
).pipe(
  Command.withShortDescription("Open an account"),
  Command.withDescription("Open an account. Opening it again with the same fields is fine; with others it is refused"),
  Command.withExamples([
    { command: "purser ledger open cash --asset EUR --side debit", description: "An account without a rule" },
    {
      command: "purser ledger open user:42 --asset EUR --side credit --rule debits_at_most_credits",
      description: "One that can not go below zero"
    }
  ])
)
