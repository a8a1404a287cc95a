/** Hands out the API's description of itself. */
import { docsEndpoint, type OpenApiDocument, openApiEndpoint } from "@purser/contract"
import * as Effect from "effect/Effect"
import { implement, type Implementation } from "../server/Implementation.ts"
import { answered } from "../server/Reply.ts"

/** `GET /openapi.json` and `GET /docs`. */
export const documentsOf = (document: OpenApiDocument, page: string): ReadonlyArray<Implementation> => [
  implement(openApiEndpoint, () => Effect.succeed(answered(200, document))),
  implement(docsEndpoint, () => Effect.succeed(answered(200, page)))
]
