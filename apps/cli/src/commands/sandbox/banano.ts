/** Drives the play ledger of Banano. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { jsonFlag } from "../../terminal/output.ts"

/** What they do is loaded only when it is asked for. */
const deeds = Effect.promise(() => import("./runBanano.ts"))

const status = Command.make(
  "status",
  { json: jsonFlag },
  (input) => Effect.flatMap(deeds, ({ status }) => status(input))
).pipe(Command.withDescription("Show how many blocks there are, and how many are confirmed"))

const fund = Command.make(
  "fund",
  {
    amount: Argument.String("amount").pipe(Argument.withDescription("How much, in BAN, such as 100")),
    to: Flag.String("to").pipe(
      Flag.withMetavar("ADDRESS"),
      Flag.withDescription("To whom; the account that pays out unless given"),
      Flag.optional
    ),
    json: jsonFlag
  },
  (input) => Effect.flatMap(deeds, ({ fund }) => fund(input))
).pipe(Command.withDescription("Give play money away"))

const confirm = Command.make(
  "confirm",
  {
    block: Argument.String("block").pipe(
      Argument.withDescription("64 hexadecimal digits; all blocks unless given"),
      Argument.optional
    ),
    json: jsonFlag
  },
  (input) => Effect.flatMap(deeds, ({ confirm }) => confirm(input))
).pipe(Command.withDescription("Confirm a block and those it rests on, or all blocks"))

/** `purser sandbox banano` */
export const banano = Command.make("banano").pipe(
  Command.withDescription("Drive the play ledger of Banano"),
  Command.withSubcommands([status, fund, confirm])
)
