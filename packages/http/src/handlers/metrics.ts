/** Hands out the figures of the process. */
import { metricsEndpoint } from "@purser/contract"
import * as Effect from "effect/Effect"
import * as PrometheusMetrics from "effect/observability/PrometheusMetrics"
import { readProcess } from "../figures/processFigures.ts"
import { implement, type Implementation } from "../server/Implementation.ts"
import { answered } from "../server/Reply.ts"

/** `GET /metrics`. `readings` is what the host reads anew. */
export const metricsOf = (readings: Effect.Effect<void>): Implementation => {
  const read = Effect.andThen(readings, readProcess)
  return implement(
    metricsEndpoint,
    () => Effect.map(Effect.andThen(read, PrometheusMetrics.format()), (text) => answered(200, text))
  )
}
