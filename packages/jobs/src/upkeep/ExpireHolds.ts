/** Releases the holds whose time has passed. */
import { LedgerStore } from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Engine, type Schedule, scheduled, type Stale, type Term } from "../engine/index.ts"

/** How often to look, and how many holds go in one transaction (1 to 1,000). */
export interface ExpireHoldsOptions {
  readonly everyMillis: number
  readonly limit: number
}

/** Every second, 100 holds a transaction. */
export const defaults: ExpireHoldsOptions = { everyMillis: 1000, limit: 100 }

/** Releases all that is due, `limit` at a time. Running it twice releases nothing twice. Answers how many. */
export const expireDue = Effect.fnUntraced(function*(
  term: Term,
  limit: number
): Effect.fn.Return<number, StorageError | Stale, LedgerStore> {
  const ledger = yield* LedgerStore
  let released = 0
  while (true) {
    const { length } = yield* term.guard(ledger.expireHolds(limit))
    released += length
    if (length < limit) return released
  }
})

/** The job. */
export const schedule = (
  { everyMillis, limit }: ExpireHoldsOptions
): Schedule<StorageError | Stale, LedgerStore> => ({
  name: "ledger.expire-holds",
  everyMillis,
  run: (term) =>
    Effect.flatMap(
      expireDue(term, limit),
      (released) => released === 0 ? Effect.void : Effect.logInfo(`released ${released} expired holds`)
    )
})

/** Keeps the job in office. */
export const layer = (options: ExpireHoldsOptions = defaults) =>
  Layer.effectDiscard(Engine.use((engine) => engine.start(scheduled(schedule(options)))))
