/** Holds the flag that sandbox commands share. */
import * as Flag from "effect/cli/Flag"

/** `--url http://…`: the sandbox; the one that the settings name unless given. */
export const sandboxUrlFlag = Flag.String("url").pipe(
  Flag.withMetavar("URL"),
  Flag.withDescription("The sandbox to drive; the one that PURSER_SANDBOX_HTTP names unless given"),
  Flag.optional
)
