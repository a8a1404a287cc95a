/** Keeps players in the database at hand. */
import {
  boundPlayerPages,
  type DiscordAccountId,
  type PlayerId,
  type PlayerQuery,
  PlayerStore,
  type VerificationRecord
} from "@purser/domain/rewards"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { Compilable, Generated } from "kysely"
import type { Services } from "../Database.ts"
import { decoded } from "../decoded.ts"
import { givenRows } from "../dialect/givenRows.ts"
import { amongListed, amongTexts, listed } from "../dialect/lists.ts"
import { asStorageError } from "../failures.ts"
import * as Queries from "../Queries.ts"
import { playerOf, type PlayerRow, risks } from "./playerRow.ts"
import { makePut } from "./putPlayers.ts"
import { verificationColumns, verificationOf, type VerificationRow, verificationRowOf } from "./verificationRow.ts"

interface Tables {
  readonly player: PlayerRow
  readonly verification: VerificationRow & { readonly sequence: Generated<bigint> }
}
type Sql = Queries.Queries<Tables>

const players = ({ build }: Sql) => build.selectFrom("player").selectAll()

/** Every request of a player begins with this. */
const byIds = (queries: Sql) =>
  queries.compiled(
    (ids: unknown) => players(queries).where(amongListed[queries.dialect]("id", ids)),
    listed[queries.dialect]([])
  )

const byDiscordIds = (queries: Sql, ids: ReadonlyArray<DiscordAccountId>) =>
  players(queries).where(amongTexts[queries.dialect]("discord_id", ids))

const dueForReading = (queries: Sql, atMillis: number, limit: number) =>
  players(queries).where("epic_id", "is not", null).where("next_read_at_millis", "<=", BigInt(atMillis))
    .orderBy("next_read_at_millis").orderBy("id").limit(limit)

const dueForVerification = (queries: Sql, atMillis: number, limit: number) =>
  players(queries).where("erased_at_millis", "is", null).where("next_verification_at_millis", "<=", BigInt(atMillis))
    .orderBy("next_verification_at_millis").orderBy("id").limit(limit)

const page = (queries: Sql, { after, limit, risk }: PlayerQuery) => {
  const present = players(queries).where("erased_at_millis", "is", null).orderBy("id").limit(limit)
  const behind = after === undefined ? present : present.where("id", ">", after)
  return risk === undefined ? behind : behind.where("risk", "=", risks.codeOf(risk))
}

const columns = Object.keys(verificationColumns) as ReadonlyArray<keyof VerificationRow>

const addVerifications = ({ build, dialect }: Sql, records: ReadonlyArray<VerificationRecord>) =>
  build.insertInto("verification").columns([...columns])
    .expression(givenRows[dialect](verificationColumns, records.map(verificationRowOf)))

const verifications = ({ build }: Sql, playerId: PlayerId, limit: number) =>
  build.selectFrom("verification").select([...columns]).where("player_id", "=", playerId)
    .orderBy("at_millis", "desc").orderBy("sequence", "desc").limit(limit)

/** A `PlayerStore` on SQLite or PostgreSQL. */
export const layer: Layer.Layer<PlayerStore, never, Services> = Layer.effect(
  PlayerStore,
  Effect.gen(function*() {
    const queries = yield* Queries.make<Tables>()
    const { build, changed, run } = queries
    const read = byIds(queries)
    const select = (method: string, query: Compilable<PlayerRow>) =>
      asStorageError(`PlayerStore.${method}`)(decoded(queries.all(query), playerOf))
    return boundPlayerPages({
      byIds: (ids) =>
        ids.length === 0
          ? Effect.succeed([])
          : asStorageError("PlayerStore.byIds")(decoded(read(listed[queries.dialect](ids)), playerOf)),
      byDiscordIds: (ids) => ids.length === 0 ? Effect.succeed([]) : select("byDiscordIds", byDiscordIds(queries, ids)),
      byEpicId: (epicId) =>
        Effect.map(
          select("byEpicId", players(queries).where("epic_id", "=", epicId)),
          ([player]) => Option.fromUndefinedOr(player)
        ),
      put: makePut(queries, yield* Transaction),
      dueForReading: (atMillis, limit) => select("dueForReading", dueForReading(queries, atMillis, limit)),
      dueForVerification: (atMillis, limit) =>
        select("dueForVerification", dueForVerification(queries, atMillis, limit)),
      list: (query) => select("list", page(queries, query)),
      addVerifications: (records) =>
        records.length === 0
          ? Effect.void
          : asStorageError("PlayerStore.addVerifications")(run(addVerifications(queries, records))),
      verifications: (playerId, limit) =>
        asStorageError("PlayerStore.verifications")(
          decoded(queries.all(verifications(queries, playerId, limit)), verificationOf)
        ),
      pruneVerifications: (beforeMillis) =>
        asStorageError("PlayerStore.pruneVerifications")(
          changed(build.deleteFrom("verification").where("at_millis", "<", BigInt(beforeMillis)))
        ),
      forgetVerifications: (playerId) =>
        asStorageError("PlayerStore.forgetVerifications")(
          run(build.deleteFrom("verification").where("player_id", "=", playerId))
        )
    })
  })
)
