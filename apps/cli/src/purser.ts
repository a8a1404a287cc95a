/** Gathers the commands of `purser`. */
import * as Command from "effect/cli/Command"
import { doctor } from "./commands/doctor.ts"
import { ledger } from "./commands/ledger/ledger.ts"
import { migrate } from "./commands/migrate.ts"
import { payouts } from "./commands/payouts/payouts.ts"
import { review } from "./commands/review/review.ts"
import { rewards } from "./commands/rewards/rewards.ts"
import { sandbox } from "./commands/sandbox/sandbox.ts"
import { serve } from "./commands/serve.ts"
import { simulate } from "./commands/simulate/simulate.ts"
import { ticket } from "./commands/ticket/ticket.ts"
import { worker } from "./commands/worker.ts"

/** The whole command line. Settings come from the environment; see `.env.example`. */
export const purser = Command.make("purser").pipe(
  Command.withDescription(
    "Takes payments in, keeps one double-entry ledger, and hands out what was paid for or earned"
  ),
  Command.withSubcommands([
    serve,
    worker,
    migrate,
    doctor,
    ticket,
    ledger,
    payouts,
    review,
    rewards,
    sandbox,
    simulate
  ]),
  Command.withExamples([
    { command: "purser serve", description: "API and worker in one process; with nothing set, on a sandbox" },
    { command: "purser ticket new --address ADDRESS --out ticket.json", description: "Make a ticket to pay" },
    { command: "purser ledger verify", description: "Recompute every invariant of the books" },
    { command: "purser rewards status", description: "See how the rewards program goes" }
  ])
)
