/** Gathers what an operator asks of the books. */
import * as Command from "effect/cli/Command"
import { accounts } from "./accounts.ts"
import { balance } from "./balance.ts"
import { reconcile } from "./reconcile.ts"
import { statement } from "./statement.ts"
import { verify } from "./verify.ts"

/** `purser ledger` */
export const ledger = Command.make("ledger").pipe(
  Command.withDescription(
    "Look at the books and prove them. Reads the database directly; a running server is not disturbed"
  ),
  Command.withSubcommands([accounts, balance, statement, verify, reconcile])
)
