/** Lists why a sandbox does not start. */
import * as Data from "effect/Data"

/**
 * The sandbox cannot start.
 *
 * - `HostNotLoopback`: it listens on loopback only: it has no money to protect, and no protection.
 * - `LoginIncomplete`: user and password belong together.
 * - `DataFile`: the file of the chain is not one, or its folder cannot be used. It is left as it is.
 * - `Listen`: the port is taken, or not ours to take.
 */
export class SandboxRefused extends Data.TaggedError("SandboxRefused")<{
  readonly reason: "HostNotLoopback" | "LoginIncomplete" | "DataFile" | "Listen"
  /** What is wrong, in a few words without secrets. */
  readonly detail: string
}> {
  override get message(): string {
    return `${this.reason}: ${this.detail}`
  }
}
