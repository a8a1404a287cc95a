/** Declares how a process tells how it is. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { Problem, problemMediaType, problemsOf } from "../problems/index.ts"
import { codesOf, RouteRules, type Rules } from "./RouteRules.ts"

/** `degraded`: working, with something optional missing. */
export const HealthState = Schema.Literals(["ok", "degraded", "down"]).annotate({
  description: "`degraded`: it works with something optional missing."
})
export type HealthState = typeof HealthState.Type

/** One dependency. `detail` is told on the internal door only. */
export const HealthCheck = Schema.Struct({
  name: Schema.String.annotate({ examples: ["database"] }),
  state: HealthState,
  detail: Schema.optionalKey(Schema.String.annotate({ description: "On the internal door only." }))
}).annotate({ identifier: "HealthCheck" })
export type HealthCheck = typeof HealthCheck.Type

const report = {
  sandbox: Schema.Array(Schema.String).annotate({
    description: "Providers that a sandbox stands in for.",
    examples: [[]]
  }),
  checks: Schema.Array(HealthCheck)
}

/** 200: nothing that is needed is down. */
export const HealthReport = Schema.Struct({
  state: Schema.Literals(["ok", "degraded"]).annotate({ description: "The worst of the checks." }),
  ...report
}).annotate({
  identifier: "HealthReport",
  description: "Nothing that is needed is down."
})
export type HealthReport = typeof HealthReport.Type

/** 503: something that is needed is down. */
export const NotReadyProblem = Schema.Struct({
  ...Problem.fields,
  code: Schema.Literal("not_ready"),
  state: Schema.Literal("down"),
  ...report
}).annotate({ identifier: "NotReadyProblem" })
export type NotReadyProblem = typeof NotReadyProblem.Type

/** 200: the process runs. */
export const Alive = Schema.Struct({ state: Schema.Literal("ok") }).annotate({
  identifier: "Alive",
  description: "The process runs and answers."
})
export type Alive = typeof Alive.Type

const liveRules: Rules = {
  doors: ["public", "internal"],
  credential: "none",
  body: "none",
  effect: "none",
  limit: "probe",
  audit: { omitted: "reads only" },
  holds: "state",
  problems: [],
  misses: []
}
const readyRules: Rules = { ...liveRules, problems: ["not_ready"] }

const notReady: typeof NotReadyProblem = NotReadyProblem.pipe(
  HttpApiSchema.status(503),
  HttpApiSchema.asJson({ contentType: problemMediaType })
)
const answers = {
  disableCodecs: true,
  success: HealthReport,
  error: [notReady, ...problemsOf(codesOf(readyRules))]
} as const

/** `GET /livez`. */
export const livezEndpoint = HttpApiEndpoint.get("live", "/livez", {
  disableCodecs: true,
  success: Alive,
  error: problemsOf(codesOf(liveRules))
}).annotate(RouteRules, liveRules).annotateMerge(OpenApi.annotations({
  summary: "Is it running?",
  description: "200 while the process answers at all; restart it when this fails."
}))

/** `GET /readyz`. */
export const readyzEndpoint = HttpApiEndpoint.get("ready", "/readyz", answers).annotate(RouteRules, readyRules)
  .annotateMerge(OpenApi.annotations({
    summary: "May it get requests?",
    description: "503 while something needed is down, and from the moment that the process begins to end."
  }))

/** `GET /healthz`. */
export const healthzEndpoint = HttpApiEndpoint.get("health", "/healthz", answers).annotate(RouteRules, readyRules)
  .annotateMerge(OpenApi.annotations({
    summary: "How is it?",
    description: "Every dependency and its state. `degraded` is 200: it works with something optional missing."
  }))

/** Health, the same on both doors. */
export const healthGroup = HttpApiGroup.make("health").add(healthzEndpoint, livezEndpoint, readyzEndpoint)
  .annotateMerge(OpenApi.annotations({ title: "Health", description: "For load balancers and supervisors." }))
