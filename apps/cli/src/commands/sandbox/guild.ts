/** Moves users of the sandbox in and out of the server, and links their Epic accounts. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { jsonFlag } from "../../terminal/output.ts"

const user = Argument.String("user").pipe(Argument.withDescription("Discord id, or the name of a user, such as ada"))
const text = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withMetavar("NAME"), Flag.withDescription(description), Flag.optional)

/** What they do is loaded only when it is asked for. */
const deeds = Effect.promise(() => import("./runGuild.ts"))

/** `purser sandbox join` */
export const join = Command.make(
  "join",
  { user, name: text("name", "What a new user is called"), json: jsonFlag },
  ({ json, name, user }) => Effect.flatMap(deeds, ({ join }) => join({ user, name: Option.getOrUndefined(name), json }))
).pipe(Command.withDescription("Let a user join the Discord server; a new id is a new user"))

/** `purser sandbox leave` */
export const leave = Command.make(
  "leave",
  { user, json: jsonFlag },
  (input) => Effect.flatMap(deeds, ({ leave }) => leave(input))
).pipe(Command.withDescription("Have a user leave the Discord server"))

/** `purser sandbox link` */
export const link = Command.make(
  "link",
  {
    user,
    account: Argument.String("account").pipe(
      Argument.withDescription("Epic id, 32 hexadecimal digits, or the name of an account that there is")
    ),
    name: text("name", "What a new account is called"),
    json: jsonFlag
  },
  ({ account, json, name, user }) =>
    Effect.flatMap(deeds, ({ link }) => link({ user, account, name: Option.getOrUndefined(name), json }))
).pipe(
  Command.withDescription("Link an Epic account at Yunite; a new id is a new account, with public stats of nothing")
)

/** `purser sandbox unlink` */
export const unlink = Command.make(
  "unlink",
  { user, json: jsonFlag },
  (input) => Effect.flatMap(deeds, ({ unlink }) => unlink(input))
).pipe(Command.withDescription("Take the link to an Epic account away"))
