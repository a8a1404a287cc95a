/** Declares how the API describes itself. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { problemsOf } from "../problems/index.ts"
import { codesOf, RouteRules, type Rules } from "./RouteRules.ts"

const rules: Rules = {
  doors: ["public", "internal"],
  credential: "none",
  body: "none",
  effect: "none",
  limit: "document",
  audit: { omitted: "reads only" },
  holds: "document",
  problems: [],
  misses: []
}

/** `GET /openapi.json`. */
export const openApiEndpoint = HttpApiEndpoint.get("openapi", "/openapi.json", {
  disableCodecs: true,
  success: Schema.Record(Schema.String, Schema.Unknown).annotate({ description: "An OpenAPI 3.1 document." }),
  error: problemsOf(codesOf(rules))
}).annotate(RouteRules, rules).annotateMerge(OpenApi.annotations({
  summary: "The API for machines",
  description: "What this door answers, as an OpenAPI document."
}))

/** `GET /docs`. */
export const docsEndpoint = HttpApiEndpoint.get("docs", "/docs", {
  disableCodecs: true,
  success: Schema.String.annotate({ description: "A page." }).pipe(
    HttpApiSchema.asText({ contentType: "text/html; charset=utf-8" })
  ),
  error: problemsOf(codesOf(rules))
}).annotate(RouteRules, rules).annotateMerge(OpenApi.annotations({
  summary: "The API for people",
  description: "What this door answers, as a page."
}))

/** Documents, each door its own. */
export const documentsGroup = HttpApiGroup.make("documents").add(openApiEndpoint, docsEndpoint)
  .annotateMerge(OpenApi.annotations({ title: "Documents", description: "The API described by itself." }))
