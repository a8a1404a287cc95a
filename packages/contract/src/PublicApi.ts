/** Declares what the public door answers. */
import * as HttpApi from "effect/http-api/HttpApi"
import * as OpenApi from "effect/http-api/OpenApi"
import { documentsGroup } from "./routes/documents.ts"
import { healthGroup } from "./routes/health.ts"
import { ticketsGroup } from "./routes/redeem.ts"
import { tokensGroup } from "./routes/tokens.ts"

/** The public API. A typed client: `HttpApiClient.make(PublicApi, { baseUrl })` of `effect/http-api`. */
export const PublicApi = HttpApi.make("purser").add(ticketsGroup, tokensGroup, healthGroup, documentsGroup)
  .annotateMerge(OpenApi.annotations({
    title: "Purser",
    version: "1",
    description: "Pay in Monero, redeem a secret, get a token.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" }
  }))
