/** Declares the key that internal calls need. */
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSecurity from "effect/http-api/HttpApiSecurity"

/**
 * The bearer key of internal calls. A typed client has to bring it:
 * `HttpApiMiddleware.layerClient(InternalKey, ({ next, request }) => next(HttpClientRequest.bearerToken(request, key)))`.
 */
export class InternalKey extends HttpApiMiddleware.Service<InternalKey>()("@purser/contract/InternalKey", {
  requiredForClient: true,
  security: { internal_key: HttpApiSecurity.bearer }
}) {}
