/** Holds the pages of a store of signals to their bounds. */
import { bounded } from "../transaction/index.ts"
import type { RiskStore } from "./RiskStore.ts"

/** A store that ends with a defect when it is asked for less than 1 or more than 1,000 at once. */
export const boundSignalPages = (store: RiskStore["Service"]): RiskStore["Service"] => ({
  ...store,
  list: (query) => bounded(query.limit, () => store.list(query))
})
