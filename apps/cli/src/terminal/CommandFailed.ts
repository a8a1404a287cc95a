/** Ends a command with a message for the person who typed it and an exit code for the script that did. */
import * as CliError from "effect/cli/CliError"
import * as Data from "effect/Data"
import * as Runtime from "effect/Runtime"

/** 1: it failed or the answer is no. 2: the settings are wrong. 3: not yet; ask again later. */
export type ExitCode = 1 | 2 | 3

/** A command that did not do what was asked. The message says why and, where there is one, the way out. */
export class CommandFailed extends Data.TaggedError("CommandFailed")<{
  readonly message: string
  readonly exitCode: ExitCode
}> {
  override readonly [Runtime.errorExitCode] = this.exitCode

  override get [CliError.userMessage](): string {
    return this.message
  }
}

/** Fails with exit code 1 and the message. */
export const failed = (message: string): CommandFailed => new CommandFailed({ message, exitCode: 1 })
