/** Sets up what a process tells about itself: log lines on standard error, and an export to a collector if one is set. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import type { Settings } from "../config/Settings.ts"

type TelemetrySettings = Pick<Settings, "logFormat" | "logLevel" | "otlpEndpoint" | "serviceName">

const consoleLogger = (format: TelemetrySettings["logFormat"], terminal: boolean): Logger.Logger<unknown, void> =>
  format === "text" || (format === "auto" && terminal)
    ? Logger.consolePretty()
    : Logger.withConsoleError(Logger.formatJson)

const exported = ({ otlpEndpoint, serviceName }: TelemetrySettings): Layer.Layer<never> =>
  otlpEndpoint === null
    ? Layer.empty
    : Layer.unwrap(Effect.promise(async () => {
      const { collector } = await import("./collector.ts")
      return collector({ baseUrl: otlpEndpoint, serviceName })
    }))

/**
 * Logs at `logLevel` and above; exports by OTLP/HTTP JSON when a collector is set. Provide it outermost, so that all
 * layers are traced. `terminal` tells whether a person watches. Secrets stay out by type: `Redacted` prints as such.
 */
export const layer = (settings: TelemetrySettings, terminal: boolean): Layer.Layer<never> =>
  exported(settings).pipe(Layer.provideMerge(Layer.mergeAll(
    Logger.layer([consoleLogger(settings.logFormat, terminal), Logger.tracerLogger]),
    Layer.succeed(Logger.LogToStderr, true),
    Layer.succeed(References.MinimumLogLevel, settings.logLevel)
  )))
