/** Lists how wallet and daemon can fail us. */
import * as Data from "effect/Data"

/** Which of the two programs was asked. */
export type Party = "wallet" | "daemon"

/** No answer: refused, reset, timed out, or an HTTP status that is not one of ours. A retry may help. */
export class MoneroUnavailable extends Data.TaggedError("MoneroUnavailable")<{
  readonly party: Party
  /** One line without secrets. */
  readonly why: string
}> {
  override get message(): string {
    return `${this.party}: ${this.why}`
  }
}

/** User or password are wrong or missing. A retry does not help. */
export class MoneroUnauthorized extends Data.TaggedError("MoneroUnauthorized")<{ readonly party: Party }> {
  override get message(): string {
    return `${this.party}: user or password refused`
  }
}

/** The program answered with an error of its own; `code` is Monero's, such as -8 for a transaction it does not know. */
export class MoneroRefused extends Data.TaggedError("MoneroRefused")<{
  readonly party: Party
  readonly method: string
  readonly code: number
  readonly reason: string
}> {
  override get message(): string {
    return `${this.party}: ${this.method} refused (${this.code}): ${this.reason}`
  }
}

/** An answer that cannot be read. `where` names the field, never its value. */
export class MoneroMalformed extends Data.TaggedError("MoneroMalformed")<{
  readonly party: Party
  readonly method: string
  readonly where: string
}> {
  override get message(): string {
    return `${this.party}: ${this.method} answered what cannot be read: ${this.where}`
  }
}

/** Every failure of a call. */
export type MoneroError = MoneroUnavailable | MoneroUnauthorized | MoneroRefused | MoneroMalformed

/** Codes that the wallet uses, from `wallet_rpc_server_error_codes.h` of Monero. Where it has none for a failure, it says 0. */
export const refusalCodes = { wrongTransactionId: -8, noDaemonConnection: -38 } as const
