/** Declares the face of an installation. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { problemsOf } from "../../problems/index.ts"
import { codesOf, RouteRules, type Rules } from "../RouteRules.ts"

const Place = Schema.NullOr(Schema.String).annotate({ examples: [null] })

/** Names, pictures and language. */
export const ProductItem = Schema.Struct({
  app_name: Schema.String.annotate({ examples: ["Purser"] }),
  org_name: Schema.String.annotate({ examples: ["Example"] }),
  banner_url: Place,
  media_kit_url: Place,
  default_locale: Schema.String.annotate({ examples: ["en"] }),
  discord_invite_url: Place,
  feature_flags: Schema.Record(Schema.String, Schema.Boolean).annotate({
    description: "`dry_run_banner` says whether everything is practice.",
    examples: [{ dry_run_banner: true }]
  })
}).annotate({ identifier: "Product", description: "The face of this installation." })

const rules: Rules = {
  doors: ["public"],
  credential: "none",
  body: "none",
  effect: "none",
  limit: "document",
  audit: { omitted: "reads only" },
  holds: "state",
  problems: [],
  misses: []
}

/** `GET /config/product`. */
export const productEndpoint = HttpApiEndpoint.get("product", "/config/product", {
  disableCodecs: true,
  success: ProductItem,
  error: problemsOf(codesOf(rules))
}).annotate(RouteRules, rules).annotateMerge(OpenApi.annotations({
  summary: "See whose program this is",
  description: "What the operator configured; null where nothing was."
}))

/** The face of an installation. */
export const productGroup = HttpApiGroup.make("product").add(productEndpoint)
  .annotateMerge(OpenApi.annotations({ title: "Product", description: "The face of this installation." }))
