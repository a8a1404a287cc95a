/** Lists why a sandbox does not answer, or does not do what is asked. */
import * as Data from "effect/Data"

/** What a request can be refused for; nothing has changed then. */
export type RefusalCode =
  | "not_json"
  | "content_type"
  | "fields"
  | "too_large"
  | "not_found"
  // An address with a typo, or an amount that is none or more than the sandbox has.
  | "address"
  | "amount"
  | "unknown_block"
  // The file of the ledger cannot be written.
  | "data_file"

/** The sandbox does not do what is asked; nothing has changed. */
export class SandboxRefusedRequest extends Data.TaggedError("SandboxRefusedRequest")<{
  readonly code: RefusalCode
  readonly detail: string
}> {
  override get message(): string {
    return `${this.code}: ${this.detail}`
  }
}

/** No sandbox answers there. A retry helps once one runs. */
export class SandboxUnreachable extends Data.TaggedError("SandboxUnreachable")<{
  readonly url: string
  readonly why: string
}> {
  override get message(): string {
    return `no Banano sandbox at ${this.url}: ${this.why}`
  }
}
