/** Lists why a sandbox of a service does not answer its controls, or does not do what is asked. */
import * as Data from "effect/Data"
import type { ControlRefusal } from "./answerControl.ts"

/** What a request can be refused for. */
export type RefusalCode =
  | ControlRefusal
  | "too_large"
  // Who is meant is not there.
  | "unknown"

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
  /** Whose sandbox it would be, such as `Discord`. */
  readonly service: string
  readonly url: string
  readonly why: string
}> {
  override get message(): string {
    return `no ${this.service} sandbox at ${this.url}: ${this.why}`
  }
}

/** Why something cannot be done to a sandbox that another process runs. */
export type SandboxControlError = SandboxRefusedRequest | SandboxUnreachable
