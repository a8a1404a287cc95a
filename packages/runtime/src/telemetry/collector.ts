/** Exports traces, metrics and logs to an OpenTelemetry collector. Loaded only when one is set. */
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Otlp from "effect/observability/Otlp"

/** Sends by OTLP/HTTP JSON to `baseUrl`, and what is left when the process ends. */
export const collector = (options: { readonly baseUrl: string; readonly serviceName: string }): Layer.Layer<never> =>
  Otlp.layerJson({ baseUrl: options.baseUrl, resource: { serviceName: options.serviceName } }).pipe(
    Layer.provide(FetchHttpClient.layer)
  )
