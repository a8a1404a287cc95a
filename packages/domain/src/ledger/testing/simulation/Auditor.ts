/** Follows a simulated ledger on the reference model, and says what every call must have been answered. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { Transaction } from "../../../transaction/index.ts"
import { MemoryState } from "../../../transaction/testing/index.ts"
import { LedgerStore, type Transfer } from "../../index.ts"
import { layerMemory } from "../LedgerStoreMemory.ts"
import { type Snapshot, snapshot } from "../play.ts"
import { at } from "../standingClock.ts"
import { type Answer, ask, type Call } from "./calls.ts"
import { canonical } from "./canonical.ts"
import { Search } from "./Search.ts"
import { Unexplained, type Witnessed } from "./Witnessed.ts"

/** What is there after one moment. */
export interface Seen {
  readonly atMillis: number
  /** New transfers, in the order of the log. */
  readonly booked: ReadonlyArray<Transfer>
  /** All accounts, where the log alone may not tell what happened. */
  readonly accounts: Answer | undefined
}

/** The model of one simulated ledger. */
export interface Auditor {
  /** How many transfers there are. */
  readonly count: () => bigint
  /** The answer to a call that stands alone and only looks. */
  readonly predict: (call: Call, atMillis: number) => Effect.Effect<Answer>
  /**
   * Finds an order in which the calls of one moment, made one after the other, are answered as their callers were told
   * and book exactly what the log then shows as new. Answers with that order, without the calls that were undone.
   */
  readonly explain: (witnessed: ReadonlyArray<Witnessed>, seen: Seen) => Effect.Effect<ReadonlyArray<Call>, Unexplained>
  /** All that a ledger must hold now. */
  readonly snapshot: Effect.Effect<Snapshot>
}

const describe = (witnessed: ReadonlyArray<Witnessed>, booked: ReadonlyArray<string>): string =>
  [
    `no order explains ${witnessed.length} calls and ${booked.length} new transfers`,
    ...witnessed.map(({ call, told }) =>
      `  ${canonical(call)}\n    was told ${told._tag === "Answered" ? told.answer.text : `${told.why} (${told.fate})`}`
    ),
    ...booked.map((text) => `  booked ${text}`)
  ].join("\n")

const mayBeDone = ({ told }: Witnessed): boolean => told._tag === "Answered" || told.fate !== "undone"

/** The auditor of an empty ledger. */
export const makeAuditor: Effect.Effect<Auditor, never, Scope.Scope> = Effect.gen(function*() {
  const memory = yield* Layer.build(Layer.fresh(Layer.provideMerge(layerMemory, MemoryState.layer)))
  const store = Context.get(memory, LedgerStore)
  const { atomically } = Context.get(memory, Transaction)
  let count = 0n
  return {
    count: () => count,
    predict: (call, atMillis) => at(atMillis)(Effect.orDie(ask(store, call))),
    explain: (witnessed, { accounts, atMillis, booked }) =>
      Effect.suspend(() => {
        const texts = booked.map(canonical)
        const search = new Search({ store, atomically }, { before: count, booked: texts, accounts })
        return search.from(witnessed.filter(mayBeDone), 0).pipe(
          at(atMillis),
          Effect.mapError(() => new Unexplained({ why: describe(witnessed, texts) })),
          Effect.tap(() =>
            Effect.sync(() => {
              count += BigInt(booked.length)
            })
          )
        )
      }),
    snapshot: Effect.orDie(Effect.provideService(snapshot, LedgerStore, store))
  }
})
