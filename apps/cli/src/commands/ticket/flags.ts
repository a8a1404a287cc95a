/** Holds the flags that several ticket commands share. */
import * as Flag from "effect/cli/Flag"

/** `--amount 0.01`: put into the payment link. */
export const amountFlag = Flag.String("amount").pipe(
  Flag.withMetavar("XMR"),
  Flag.withDescription("Amount to put into the link, such as 0.01"),
  Flag.optional
)

/** `--url http://…`: the public API; the one that the settings name unless given. */
export const urlFlag = Flag.String("url").pipe(
  Flag.withMetavar("URL"),
  Flag.withDescription("Public API to ask; the one that PURSER_HTTP names unless given"),
  Flag.optional
)
