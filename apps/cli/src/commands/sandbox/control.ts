/** Reaches the sandbox that runs. */
import * as Listener from "@purser/http/listener"
import { makeSandboxControl } from "@purser/integrations/monero/sandbox"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { settings } from "../../settings/settings.ts"
import { type CommandFailed, failed } from "../../terminal/CommandFailed.ts"

const urlOfSettings = Effect.flatMap(settings, ({ monero }) =>
  monero.mode === "sandbox"
    ? Effect.succeed(`http://${Listener.print(monero.listener)}`)
    : Effect.fail(failed("the settings name a real wallet: say with --url where the sandbox is")))

/** The sandbox's controls. */
export const control = (
  url: Option.Option<string>
): Effect.Effect<ReturnType<typeof makeSandboxControl>, CommandFailed> =>
  Effect.map(Option.match(url, { onNone: () => urlOfSettings, onSome: Effect.succeed }), makeSandboxControl)
