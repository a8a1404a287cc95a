/** Keeps signals, reviews and profiles in memory. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { PlayerId } from "../../rewards/index.ts"
import { StorageError } from "../../transaction/index.ts"
import { MemoryState, type MemoryTable } from "../../transaction/testing/index.ts"
import {
  boundSignalPages,
  type DedupeKey,
  type OutcomeRules,
  type PlayProfile,
  type RaisedSignal,
  type Review,
  RiskStore,
  type Signal,
  type SignalQuery
} from "../index.ts"

/** A signal with all reviews of it, oldest first, each with its place among all reviews. */
interface KeptSignal extends Omit<RaisedSignal, "review"> {
  readonly reviews: ReadonlyArray<{ readonly place: bigint; readonly review: Review }>
}
type Signals = MemoryTable<DedupeKey, KeptSignal>

const raisedOf = ({ reviews, ...raised }: KeptSignal): RaisedSignal => ({
  sequence: raised.sequence,
  raisedAtMillis: raised.raisedAtMillis,
  signal: raised.signal,
  review: reviews.at(-1)?.review ?? null
})

const byPlace = (left: bigint, right: bigint): number => left < right ? -1 : 1

const oldestFirst = (signals: Signals): ReadonlyArray<KeptSignal> =>
  [...signals.values()].sort((left, right) => byPlace(left.sequence, right.sequence))

const caseOf = (kept: ReadonlyArray<KeptSignal>): OutcomeRules.Case => ({
  signals: kept.map(({ signal }) => signal),
  reviews: kept.flatMap(({ reviews }) => reviews)
    .sort((left, right) => byPlace(left.place, right.place))
    .map(({ review }) => review)
})

const isAsked = ({ reviews, sequence, signal }: KeptSignal, { before, isOpen, playerId }: SignalQuery): boolean =>
  (playerId === undefined || signal.playerId === playerId) &&
  (isOpen === undefined || isOpen === (reviews.length === 0)) &&
  (before === undefined || sequence < before)

const isForgettable = ({ raisedAtMillis, reviews }: KeptSignal, beforeMillis: number): boolean =>
  raisedAtMillis < beforeMillis && reviews.at(-1)?.review.verdict !== "confirmed"

const isOf = (playerIds: ReadonlyArray<PlayerId>) => {
  const asked = new Set(playerIds)
  return ({ signal }: KeptSignal): boolean => asked.has(signal.playerId)
}

const unknownSignal = new StorageError({ failure: "Broken", operation: "RiskStore.addReview", cause: "no such signal" })

/** A `RiskStore` on tables. Who the players are it does not ask. */
export const layerMemory: Layer.Layer<RiskStore, never, MemoryState> = Layer.effect(
  RiskStore,
  Effect.gen(function*() {
    const { cell, statement, table } = yield* MemoryState
    const profiles = table<PlayerId, PlayProfile>()
    const signals: Signals = table()
    const counter = cell(0n)
    const next = (): bigint => {
      counter.set(counter.get() + 1n)
      return counter.get()
    }
    const raise = (signal: Signal, raisedAtMillis: number): boolean => {
      if (signals.get(signal.dedupeKey) !== undefined) return false
      signals.set(signal.dedupeKey, { sequence: next(), raisedAtMillis, signal, reviews: [] })
      return true
    }
    const addReview = (review: Review): boolean => {
      const kept = signals.get(review.dedupeKey)
      if (kept === undefined) return false
      signals.set(review.dedupeKey, { ...kept, reviews: [...kept.reviews, { place: next(), review }] })
      return true
    }
    const remove = (matches: (kept: KeptSignal) => boolean): number => {
      const gone = [...signals.values()].filter(matches)
      for (const { signal } of gone) signals.delete(signal.dedupeKey)
      return gone.length
    }
    return RiskStore.of(boundSignalPages({
      profiles: (ids) => statement(() => [...new Set(ids)].flatMap((id) => profiles.get(id) ?? [])),
      putProfiles: (changed) =>
        statement(() => {
          for (const profile of changed) profiles.set(profile.playerId, profile)
        }),
      raise: (raised, atMillis) => statement(() => raised.filter((signal) => raise(signal, atMillis))),
      cases: (ids) =>
        statement(() => {
          const kept = oldestFirst(signals)
          return new Map(ids.map((id) => [id, caseOf(kept.filter(isOf([id])))]))
        }),
      byKey: (key) => statement(() => Option.map(Option.fromUndefinedOr(signals.get(key)), raisedOf)),
      list: (query) =>
        statement(() =>
          oldestFirst(signals).filter((kept) => isAsked(kept, query)).toReversed().slice(0, query.limit).map(raisedOf)
        ),
      addReview: (review) =>
        Effect.flatMap(
          statement(() => addReview(review)),
          (isKept) => isKept ? Effect.void : Effect.fail(unknownSignal)
        ),
      prune: (beforeMillis) => statement(() => remove((kept) => isForgettable(kept, beforeMillis))),
      forget: (playerId) =>
        statement(() => {
          profiles.delete(playerId)
          remove(isOf([playerId]))
        })
    }))
  })
)
