/** Lets the callers of one moment ask, while something breaks, and notes what each was told. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { StorageError } from "../../../transaction/index.ts"
import { at } from "../standingClock.ts"
import { type Answer, ask, briefCall, type Call } from "./calls.ts"
import { type Fate, fates, type Process } from "./Place.ts"
import type { Processes } from "./Processes.ts"
import type { Round } from "./rounds.ts"
import { type Told, Unexplained, type Witnessed } from "./Witnessed.ts"

/** A busy machine is given time; a caller who is never answered is a flaw. */
const patience = "60 seconds"

const failureOf = (cause: Cause.Cause<StorageError>): StorageError | undefined => {
  const [reason, ...others] = cause.reasons
  return reason !== undefined && others.length === 0 && Cause.isFailReason(reason) ? reason.error : undefined
}

const unanswered = (why: string, fate: Fate): Told => ({ _tag: "Unanswered", why, fate })

/** What the ending of a call tells its caller, given what becomes of calls that the fault strikes. */
const toldBy = (process: Process, exit: Exit.Exit<Answer, StorageError>, fate: Fate | undefined): Told | undefined => {
  if (process.hasCrashed()) return unanswered("no answer", fate ?? "either")
  if (Exit.isSuccess(exit)) return { _tag: "Answered", answer: exit.value }
  const failure = failureOf(exit.cause)?.failure
  if (fate === undefined || failure === undefined || failure === "Broken") return undefined
  return failure === "InDoubt" ? unanswered(failure, fate) : unanswered(failure, "undone")
}

const askOne = (process: Process, call: Call, fate: Fate | undefined): Effect.Effect<Witnessed, Unexplained> =>
  Effect.flatMap(Effect.exit(ask(process.store, call)), (exit) => {
    const told = toldBy(process, exit, fate)
    if (told !== undefined) return Effect.succeed({ call, told })
    const cause = Exit.isFailure(exit) ? Cause.pretty(exit.cause) : ""
    return Effect.fail(new Unexplained({ why: `${briefCall(call)} failed: ${cause}` }))
  })

const fateOf = ({ calls, fault }: Round): Fate | undefined => {
  if (fault === undefined) return undefined
  // Where several processes or kinds of calls race, nobody knows which of them the fault strikes.
  const isAlone = calls.every(({ call }) => call._tag === "Post") || calls.length === 1
  return isAlone && calls.every(({ slot }) => slot === calls[0]!.slot) ? fates[fault] ?? "either" : "either"
}

/** All calls begin at the same moment, in their order, at the time of the round. */
export const witness = (
  processes: Processes,
  round: Round
): Effect.Effect<
  { readonly witnessed: ReadonlyArray<Witnessed>; readonly hasStruck: boolean },
  Unexplained
> =>
  Effect.gen(function*() {
    const harmed = processes.at(round.slot)
    if (round.fault !== undefined) harmed.arm(round.fault)
    const fate = fateOf(round)
    const witnessed = yield* Effect.forEach(
      round.calls,
      ({ call, slot }) => askOne(processes.at(slot), call, slot === round.slot ? fate : undefined),
      { concurrency: "unbounded" }
    ).pipe(
      at(round.atMillis),
      Effect.timeoutOrElse({
        duration: patience,
        orElse: () => Effect.fail(new Unexplained({ why: `a caller was not answered within ${patience}` }))
      })
    )
    return { witnessed, hasStruck: harmed.disarm() }
  })
