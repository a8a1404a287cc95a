/** Lists why a sandbox does not answer, or does not do what is asked. */
import * as Data from "effect/Data"

/** What a request can be refused for. */
export type RefusalCode =
  // The request itself.
  | "not_json"
  | "content_type"
  | "fields"
  | "too_large"
  | "not_found"
  // Where the money goes, and how much.
  | "address_malformed"
  | "address_network"
  | "address_foreign"
  | "amount"
  | "unlock_time"
  | "several_payment_ids"
  | "payment_id_with_subaddress"
  // What happens to blocks and transactions.
  | "blocks"
  | "depth"
  | "unknown_transaction"
  | "not_lost"
  | "in_a_block"
  // The file of the chain cannot be written; nothing has changed.
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
    return `no Monero sandbox at ${this.url}: ${this.why}`
  }
}
