/** Lists every reason for which the log refuses. */
import * as Data from "effect/Data"

/**
 * The log can not prove or sign what was asked. From `RecordDiffersFromLog` on, what is stored is not what was once logged
 * or signed: nothing is shown then, and `verify` names the place. `SignedUnderOtherOrigin`: the name of a log is for good.
 */
export class LogError extends Data.TaggedError("LogError")<{
  readonly reason:
    | "SizeBeyondLog"
    | "SizesOutOfOrder"
    | "ConsistencyFromNothing"
    | "TransferNotFound"
    | "TransferBeyondSize"
    | "RecordDiffersFromLog"
    | "LogDiffersFromSignedHead"
    | "SignedUnderOtherOrigin"
    | "TreeIsIncomplete"
  readonly detail: string
}> {
  override get message(): string {
    return `${this.reason}: ${this.detail}`
  }
}
