/** Gathers the pages for people. They are served like routes, and no document describes them: they may change at any time. */
import * as HttpApi from "effect/http-api/HttpApi"
import { adminPagesGroup } from "./adminPages.ts"
import { playerPagesGroup } from "./playerPages.ts"

export * from "./adminPages.ts"
export * from "./playerPages.ts"

/** Pages at the public door. */
export const PublicPages = HttpApi.make("purser-pages").add(playerPagesGroup)

/** Pages at the internal door: those of players too, so that an admin finds everything there. */
export const InternalPages = HttpApi.make("purser-internal-pages").add(playerPagesGroup, adminPagesGroup)
