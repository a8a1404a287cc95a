/** Hands out the figures of the process. */
import { metricsEndpoint } from "@purser/contract"
import * as Effect from "effect/Effect"
import * as PrometheusMetrics from "effect/observability/PrometheusMetrics"
import { readProcess } from "../figures/processFigures.ts"
import { implement, type Implementation } from "../server/Implementation.ts"
import { answered } from "../server/Reply.ts"

/** `GET /metrics`. */
export const metrics: Implementation = implement(
  metricsEndpoint,
  () => Effect.map(Effect.andThen(readProcess, PrometheusMetrics.format()), (text) => answered(200, text))
)
