/** Loads the settings of this process from its environment and secret files. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { withSecretFiles } from "./secretFiles.ts"
import { decode, type Settings, type SettingsRefused } from "./Settings.ts"
import type { Environment } from "./Variable.ts"

/** The settings, or everything that is wrong with them. Reads the files that `NAME_FILE` variables name. */
export const loadSettings = (environment: Environment): Effect.Effect<Settings, SettingsRefused> =>
  Effect.suspend(() => Effect.fromResult(Result.flatMap(withSecretFiles(environment), decode)))
