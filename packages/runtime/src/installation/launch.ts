/** Launches a host: settings, telemetry, the layer of its kind, until it is told to stop. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { loadSettings } from "../config/loadSettings.ts"
import type { Settings, SettingsRefused } from "../config/Settings.ts"
import type { Environment } from "../config/Variable.ts"
import * as Telemetry from "../telemetry/Telemetry.ts"

/** What a host is given by its process. `terminal` tells whether a person reads standard error. */
export interface HostProcess {
  readonly environment: Environment
  readonly terminal: boolean
}

/** Runs the layer that the settings ask for until it is interrupted. A failure at the start is logged by its message and fails. */
export const launch = <E>(
  { environment, terminal }: HostProcess,
  layerOf: (settings: Settings) => Layer.Layer<never, E>
): Effect.Effect<never, E | SettingsRefused> =>
  Effect.flatMap(
    loadSettings(environment),
    (settings) => Layer.launch(layerOf(settings)).pipe(Effect.provide(Telemetry.layer(settings, terminal)))
  )
