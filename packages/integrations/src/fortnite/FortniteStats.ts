/** Asks fortnite-api.com for the lifetime of a player. */
import type { EpicId } from "@purser/domain/rewards"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Semaphore from "effect/Semaphore"
import { exchange, type NoReply, type Reply } from "../http/exchange.ts"
import { fieldOf } from "../http/fieldOf.ts"
import { openLine } from "../http/openLine.ts"
import { providerWindows, type Window } from "./AskingLimits.ts"
import { resumeMillis } from "./resumeMillis.ts"
import { BadKey, type StatsError, StatsLimited, StatsMalformed, StatsStatus, StatsUnreachable } from "./StatsError.ts"
import { makeTurns } from "./Turns.ts"
import { Lifetime, Refusal } from "./Wire.ts"

/** Where the provider is, and the limits of asking. */
export interface StatsOptions {
  /** Such as `https://fortnite-api.com`. */
  readonly url: string
  readonly key: Redacted.Redacted<string>
  /** The header that carries the key; `authorization` unless given. */
  readonly header?: string
  /** A word before the key, such as `Bearer`; none unless given. */
  readonly scheme?: string
  /** What the provider allows; 3 a second and 180 a minute unless given. */
  readonly windows?: ReadonlyArray<Window>
  /** Questions at once; 4 unless given. */
  readonly concurrency?: number
  /** For one exchange; 15,000 unless given. */
  readonly timeoutMillis?: number
  /** Largest answer in bytes; 1 MiB unless given. */
  readonly mostBytes?: number
}

/**
 * What is known of a player.
 *
 * - `Known`: lifetime figures; they can lag, and go down.
 * - `Unknown`: no figures (`NoStats`), or no such account (`NotFound`). Never to be taken for zero.
 * - `Private`: the player has to make the stats public.
 */
export type PlayerStats =
  | {
    readonly _tag: "Known"
    readonly kills: number
    readonly matches: number
    readonly minutesPlayed: number
    readonly lastModifiedMillis: number | null
  }
  | { readonly _tag: "Unknown"; readonly why: "NoStats" | "NotFound" }
  | { readonly _tag: "Private" }

/** The provider of stats. */
export class FortniteStats extends Context.Service<FortniteStats, {
  readonly lifetime: (epicId: EpicId) => Effect.Effect<PlayerStats, StatsError>
}>()("@purser/integrations/fortnite/FortniteStats") {
  /** A client within the provider's limits; they hold for one process. */
  static readonly layer = (options: StatsOptions): Layer.Layer<FortniteStats> =>
    Layer.effect(FortniteStats, makeClient(options))
}

/** After 200, 400 and 800 ms, a fifth more or less. */
const again = Schedule.exponential("200 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 3 }))

const isPassing = (error: NoReply | StatsError): boolean =>
  error._tag === "NoReply" ? error.isPassing : error._tag === "StatsStatus" && error.status >= 500

const headersOf = ({ header = "authorization", key, scheme }: StatsOptions): Readonly<Record<string, string>> => ({
  [header]: scheme === undefined ? Redacted.value(key) : `${scheme} ${Redacted.value(key)}`
})

const millisOf = (text: string | null | undefined): number | null => {
  const millis = Date.parse(text ?? "")
  return Number.isNaN(millis) ? null : millis
}

const malformed = (where: string) => new StatsMalformed({ where })

const read = Effect.fnUntraced(function*(epicId: EpicId, body: string) {
  const value = yield* Effect.try({ try: () => JSON.parse(body) as unknown, catch: () => malformed("not JSON") })
  const { data } = yield* Effect.mapError(
    Schema.decodeUnknownEffect(Lifetime)(value),
    (error) => malformed(fieldOf(error))
  )
  if (data.account.id.toLowerCase() !== epicId.toLowerCase()) return yield* malformed("another account")
  const overall = data.stats?.all?.overall ?? null
  if (overall === null || overall.kills === null) return { _tag: "Unknown", why: "NoStats" } as const
  const { kills, lastModified, matches, minutesPlayed } = overall
  return { _tag: "Known", kills, matches, minutesPlayed, lastModifiedMillis: millisOf(lastModified) } as const
})

const isRefusal = Schema.is(Refusal)

const refusedBy = (body: string): boolean => {
  try {
    return isRefusal(JSON.parse(body))
  } catch {
    return false
  }
}

const meaningOf = (epicId: EpicId, { body, status }: Reply): Effect.Effect<PlayerStats, StatsError> => {
  if (status === 200) return read(epicId, body)
  if (status === 401) return Effect.fail(new BadKey())
  if (!refusedBy(body)) return Effect.fail(new StatsStatus({ status }))
  if (status === 403) return Effect.succeed({ _tag: "Private" })
  return status === 404
    ? Effect.succeed({ _tag: "Unknown", why: "NotFound" })
    : Effect.fail(new StatsStatus({ status }))
}

const makeClient = (options: StatsOptions) =>
  Effect.gen(function*() {
    const connections = options.concurrency ?? 4
    const { mostBytes = 2 ** 20, timeoutMillis = 15_000, url: base } = options
    const line = yield* openLine({ url: base, connections, timeoutMillis, mostBytes })
    const turns = yield* makeTurns(options.windows ?? providerWindows)
    const places = yield* Semaphore.make(connections)
    const attempt = Effect.fnUntraced(function*(epicId: EpicId) {
      yield* turns.take
      const url = new URL(`/v2/stats/br/v2/${encodeURIComponent(epicId)}?timeWindow=lifetime&image=none`, base)
      const reply = yield* exchange(line, { url, headers: headersOf(options) })
      if (reply.status !== 429) return yield* meaningOf(epicId, reply)
      const untilMillis = resumeMillis(reply, yield* Clock.currentTimeMillis)
      yield* turns.stopUntil(untilMillis)
      return yield* new StatsLimited({ untilMillis })
    })
    return FortniteStats.of({
      lifetime: (epicId) =>
        attempt(epicId).pipe(
          Effect.retry({ schedule: again, while: isPassing }),
          Effect.catchTag("NoReply", ({ why }) => Effect.fail(new StatsUnreachable({ why }))),
          places.withPermit,
          Effect.withSpan("fortnite.lifetime", { kind: "client" })
        )
    })
  })
