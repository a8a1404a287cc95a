/** Runs simulated ledgers by seed, through crashes and lost connections. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser simulate` */
export const simulate = Command.make(
  "simulate",
  {
    seed: Flag.Int("seed").pipe(
      Flag.withDefault(1),
      Flag.withDescription("What decides everything: the same seed does the same; 1 unless given")
    ),
    steps: Flag.Int("steps").pipe(
      Flag.withDefault(500),
      Flag.withDescription("How many steps a seed takes; 500 unless given")
    ),
    seeds: Flag.Int("seeds").pipe(
      Flag.withDefault(1),
      Flag.withDescription("How many seeds to run, from --seed on; 1 unless given")
    ),
    store: Flag.Literals("store", ["memory", "sqlite", "postgres", "all"]).pipe(
      Flag.withDefault("memory"),
      Flag.withDescription("Where the ledger lives; all compares their transcripts")
    ),
    databaseUrl: Flag.String("database-url").pipe(
      Flag.withMetavar("URL"),
      Flag.withDescription("An empty PostgreSQL database, which is left empty; for the stores postgres and all"),
      Flag.optional
    ),
    racing: Flag.Boolean("racing").pipe(
      Flag.withDefault(false),
      Flag.withDescription(
        "Let callers of all kinds come at once to several processes, in no order that is known before"
      )
    ),
    only: Flag.String("only").pipe(
      Flag.withMetavar("STEPS"),
      Flag.withDescription("Take only these steps, such as 3,17,20: what a seed that failed was shortened to"),
      Flag.optional
    ),
    log: Flag.Boolean("log").pipe(
      Flag.withDefault(false),
      Flag.withDescription("Print the transcript of each seed")
    ),
    json: jsonFlag
  },
  deferred(() => import("./runSimulate.ts"))
).pipe(
  Command.withDescription(
    "Run a ledger by seed through crashes, lost connections and clock jumps, and predict every answer. Exit code 1 when one is wrong"
  )
)
