/** Words a failure in one line that is safe to show: its name and message, never what caused it. */
import * as Cause from "effect/Cause"
import * as Option from "effect/Option"

const worded = (failure: unknown): string => {
  if (!(failure instanceof Error)) return "failed without an error"
  return failure.message === "" ? failure.name : `${failure.name}: ${failure.message}`
}

/** One line on why an effect failed. A defect is named as such: its text may hold anything, so it goes to the log alone. */
export const describeFailure = (cause: Cause.Cause<unknown>): string =>
  Option.match(Cause.findErrorOption(cause), {
    onNone: () => Cause.hasDies(cause) ? "unexpected failure, see the log" : "interrupted",
    onSome: worded
  })
