/** Holds the pages of a ledger store to their bounds. */
import { bounded } from "../transaction/index.ts"
import type { LedgerStore } from "./LedgerStore.ts"

type Store = LedgerStore["Service"]

/** A store that ends with a defect when it is asked for less than 1 or more than 1,000 at once. */
export const boundPages = (store: Store): Store => ({
  ...store,
  accounts: (query) => bounded(query.limit, () => store.accounts(query)),
  transfers: (query) => bounded(query.limit, () => store.transfers(query)),
  statement: (query) => bounded(query.limit, () => store.statement(query)),
  expireHolds: (limit) => bounded(limit, () => store.expireHolds(limit))
})
