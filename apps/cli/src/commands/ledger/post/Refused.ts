/** Reports a request that was refused, by the ledger or before it was asked. */
import type { LedgerReason } from "@purser/domain/ledger"
import * as Data from "effect/Data"

/**
 * Why nothing of the set was booked. `RequestMalformed` and `LineMalformed` are said of the input; every other reason is the
 * ledger's own. `index` is the place in the linked set, from 0; `field` names what is wrong.
 */
export class Refused extends Data.TaggedError("Refused")<{
  readonly reason: LedgerReason | "RequestMalformed" | "LineMalformed"
  readonly index: number
  readonly field?: string
  readonly detail?: string
}> {
  override get message(): string {
    const field = this.field === undefined ? "" : ` (${this.field})`
    return `${this.reason}${field}${this.detail === undefined ? "" : `: ${this.detail}`}`
  }
}
