/** Words a failure in one line that is safe to show: its name and message, never what caused it. */
import * as Cause from "effect/Cause"
import * as Option from "effect/Option"

/** The tag of our errors; their `name` may be a field. */
const nameOf = (failure: Error): string => "_tag" in failure ? String(failure._tag) : failure.name

const worded = (failure: unknown): string => {
  if (!(failure instanceof Error)) return "failed without an error"
  return failure.message === "" ? nameOf(failure) : `${nameOf(failure)}: ${failure.message}`
}

/** One line on why an effect failed. A defect is named as such: its text may hold anything, so it goes to the log alone. */
export const describeFailure = (cause: Cause.Cause<unknown>): string =>
  Option.match(Cause.findErrorOption(cause), {
    onNone: () => Cause.hasDies(cause) ? "unexpected failure, see the log" : "interrupted",
    onSome: worded
  })
