/** Loads the settings of this process from its environment, secret files and the files of its configuration folder. */
import * as Effect from "effect/Effect"
import { readConfigFiles } from "./files/readConfigFiles.ts"
import { withSecretFiles } from "./secretFiles.ts"
import { decode, type Settings, type SettingsRefused } from "./Settings.ts"
import type { Environment } from "./Variable.ts"
import { variables } from "./variables.ts"

/**
 * The settings, or everything that is wrong with them. Reads the files that `NAME_FILE` variables name, and
 * `payout.yaml`, `integrations.yaml` and `product.yaml` where they are; the environment wins over those three.
 */
export const loadSettings = (environment: Environment): Effect.Effect<Settings, SettingsRefused> =>
  Effect.gen(function*() {
    const secrets = withSecretFiles(environment)
    const files = yield* readConfigFiles(environment, variables.configFolder.name, Object.values(variables))
    const refusals = [...secrets.refusals, ...files.refusals]
    return yield* Effect.fromResult(decode(secrets.environment, { ...files, refusals }))
  })
