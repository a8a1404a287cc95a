/** Maps what verifications came to, to rows and back. */
import { EpicId, PlayerId, VerificationRecord } from "@purser/domain/rewards"
import { codes } from "../codes.ts"
import type { ColumnTypes } from "../dialect/givenRows.ts"
import { links, memberships, sources } from "./playerRow.ts"

/** What a verification puts into a row of `verification`, which the database numbers. */
export interface VerificationRow {
  readonly player_id: string
  readonly at_millis: bigint
  readonly source: bigint
  readonly membership: bigint
  readonly link: bigint
  readonly epic_id: string | null
  readonly outcome: bigint
}

/** The columns of a new verification. */
export const verificationColumns: ColumnTypes<VerificationRow> = {
  player_id: "text",
  at_millis: "integer",
  source: "code",
  membership: "code",
  link: "code",
  epic_id: "text",
  outcome: "code"
}

const outcomes = codes<VerificationRecord["outcome"]>("outcome", { ok: 1n, epic_taken: 2n, unanswered: 3n })

/** The row of a verification. */
export const verificationRowOf = (record: VerificationRecord): VerificationRow => ({
  player_id: record.playerId,
  at_millis: BigInt(record.atMillis),
  source: sources.codeOf(record.source),
  membership: memberships.codeOf(record.membership),
  link: links.codeOf(record.link),
  epic_id: record.epicId,
  outcome: outcomes.codeOf(record.outcome)
})

/** The verification of a row. Throws where the row fits none. */
export const verificationOf = (row: VerificationRow): VerificationRecord =>
  new VerificationRecord({
    playerId: PlayerId.make(row.player_id),
    atMillis: Number(row.at_millis),
    source: sources.nameOf(row.source),
    membership: memberships.nameOf(row.membership),
    link: links.nameOf(row.link),
    epicId: row.epic_id === null ? null : EpicId.make(row.epic_id),
    outcome: outcomes.nameOf(row.outcome)
  })
