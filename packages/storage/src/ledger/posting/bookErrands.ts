/** Books the errands of several callers in one transaction. */
import type { LinkedSet, Outcome } from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import type { Bench } from "../Bench.ts"
import type { BookErrands, Errand, InTurn } from "./PostingLane.ts"

type Sets = ReadonlyArray<LinkedSet>
type Outcomes = ReadonlyArray<Outcome>

/** Ways to book sets: in a transaction of its own or in the surrounding one. */
interface Ways {
  readonly alone: (sets: Sets, inTurn: InTurn) => Effect.Effect<Outcomes, StorageError>
  readonly within: (sets: Sets) => Effect.Effect<Outcomes, StorageError>
}

const dealt = (lists: ReadonlyArray<Sets>, outcomes: Outcomes): ReadonlyArray<Outcomes> => {
  let next = 0
  return lists.map(({ length }) => outcomes.slice(next, next += length))
}

/** What each wants booked. One after the other: they share a connection. */
const prepared = (errands: ReadonlyArray<Errand>) =>
  Effect.forEach(errands, ({ prepare, sets }) => prepare ?? Effect.succeed(sets))

/** Preparations run first, so that their locks come before those of the ledger. */
export const makeBookErrands = ({ atomically }: Bench, { alone, within }: Ways): BookErrands => {
  const withPreparations: BookErrands = (errands, inTurn) =>
    inTurn(atomically(Effect.gen(function*() {
      const lists = yield* prepared(errands)
      const outcomes = dealt(lists, yield* within(lists.flat()))
      yield* Effect.forEach(errands, ({ settle }, index) => settle?.(outcomes[index]!) ?? Effect.void, {
        discard: true
      })
      return outcomes
    })))
  return (errands, inTurn) => {
    if (errands.some(({ prepare }) => prepare !== undefined)) return withPreparations(errands, inTurn)
    const lists = errands.map(({ sets }) => sets)
    return Effect.map(alone(lists.flat(), inTurn), (outcomes) => dealt(lists, outcomes))
  }
}
