/** Takes random steps through the store of signals, reviews and profiles. */
import { PlayerId, PlayerStore } from "@purser/domain/rewards"
import { playerOf } from "@purser/domain/rewards/testing"
import { PlayProfile, type RaisedSignal, RiskStore, type Signal, SpikeRules, Verdict } from "@purser/domain/risk"
import { reviewOf, signalOf } from "@purser/domain/risk/testing"
import { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Draws } from "../model/draws.ts"
import { perhapsInTransaction, type Step } from "../model/wander.ts"

const names = ["risk-a", "risk-b", "risk-c"]
const ids = names.map((name) => PlayerId.make(name))

/** Players are there before anything is kept of them. */
const enrolled = PlayerStore.use((players) =>
  Effect.flatMap(
    players.byIds(ids),
    (found) => found.length > 0 ? Effect.void : players.put(names.map((name) => playerOf(name)))
  )
)

const signal = (draws: Draws): Signal => {
  const index = draws.below(15)
  return signalOf(`walk/${index}`, { playerId: ids[index % 3]!, value: draws.below(9) })
}

const profile = (draws: Draws): PlayProfile =>
  new PlayProfile({
    playerId: draws.oneOf(ids),
    reading: null,
    baseline: new SpikeRules.Baseline({ ...SpikeRules.emptyBaseline, windows: draws.below(9) })
  })

/** Numbers may have gaps, so only their order counts. */
const withoutNumbers = (raised: ReadonlyArray<RaisedSignal>) =>
  raised.map(({ raisedAtMillis, review, signal }) => ({ raisedAtMillis, review, signal }))

const byPlayer = (profiles: ReadonlyArray<PlayProfile>): ReadonlyArray<PlayProfile> =>
  profiles.toSorted((left, right) => left.playerId < right.playerId ? -1 : 1)

/** Fifteen events of three players, raised, decided about and forgotten. */
export const riskStep = (draws: Draws): Step => {
  const some = Array.from({ length: draws.below(4) }, () => signal(draws))
  const profiles = Array.from({ length: draws.below(4) }, () => profile(draws))
  const one = signal(draws)
  const atMillis = draws.below(50)
  const review = reviewOf(one, { verdict: draws.oneOf(Verdict.literals), atMillis })
  const query = {
    limit: 1 + draws.below(6),
    ...draws.oneOf([{}, { playerId: one.playerId }]),
    ...draws.oneOf([{}, { isOpen: true }, { isOpen: false }])
  }
  const isRare = draws.below(4) === 0
  const step = draws.oneOf<Step>([
    RiskStore.use((risk) => risk.raise(some, atMillis)),
    RiskStore.use((risk) => risk.raise(some, atMillis)),
    RiskStore.use((risk) => risk.addReview(review)),
    RiskStore.use((risk) => risk.addReview(review)),
    RiskStore.use((risk) => risk.putProfiles(profiles)),
    RiskStore.use((risk) => Effect.map(risk.profiles(ids), byPlayer)),
    RiskStore.use((risk) => risk.cases(ids)),
    RiskStore.use((risk) => Effect.map(risk.list(query), withoutNumbers)),
    RiskStore.use((risk) => Effect.map(risk.list(query), withoutNumbers)),
    RiskStore.use((risk) => Effect.map(risk.byKey(one.dedupeKey), (found) => withoutNumbers(Option.toArray(found)))),
    RiskStore.use((risk) => risk.prune(isRare ? atMillis : 0)),
    RiskStore.use((risk) => isRare ? risk.forget(one.playerId) : Effect.void)
  ])
  return perhapsInTransaction(
    draws,
    Effect.mapError(
      Effect.andThen(enrolled, step),
      (error) => error instanceof StorageError ? `${error.operation} is ${error.failure}` : error
    )
  )
}
