/** Books what work in a transaction asks for, in that transaction. */
import * as Effect from "effect/Effect"
import type { StorageError, Transaction } from "../transaction/index.ts"
import type { LedgerError } from "./LedgerError.ts"
import type { LedgerStore, Work, WorkBooked } from "./LedgerStore.ts"

/** `LedgerStore.postWith` for a store that has no shorter way: one transaction, or a savepoint of the surrounding one. */
export const postWithin = (
  { atomically }: Transaction["Service"],
  post: LedgerStore["Service"]["post"]
): LedgerStore["Service"]["postWith"] =>
<A, E, R>(work: Effect.Effect<Work<A>, E, R>): Effect.Effect<WorkBooked<A>, E | LedgerError | StorageError, R> =>
  atomically(Effect.gen(function*() {
    const { sets, value } = yield* work
    const booked = yield* Effect.forEach(yield* post(sets), Effect.fromResult)
    return { value, booked }
  }))
