/** Stands the domain's providers on the clients: Yunite for links, fortnite-api.com for stats. */
import {
  type DiscordAccountId,
  LinkDirectory,
  ProviderUnavailable,
  type Registration,
  StatsProvider
} from "@purser/domain/rewards"
import { DiscordId } from "@purser/integrations/discord"
import { FortniteStats, type StatsError } from "@purser/integrations/fortnite"
import { type LookedUp, Yunite, type YuniteError } from "@purser/integrations/yunite"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { countQuestion } from "./figures.ts"

const registrationOf = (found: LookedUp | undefined): Registration => {
  if (found === undefined) return { _tag: "Unanswered", why: "left out" }
  return Result.isSuccess(found) ? found.success : { _tag: "Unanswered", why: found.failure.why }
}

/** What only the operator can mend: a token, a plan, a right. */
const ofOperator: ReadonlySet<string> = new Set(["YuniteBadToken", "YuniteNoPremium", "YuniteNoRight", "BadKey"])

const noLinks = (error: YuniteError) =>
  Effect.flatMap(Clock.currentTimeMillis, (nowMillis) => {
    const waitMillis = error._tag === "YuniteLimited" ? error.retryAfterMillis : undefined
    return new ProviderUnavailable({
      provider: "links",
      why: error.message,
      isPassing: !ofOperator.has(error._tag),
      untilMillis: waitMillis === undefined ? null : nowMillis + waitMillis
    })
  })

/** Links as Yunite knows them. A 402 or 403 is the operator's to mend, and says nothing of any player. */
export const layerDirectory: Layer.Layer<LinkDirectory, never, Yunite> = Layer.effect(
  LinkDirectory,
  Effect.map(Yunite, ({ lookUp }) => ({
    lookUp: (ids) =>
      lookUp(ids.map((id) => DiscordId.make(id))).pipe(
        Effect.map((found) =>
          new Map(ids.map((id: DiscordAccountId) => [id, registrationOf(found.get(DiscordId.make(id)))]))
        ),
        Effect.catch(noLinks)
      )
  }))
)

const noStats = (error: StatsError): ProviderUnavailable =>
  new ProviderUnavailable({
    provider: "stats",
    why: error.message,
    isPassing: !ofOperator.has(error._tag),
    untilMillis: error._tag === "StatsLimited" ? error.untilMillis : null
  })

/** Stats as fortnite-api.com tells them. */
export const layerStats: Layer.Layer<StatsProvider, never, FortniteStats> = Layer.effect(
  StatsProvider,
  Effect.map(FortniteStats, ({ lifetime }) => ({
    lifetime: (epicId) => Effect.mapError(countQuestion(lifetime(epicId)), noStats)
  }))
)
