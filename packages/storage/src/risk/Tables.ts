/** Types the tables of risk. */
import type { Generated } from "kysely"
import type * as Queries from "../Queries.ts"
import type { ProfileRow, ReviewColumns, SignalRow } from "./riskRow.ts"

/** The tables. */
export interface Tables {
  readonly play_profile: ProfileRow
  readonly risk_signal: Omit<SignalRow, "sequence"> & { readonly sequence: Generated<bigint> }
  readonly risk_review: ReviewColumns & { readonly sequence: Generated<bigint> }
}

/** Queries over the tables. */
export type Sql = Queries.Queries<Tables>
