/** Declares where the figures of a process are read. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { problemsOf } from "../problems/index.ts"
import { InternalKey } from "./InternalKey.ts"
import { codesOf, RouteRules, type Rules } from "./RouteRules.ts"

const rules: Rules = {
  doors: ["internal"],
  credential: "internal_key",
  body: "none",
  effect: "none",
  limit: "admin",
  audit: { omitted: "reads only" },
  holds: "state",
  problems: [],
  misses: []
}

/** `GET /metrics`. */
export const metricsEndpoint = HttpApiEndpoint.get("metrics", "/metrics", {
  disableCodecs: true,
  success: Schema.String.annotate({ description: "Prometheus text format 0.0.4." }).pipe(
    HttpApiSchema.asText({ contentType: "text/plain; version=0.0.4; charset=utf-8" })
  ),
  error: problemsOf(codesOf(rules))
}).annotate(RouteRules, rules).middleware(InternalKey).annotateMerge(OpenApi.annotations({
  summary: "Figures for Prometheus",
  description: "Requests, latencies, redemptions, memory."
}))

/** Figures. */
export const metricsGroup = HttpApiGroup.make("metrics").add(metricsEndpoint)
  .annotateMerge(OpenApi.annotations({ title: "Metrics", description: "Figures of this process." }))
