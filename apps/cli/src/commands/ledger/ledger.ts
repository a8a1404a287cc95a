/** Gathers what an operator asks of the books. */
import * as Command from "effect/cli/Command"
import { accounts } from "./accounts.ts"
import { exportBooks } from "./archive/exportBooks.ts"
import { importBooks } from "./archive/importBooks.ts"
import { balance } from "./balance.ts"
import { close } from "./chart/close.ts"
import { open } from "./chart/open.ts"
import { consistency } from "./log/consistency.ts"
import { head } from "./log/head.ts"
import { logKey } from "./log/logKey.ts"
import { prove } from "./log/prove.ts"
import { post } from "./post/post.ts"
import { reconcile } from "./reconcile.ts"
import { transfers } from "./search/transfers.ts"
import { statement } from "./statement.ts"
import { verify } from "./verify.ts"

/** `purser ledger` */
export const ledger = Command.make("ledger").pipe(
  Command.withDescription(
    "Post to the books, look at them and prove them. Works on the database directly; a running server is not disturbed"
  ),
  Command.withSubcommands([
    accounts,
    open,
    close,
    balance,
    post,
    transfers,
    statement,
    verify,
    reconcile,
    exportBooks,
    importBooks,
    head,
    prove,
    consistency,
    logKey
  ])
)
