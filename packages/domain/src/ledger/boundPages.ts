/** Holds the pages of a ledger store to their bounds. */
import * as Effect from "effect/Effect"
import type { LedgerStore } from "./LedgerStore.ts"

type Store = LedgerStore["Service"]

/** The most that one page holds. */
const largestPage = 1000

/** A page of none never ends, and one without a bound holds the whole ledger. Neither can be asked for by mistake. */
const bounded = <A, E, R>(limit: number, effect: () => Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Number.isInteger(limit) && limit >= 1 && limit <= largestPage
    ? Effect.suspend(effect)
    : Effect.die(new RangeError(`a page of ${limit}: from 1 to ${largestPage}`))

/** A store that ends with a defect when it is asked for less than 1 or more than 1,000 at once. */
export const boundPages = (store: Store): Store => ({
  ...store,
  accounts: (query) => bounded(query.limit, () => store.accounts(query)),
  transfers: (query) => bounded(query.limit, () => store.transfers(query)),
  statement: (query) => bounded(query.limit, () => store.statement(query)),
  expireHolds: (limit) => bounded(limit, () => store.expireHolds(limit))
})
