/** Holds the pages of stores to their bounds. */
import { bounded } from "../../transaction/index.ts"
import type { EarningStore } from "./EarningStore.ts"
import type { PlayerStore } from "./PlayerStore.ts"

type Players = PlayerStore["Service"]
type Earnings = EarningStore["Service"]

/** A store of players that ends with a defect when it is asked for less than 1 or more than 1,000 at once. */
export const boundPlayerPages = (store: Players): Players => ({
  ...store,
  dueForReading: (atMillis, limit) => bounded(limit, () => store.dueForReading(atMillis, limit)),
  dueForVerification: (atMillis, limit) => bounded(limit, () => store.dueForVerification(atMillis, limit)),
  list: (query) => bounded(query.limit, () => store.list(query)),
  verifications: (playerId, limit) => bounded(limit, () => store.verifications(playerId, limit))
})

/** A store of earnings that ends with a defect when it is asked for less than 1 or more than 1,000 at once. */
export const boundEarningPages = (store: Earnings): Earnings => ({
  ...store,
  owedPlayers: (query) => bounded(query.limit, () => store.owedPlayers(query)),
  list: (query) => bounded(query.limit, () => store.list(query))
})
