/** Finds transfers. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../../terminal/deferred.ts"
import { jsonFlag } from "../../../terminal/output.ts"

const text = (name: string, metavar: string, description: string) =>
  Flag.String(name).pipe(Flag.withMetavar(metavar), Flag.withDescription(description), Flag.optional)

/** `purser ledger transfers` */
export const transfers = Command.make(
  "transfers",
  {
    account: text("account", "ACCOUNT", "That moved this account"),
    prefix: text("prefix", "TEXT", "That moved an account whose code begins with this, such as user:42:"),
    reference: text("reference", "TEXT", "That belong to this document"),
    reason: text("reason", "WORDS", "That were made for this reason"),
    kind: Flag.Literals("kind", ["post", "hold", "settle", "void", "expire"]).pipe(
      Flag.withDescription("That acted like this"),
      Flag.optional
    ),
    from: text("from", "TIME", "Booked at this time or later"),
    to: text("to", "TIME", "Booked before this time"),
    metadata: Flag.KeyValuePair("metadata").pipe(
      Flag.withDefault({}),
      Flag.withDescription("With this text, such as order=42; may be repeated")
    ),
    oldest: Flag.Boolean("oldest").pipe(
      Flag.withDefault(false),
      Flag.withDescription("The oldest first; the newest unless given")
    ),
    after: text("after", "SEQUENCE", "Go on behind this transfer; the end of a page says which"),
    limit: Flag.Int("limit").pipe(
      Flag.withDefault(50),
      Flag.withDescription("At most so many, 1 to 1,000; 50 unless given")
    ),
    json: jsonFlag
  },
  deferred(() => import("./runTransfers.ts"))
).pipe(
  Command.withDescription("Find transfers that meet all conditions, page by page"),
  Command.withExamples([
    { command: "purser ledger transfers", description: "The newest" },
    {
      command: "purser ledger transfers --prefix user:42: --from 2026-01-01 --to 2026-02-01",
      description: "What moved the accounts of somebody in January"
    }
  ])
)
