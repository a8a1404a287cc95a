/** Lists every reason for which the log refuses. */
import * as Data from "effect/Data"

/**
 * The log can not prove or sign what was asked. The last three say that what is stored is not what was once logged or
 * signed: nothing is shown then, and `verify` names the place.
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
    | "TreeIsIncomplete"
  readonly detail: string
}> {
  override get message(): string {
    return `${this.reason}: ${this.detail}`
  }
}
