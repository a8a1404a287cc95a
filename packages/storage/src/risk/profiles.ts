/** Builds the statements over profiles of play. */
import type { PlayerId } from "@purser/domain/rewards"
import type { PlayProfile } from "@purser/domain/risk"
import { givenRows } from "../dialect/givenRows.ts"
import { amongTexts } from "../dialect/lists.ts"
import { profileColumns, type ProfileRow, profileRowOf } from "./riskRow.ts"
import type { Sql } from "./Tables.ts"

/** The profiles of these players. */
export const profilesOf = ({ build, dialect }: Sql, ids: ReadonlyArray<PlayerId>) =>
  build.selectFrom("play_profile").selectAll().where(amongTexts[dialect]("player_id", ids))

/** The last of each player, in the order of ids: the order in which rows are locked everywhere. */
const distinctRows = (changed: ReadonlyArray<PlayProfile>): ReadonlyArray<ProfileRow> => {
  const rows = new Map(changed.map((profile) => [profile.playerId, profileRowOf(profile)]))
  return [...rows].sort(([left], [right]) => left < right ? -1 : 1).map(([, row]) => row)
}

/** Inserts or replaces by player. */
export const putProfiles = ({ build, dialect }: Sql, changed: ReadonlyArray<PlayProfile>) =>
  build.insertInto("play_profile")
    .columns(["player_id", "reading", "baseline"])
    .expression(givenRows[dialect](profileColumns, distinctRows(changed)))
    .onConflict((conflict) =>
      conflict.column("player_id").doUpdateSet(({ ref }) => ({
        reading: ref("excluded.reading"),
        baseline: ref("excluded.baseline")
      }))
    )

/** Removes that of a player. */
export const forgetProfile = ({ build }: Sql, playerId: PlayerId) =>
  build.deleteFrom("play_profile").where("player_id", "=", playerId)
