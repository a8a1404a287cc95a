/** Keeps a singleton in office: takes a new term after each failure, and tells how it stands. */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { type BackOff, sleepAfter } from "./backOff.ts"
import { describeFailure } from "./describeFailure.ts"
import { type Fencing, Stale } from "./Fencing.ts"
import type { Singleton } from "./Singleton.ts"
import type { TermState } from "./TermState.ts"

/** How terms follow each other. `report` is told of every change. */
export interface Supervision {
  readonly fencing: Fencing["Service"]
  readonly backOff: BackOff
  /**
   * How long to stay away after another process took over. Where a cluster decides who is in office, it must have the
   * time to say that it is no longer us; else the two would take the term from each other.
   */
  readonly retreatMillis: number
  readonly report: (state: TermState) => Effect.Effect<void>
}

/** A term that lasted this long was a good one: the next failure is the first again. */
const goodTermMillis = 60_000

const isStale = (cause: Cause.Cause<unknown>): boolean =>
  cause.reasons.some((reason) => reason._tag === "Fail" && reason.error instanceof Stale)

const logEnd = (name: string, cause: Cause.Cause<unknown>): Effect.Effect<void> => {
  const line = `${name}: term ended: ${describeFailure(cause)}`
  return Cause.hasDies(cause) ? Effect.logError(line, cause) : Effect.logWarning(line)
}

/** Runs term after term until one ends by itself. Never fails. */
export const supervise = Effect.fnUntraced(function*<E, R>(singleton: Singleton<E, R>, supervision: Supervision) {
  const { backOff, fencing, report, retreatMillis } = supervision
  const tell = (change: Omit<TermState, "name" | "sinceMillis">) =>
    Effect.flatMap(Clock.currentTimeMillis, (sinceMillis) => report({ name: singleton.name, sinceMillis, ...change }))
  let failures = 0
  const inOffice = Effect.gen(function*() {
    const term = yield* fencing.take(singleton.name)
    yield* tell({ phase: "running", token: term.token, failures, detail: null })
    yield* singleton.run(term)
  })
  while (true) {
    const startedMillis = yield* Clock.currentTimeMillis
    const exit = yield* Effect.exit(inOffice)
    if (Exit.isSuccess(exit)) return yield* tell({ phase: "finished", token: null, failures: 0, detail: null })
    const lastedMillis = (yield* Clock.currentTimeMillis) - startedMillis
    failures = lastedMillis >= goodTermMillis ? 1 : failures + 1
    yield* logEnd(singleton.name, exit.cause)
    yield* tell({ phase: "backing_off", token: null, failures, detail: describeFailure(exit.cause) })
    yield* isStale(exit.cause) ? Effect.sleep(retreatMillis) : sleepAfter(failures, backOff)
  }
})
