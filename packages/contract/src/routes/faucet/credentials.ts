/** Declares how browsers and admins show who they are. */
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSecurity from "effect/http-api/HttpApiSecurity"

/** The cookie of a session; over plain http on loopback its name lacks the prefix. Browsers bring it by themselves. */
const session = HttpApiSecurity.apiKey({ in: "cookie", key: "__Host-purser.session_token" })

/** A user who is signed in. */
export class Session extends HttpApiMiddleware.Service<Session>()("@purser/contract/Session", {
  security: { session }
}) {}

/** An admin who is signed in, or a program with the internal key. */
export class Admin extends HttpApiMiddleware.Service<Admin>()("@purser/contract/Admin", {
  security: { internal_key: HttpApiSecurity.bearer, session }
}) {}
