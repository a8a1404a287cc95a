/** Looks for the shortest course that still fails. */
import * as Effect from "effect/Effect"

const cut = (steps: ReadonlyArray<number>, from: number, count: number): ReadonlyArray<number> =>
  steps.filter((_, index) => index < from || index >= from + count)

/**
 * Leaves steps out, in large pieces first, as long as `fails` says that what is left still fails; at most `maximumRuns`
 * times. `steps` must fail themselves. Answers with the shortest course found.
 */
export const shrink = <E, R>(
  steps: ReadonlyArray<number>,
  maximumRuns: number,
  fails: (steps: ReadonlyArray<number>) => Effect.Effect<boolean, E, R>
): Effect.Effect<ReadonlyArray<number>, E, R> =>
  Effect.gen(function*() {
    let best = steps
    let runs = 0
    for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = best.length - size; from > -size && runs < maximumRuns; from -= size) {
        const shorter = cut(best, Math.max(from, 0), size + Math.min(from, 0))
        runs += 1
        if (shorter.length < best.length && (yield* fails(shorter))) best = shorter
      }
    }
    return best
  })
