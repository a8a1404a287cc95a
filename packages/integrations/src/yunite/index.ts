/** Gathers the client of Yunite. */
export { type LookedUp, type Registration, Yunite } from "./Yunite.ts"
export {
  YuniteBadToken,
  type YuniteError,
  YuniteLimited,
  YuniteMalformed,
  YuniteNoPremium,
  YuniteNoRight,
  YuniteStatus,
  YuniteUnanswered,
  YuniteUnreachable
} from "./YuniteError.ts"
export type { YuniteOptions } from "./YuniteOptions.ts"
