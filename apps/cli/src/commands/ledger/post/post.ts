/** Books transfers: one by options, or many from a file. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../../terminal/deferred.ts"
import { jsonFlag } from "../../../terminal/output.ts"

const text = (name: string, metavar: string, description: string) =>
  Flag.String(name).pipe(Flag.withMetavar(metavar), Flag.withDescription(description), Flag.optional)

const flag = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDefault(false), Flag.withDescription(description))

/** `purser ledger post` */
export const post = Command.make(
  "post",
  {
    debit: text("debit", "ACCOUNT", "Account to debit"),
    credit: text("credit", "ACCOUNT", "Account to credit"),
    amount: text("amount", "AMOUNT", "What moves, with its asset: \"12.50 EUR\". With --settle: a part of the hold"),
    asset: text("asset", "CODE", "Asset, where the amount does not name it"),
    reason: text("reason", "WORDS", "Why: dotted lower-case words such as order.paid"),
    reference: text("reference", "TEXT", "Document that it belongs to"),
    id: text("id", "UUID", "Id of the transfer; made and shown when left out. The same id books nothing twice"),
    idempotencyKey: text("idempotency-key", "TEXT", "A key of yours: the same key books nothing twice"),
    effective: text("effective", "TIME", "When it took effect; now when left out"),
    expires: text("expires", "TIME", "When the hold ends by itself; with --hold"),
    metadata: Flag.KeyValuePair("metadata").pipe(
      Flag.withDefault({}),
      Flag.withDescription("Text to keep with it, such as order=42; may be repeated")
    ),
    hold: flag("hold", "Hold the amount instead of moving it"),
    settle: text("settle", "UUID", "Settle this hold, in full or by --amount; the rest is released"),
    void: text("void", "UUID", "Release this hold"),
    reverse: text("reverse", "UUID", "Undo this transfer by its mirror"),
    file: Flag.String("file").pipe(
      Flag.withAlias("f"),
      Flag.withMetavar("FILE"),
      Flag.withDescription(
        "Post the lines of this file instead, NDJSON: an object is a request, an array a linked set; - reads standard input"
      ),
      Flag.optional
    ),
    dryRun: flag("dry-run", "Decide, say what would happen, and roll back"),
    json: jsonFlag
  },
  deferred(() => import("./runPost.ts"))
).pipe(
  Command.withShortDescription("Book transfers: one by options, or many from a file"),
  Command.withDescription(
    "Book transfers. Each answer is booked, already booked, or refused by its reason; exit code 1 when any is refused"
  ),
  Command.withExamples([
    {
      command: "purser ledger post --debit cash --credit sales --amount \"12.50 EUR\" --reason order.paid",
      description: "Move money at once"
    },
    {
      command: "purser ledger post --hold --debit cash --credit sales --amount \"12.50 EUR\" --reason order.placed",
      description: "Hold it; --settle or --void with the id that is shown ends the hold"
    },
    {
      command:
        "echo '{\"id\":\"…\",\"debit\":\"cash\",\"credit\":\"sales\",\"amount\":\"12.50 EUR\",\"reason\":\"order.paid\"}' | purser ledger post --file -",
      description: "Post lines of JSON; fields are called as the options are, times effective_at and expires_at"
    }
  ])
)
