/** Chooses what a search reads along. */
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import type { Bench } from "../Bench.ts"
import type { Stretch } from "../spans/Span.ts"
import type { Condition } from "./conditions.ts"
import type { Criteria, Criterion } from "./Criterion.ts"
import { log, makeReads, type Order, type Source } from "./sources.ts"

/** What is read along, and what is left to be checked. */
export interface Route {
  readonly source: Source
  readonly checks: ReadonlyArray<Condition>
  /** What to read along once this has taken long. */
  readonly instead: Source | undefined
}

type Found = Criterion & { readonly source: Source }

/** So many of a kind are looked up to tell how far apart they are. */
const sample = 1024

/** Makes the choice: the source whose transfers are farthest apart where the page begins, or that has few left. */
export const makeChooseRoute = (
  bench: Bench
): (criteria: Criteria, stretch: Stretch, order: Order) => Effect.Effect<Route, SqlError> => {
  /** How many transfers of the log go by until some have come; undefined when there are not that many. */
  const reachOf = ({ apart, source }: Found, stretch: Stretch, order: Order) => {
    if (apart !== undefined) return Effect.succeed(apart * BigInt(sample))
    return Effect.map(makeReads(bench, order).endOf(source, stretch, sample), (end) => {
      if (end === undefined) return undefined
      return order === "oldest_first" ? end - stretch.after : stretch.upTo - end
    })
  }
  const rarest = Effect.fnUntraced(function*(found: ReadonlyArray<Found>, stretch: Stretch, order: Order) {
    let [best] = found
    if (found.length === 1) return best
    let farthest = 0n
    for (const one of found) {
      const reach = yield* reachOf(one, stretch, order)
      if (reach === undefined) return one
      if (reach > farthest) [best, farthest] = [one, reach]
    }
    return best
  })
  return Effect.fnUntraced(function*({ all, manyAccounts }, stretch, order) {
    const best = yield* rarest(all.filter((one): one is Found => one.source !== undefined), stretch, order)
    const checks = all.filter((one) => one !== best).map(({ condition }) => condition)
    return best === undefined
      ? { source: log, checks, instead: manyAccounts }
      : { source: best.source, checks, instead: undefined }
  })
}
