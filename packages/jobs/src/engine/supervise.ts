/** Keeps a singleton in office: takes a new term after each failure, and tells how it stands. */
import { Fence } from "@purser/storage"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { type BackOff, sleepAfter } from "./backOff.ts"
import { describeFailure } from "./describeFailure.ts"
import type { Singleton } from "./Singleton.ts"
import type { TermState } from "./TermState.ts"

/** How terms follow each other. `report` is told of every change. */
export interface Supervision {
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

const isStale = (exit: Exit.Exit<unknown, unknown>): boolean =>
  Exit.isFailure(exit) && exit.cause.reasons.some((reason) => reason._tag === "Fail" && Fence.isStale(reason.error))

/** Runs term after term until one ends by itself. Never fails. */
export const supervise = Effect.fnUntraced(function*<E, R>(singleton: Singleton<E, R>, supervision: Supervision) {
  const { backOff, report, retreatMillis } = supervision
  const { name } = singleton
  const tell = (change: Omit<TermState, "name" | "sinceMillis">) =>
    Effect.flatMap(Clock.currentTimeMillis, (sinceMillis) => report({ name, sinceMillis, ...change }))
  const term = (failures: number) =>
    Effect.gen(function*() {
      const fence = yield* Fence.take(name)
      yield* tell({ phase: "running", token: fence.token, failures, detail: null })
      yield* singleton.run(fence)
    })
  let failures = 0
  while (true) {
    const startedMillis = yield* Clock.currentTimeMillis
    const exit = yield* Effect.exit(term(failures))
    if (Exit.isSuccess(exit)) return yield* tell({ phase: "finished", token: null, failures: 0, detail: null })
    const lastedMillis = (yield* Clock.currentTimeMillis) - startedMillis
    failures = lastedMillis >= goodTermMillis ? 1 : failures + 1
    const detail = describeFailure(exit.cause)
    yield* Effect.logWarning(`${name}: term ended: ${detail}`, ...exit.cause.reasons.some((reason) => reason._tag === "Die") ? [exit.cause] : [])
    yield* tell({ phase: "backing_off", token: null, failures, detail })
    yield* isStale(exit) ? Effect.sleep(retreatMillis) : sleepAfter(failures, backOff)
  }
})
