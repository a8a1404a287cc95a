/** Tells of a transfer `t` whether it meets what was asked, where it was found by something else. */
import type { TransferQuery } from "@purser/domain/ledger"
import { type RawBuilder, sql, type SqlBool } from "kysely"
import type { CodeRange } from "../prefix.ts"
import { kinds } from "../rows.ts"

/** True of the transfers that meet it. */
export type Condition = RawBuilder<SqlBool>

/** Has that reference. */
export const hasReference = (reference: string): Condition => sql`t.reference = ${reference}`

/** Has that reason. */
export const hasReason = (reason: string): Condition => sql`t.reason = ${reason}`

/** Is of that kind. */
export const isOfKind = (kind: NonNullable<TransferQuery["kind"]>): Condition =>
  sql`t.kind = ${sql.lit(Number(kinds.codeOf(kind)))}`

/** Was booked at that time or later. */
export const isBookedFrom = (millis: number): Condition => sql`t.booked_at_millis >= ${BigInt(millis)}`

/** Was booked before that time. */
export const isBookedTo = (millis: number): Condition => sql`t.booked_at_millis < ${BigInt(millis)}`

/** Has that entry in its metadata. A value in place of EXISTS: that could be made a join with all that have it. */
export const hasMetadata = (name: string, value: string): Condition =>
  sql`(SELECT m.sequence FROM transfer_metadata AS m WHERE m.name = ${name} AND m.value = ${value}
    AND m.sequence = t.sequence LIMIT 1) IS NOT NULL`

/** Touched the account with that number. */
export const touchesAccount = (id: bigint): Condition => sql`(t.debit_id = ${id} OR t.credit_id = ${id})`

/** Touched an account whose code is in the range. */
export const touchesAccounts = ({ from, to }: CodeRange): Condition =>
  sql`((d.code >= ${from} AND d.code < ${to}) OR (c.code >= ${from} AND c.code < ${to}))`
