/** Reads the settings of a command, and words what is wrong with them. */
import { loadSettings, type Settings } from "@purser/runtime/settings"
import * as Effect from "effect/Effect"
import { CommandFailed } from "../terminal/CommandFailed.ts"

/** The settings from the environment; exit code 2 names everything that is wrong with them. */
export const settings: Effect.Effect<Settings, CommandFailed> = Effect.mapError(
  Effect.suspend(() => loadSettings(process.env)),
  ({ message }) => new CommandFailed({ message: `The settings can not be used:\n${message}`, exitCode: 2 })
)
