/** Seals the seed of the operator's account. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser rewards seal-seed` */
export const sealSeed = Command.make(
  "seal-seed",
  {
    isNew: Flag.Boolean("new").pipe(
      Flag.withDefault(false),
      Flag.withDescription("Make a seed instead of reading one; it is never shown but sealed")
    ),
    json: jsonFlag
  },
  deferred(() => import("./runSealSeed.ts"))
).pipe(
  Command.withShortDescription("Seal the seed of the account that pays"),
  Command.withDescription(
    "Seal the seed of the account that pays for PURSER_BANANO_SEED, under the first key of PURSER_BANANO_SEALING_KEYS. Reads 64 hexadecimal digits from standard input; no other setting is needed"
  ),
  Command.withExamples([
    { command: "purser rewards seal-seed < seed.hex", description: "Seal the seed of an account that exists" },
    { command: "purser rewards seal-seed --new", description: "Make an account" }
  ])
)
