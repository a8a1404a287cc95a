/** Declares what the internal door answers. */
import * as HttpApi from "effect/http-api/HttpApi"
import * as OpenApi from "effect/http-api/OpenApi"
import { auditGroup } from "./routes/audit.ts"
import { documentsGroup } from "./routes/documents.ts"
import { healthGroup } from "./routes/health.ts"
import { metricsGroup } from "./routes/metrics.ts"
import { tokensInternalGroup } from "./routes/tokens.ts"

/** The internal API: revocation, audit, metrics. On the public door none of this exists. */
export const InternalApi = HttpApi.make("purser-internal")
  .add(tokensInternalGroup, auditGroup, metricsGroup, healthGroup, documentsGroup)
  .annotateMerge(OpenApi.annotations({
    title: "Purser, internal",
    version: "1",
    description: "For operators and their machines. Never published.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" }
  }))
