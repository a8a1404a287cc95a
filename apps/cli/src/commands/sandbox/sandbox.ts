/** Gathers what plays with sandboxes: the Monero one runs by itself too, and all are driven while they run. */
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { banano } from "./banano.ts"
import { daemon, mine, reorganise, status } from "./chain.ts"
import { join, leave, link, unlink } from "./guild.ts"
import { kills } from "./kills.ts"
import { pay } from "./pay.ts"

/** `purser sandbox` */
export const sandbox = Command.make(
  "sandbox",
  {},
  deferred(() => import("./runSandbox.ts"))
).pipe(
  Command.withDescription(
    "Run the Monero sandbox by itself, or drive sandboxes that run: the Monero chain, and the Discord, Yunite, Fortnite and Banano of purser serve"
  ),
  Command.withSubcommands([pay, mine, reorganise, daemon, status, kills, join, leave, link, unlink, banano])
)
