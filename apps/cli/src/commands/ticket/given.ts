/** Reads what was given on the command line of tickets. */
import { Amount, Asset } from "@purser/domain/money"
import * as Listener from "@purser/http/listener"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { settings } from "../../settings/settings.ts"
import { type CommandFailed, failed } from "../../terminal/CommandFailed.ts"

/** The amount in piconero; refuses what is not exactly an amount of XMR above zero. */
export const amountMinorOf = (
  text: Option.Option<string>
): Effect.Effect<Option.Option<bigint>, CommandFailed> =>
  Effect.fromResult(Option.match(text, {
    onNone: () => Result.succeed(Option.none()),
    onSome: (given) =>
      Result.flatMap(
        Result.mapError(Amount.parse(given, Asset.XMR), ({ message }) => failed(`--amount: ${message}`)),
        (minor) => minor > 0n ? Result.succeed(Option.some(minor)) : Result.fail(failed("--amount: must be above zero"))
      )
  }))

const urlOfSettings = Effect.flatMap(settings, ({ http }) =>
  http._tag === "tcp"
    ? Effect.succeed(`http://${Listener.print(http)}`)
    : Effect.fail(failed("PURSER_HTTP names a socket: say with --url where the API is reached")))

const checked = (url: string): Effect.Effect<string, CommandFailed> =>
  /^https?:\/\/./u.test(url) && URL.canParse(url)
    ? Effect.succeed(url.replace(/\/+$/u, ""))
    : Effect.fail(failed("--url: expected an http or https address"))

/** Where the API is. */
export const apiUrl = (given: Option.Option<string>): Effect.Effect<string, CommandFailed> =>
  Option.match(given, { onNone: () => urlOfSettings, onSome: checked })
