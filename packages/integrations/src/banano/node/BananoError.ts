/** Lists how a node of Banano can fail us. */
import * as Data from "effect/Data"

/** No answer: refused, reset, late, or too large. A retry may help; of a block, only the same bytes. */
export class BananoUnreachable extends Data.TaggedError("BananoUnreachable")<{
  /** One word or code without secrets. */
  readonly why: string
}> {
  override get message(): string {
    return `the Banano node does not answer: ${this.why}`
  }
}

/** An HTTP status instead of an answer: a limit (429), a key that is refused (401, 403), or a server in trouble (5xx). */
export class BananoStatus extends Data.TaggedError("BananoStatus")<{
  readonly status: number
}> {
  override get message(): string {
    return `the Banano node answers with HTTP ${this.status}`
  }
}

/** An answer that cannot be read. `where` names the field, never its value. */
export class BananoMalformed extends Data.TaggedError("BananoMalformed")<{
  readonly action: string
  readonly where: string
}> {
  override get message(): string {
    return `the Banano node answers ${this.action} with what cannot be read: ${this.where}`
  }
}

/** The node's own error. `text` is one short line as it sent it. */
export class BananoRefused extends Data.TaggedError("BananoRefused")<{
  readonly action: string
  readonly reason: RefusalReason
  readonly text: string
}> {
  override get message(): string {
    return `the Banano node refuses ${this.action} (${this.reason}): ${this.text}`
  }
}

/** Every failure of a question. */
export type BananoError = BananoUnreachable | BananoStatus | BananoMalformed | BananoRefused

/** What the errors of a node mean, by their text in `nano/lib/errors.cpp`; the node gives them no codes. */
const reasons = {
  "old block": "OldBlock",
  "fork": "Fork",
  "gap previous block": "GapPrevious",
  "gap source block": "GapSource",
  "gap pending for open epoch block": "GapSource",
  "bad signature": "BadSignature",
  "negative spend": "NegativeSpend",
  "balance and amount delta do not match": "BalanceMismatch",
  "unreceivable": "Unreceivable",
  "block work is less than threshold": "WorkTooLow",
  "block work is insufficient": "WorkTooLow",
  "this block cannot follow the previous block": "BlockPosition",
  "block is invalid": "BlockInvalid",
  "burning account": "BurnAccount",
  "block attempts to open the burn account": "BurnAccount",
  "invalid block balance for given subtype": "SubtypeBalance",
  "invalid previous block for given subtype": "SubtypePrevious",
  "invalid block subtype": "SubtypeUnknown",
  "insufficient balance": "InsufficientBalance",
  "account not found": "AccountNotFound",
  "bad account number": "BadAccount",
  "block not found": "BlockNotFound",
  "invalid block hash": "BadHash",
  "rpc control is disabled": "ControlDisabled",
  "local work generation is disabled": "WorkDisabled",
  "work generation is disabled": "WorkDisabled",
  "work generation cancellation or failure": "WorkFailed",
  "difficulty above config limit or below publish threshold": "WorkDisabled",
  "unknown command": "ActionUnknown"
} as const

/** What an error of the node means; `Other` for one that we have no name for. */
export type RefusalReason = typeof reasons[keyof typeof reasons] | "Other"

const byText: ReadonlyMap<string, RefusalReason> = new Map(Object.entries(reasons))

/** The meaning of an error's text, in capitals or not. */
export const reasonOf = (text: string): RefusalReason => byText.get(text.trim().toLowerCase()) ?? "Other"
