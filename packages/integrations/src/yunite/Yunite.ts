/** Looks up which Epic accounts are linked to members of a Discord guild. */
import type { EpicId } from "@purser/domain/rewards"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { DiscordId } from "../discord/DiscordId.ts"
import { fieldOf } from "../http/fieldOf.ts"
import { makeAskLinks } from "./askLinks.ts"
import { Linked, Links, Named } from "./Wire.ts"
import { type YuniteError, YuniteMalformed, YuniteUnanswered } from "./YuniteError.ts"
import type { YuniteOptions } from "./YuniteOptions.ts"

/** What Yunite knows of somebody. `NotLinked` is a member of the guild; `NotInGuild` is none, or has left. */
export type Registration =
  | {
    readonly _tag: "Linked"
    readonly epicId: EpicId
    /** As the player chose it; neither unique nor stable. */
    readonly epicName: string
    readonly verifiedAtMillis: number
  }
  | { readonly _tag: "NotLinked" }
  | { readonly _tag: "NotInGuild" }

/** What was found out about one id. */
export type LookedUp = Result.Result<Registration, YuniteUnanswered>

/** Yunite, about one guild. */
export class Yunite extends Context.Service<Yunite, {
  /**
   * One entry for each id, in batches that follow one another. Fails as a whole when a batch does; nothing is known of
   * any player then.
   */
  readonly lookUp: (ids: ReadonlyArray<DiscordId>) => Effect.Effect<ReadonlyMap<DiscordId, LookedUp>, YuniteError>
}>()("@purser/integrations/yunite/Yunite") {
  /** A client that asks one question at a time, so that a wait it is told holds for all. */
  static readonly layer = (options: YuniteOptions): Layer.Layer<Yunite> =>
    Layer.effect(
      Yunite,
      Effect.map(makeAskLinks(options), (askLinks) => ({
        lookUp: (ids) =>
          Effect.forEach(batchesOf([...new Set(ids)], options.batchMost ?? 50), (batch) =>
            askLinks(batch).pipe(
              Effect.flatMap((body) => answersAbout(batch, body)),
              Effect.withSpan("yunite.lookUp", { kind: "client" })
            )).pipe(Effect.map((parts) => new Map(parts.flat())))
      }))
    )
}

const batchesOf = (ids: ReadonlyArray<DiscordId>, batchMost: number): ReadonlyArray<ReadonlyArray<DiscordId>> => {
  const size = Math.min(Math.max(Math.trunc(batchMost) || 1, 1), 50)
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, at) => ids.slice(at * size, (at + 1) * size))
}

const unanswered = (why: YuniteUnanswered["why"]): LookedUp => Result.fail(new YuniteUnanswered({ why }))

const readLink = (entry: unknown): LookedUp =>
  Result.match(Schema.decodeUnknownResult(Linked)(entry), {
    onFailure: () => unanswered("unreadable"),
    onSuccess: ({ dateVerified, epic }) =>
      Result.succeed({
        _tag: "Linked" as const,
        epicId: epic.epicID,
        epicName: epic.epicName,
        verifiedAtMillis: DateTime.toEpochMillis(dateVerified)
      })
  })

const malformed = (error: { readonly message: string }) => new YuniteMalformed({ where: fieldOf(error) })

const answersAbout = Effect.fnUntraced(function*(batch: ReadonlyArray<DiscordId>, body: string) {
  const { notFound, notLinked, users } = yield* Effect.mapError(Schema.decodeUnknownEffect(Links)(body), malformed)
  const said = new Map<string, LookedUp>()
  const say = (id: string, answer: LookedUp) => said.set(id, said.has(id) ? unanswered("contradicted") : answer)
  for (const entry of users) {
    const { discord } = yield* Effect.mapError(Schema.decodeUnknownEffect(Named)(entry), malformed)
    say(discord.id, readLink(entry))
  }
  for (const id of notLinked) say(id, Result.succeed({ _tag: "NotLinked" }))
  for (const id of notFound) say(id, Result.succeed({ _tag: "NotInGuild" }))
  return batch.map((id): readonly [DiscordId, LookedUp] => [id, said.get(id) ?? unanswered("left out")])
})
