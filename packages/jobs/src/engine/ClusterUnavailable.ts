/** Reports that a worker could not join the others. */
import type * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import { describeFailure } from "./describeFailure.ts"

/** The port is taken, or the database did not answer. The worker cannot start; `why` names the reason. */
export class ClusterUnavailable extends Data.TaggedError("ClusterUnavailable")<{
  readonly host: string
  readonly port: number
  readonly why: string
}> {
  override get message(): string {
    return `cannot join the workers as ${this.host}:${this.port}: ${this.why}`
  }
  /** From what the cluster modules failed with. */
  static readonly of = (address: { readonly host: string; readonly port: number }, cause: Cause.Cause<unknown>) =>
    new ClusterUnavailable({ host: address.host, port: address.port, why: describeFailure(cause) })
}
