/** Plants bugs between a ledger and its callers, such as a store could have. */
import { deriveTransferId, type LedgerStore, type TransferRequest } from "@purser/domain/ledger"
import type { Place, Process } from "@purser/domain/ledger/testing"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

type Store = LedgerStore["Service"]

const changed = (place: Place, change: (store: Store, process: Process) => Store): Place => ({
  ...place,
  start: Effect.map(place.start, (process) => ({ ...process, store: change(process.store, process) }))
})

/** Forgets long linked sets, but tells its callers that they were booked. */
const forgetsPosting = (place: Place): Place =>
  changed(place, (store) => ({
    ...store,
    post: (sets) =>
      sets.some((set) => set.length > 2)
        ? Effect.succeed(sets.map(() => Result.succeed({ transfers: [], replayed: false })))
        : store.post(sets)
  }))

const renamed = (request: TransferRequest): TransferRequest =>
  new (request.constructor as new(fields: object) => TransferRequest)({
    ...request,
    id: deriveTransferId("again", request.id),
    idempotencyKey: null
  })

/** Books a request that comes again once more, under another id. */
const postsTwice = (place: Place): Place => {
  const known = new Set<string>()
  return changed(place, (store) => ({
    ...store,
    post: (sets) =>
      store.post(sets.map((set) => {
        const isKnown = set.length > 0 && set.every(({ id }) => known.has(id))
        for (const { id } of set) known.add(id)
        return isKnown ? set.map(renamed) : set
      }))
  }))
}

/** Leaves the newest line out of statements of one account. */
const dropsEntry = (place: Place): Place =>
  changed(place, (store) => ({
    ...store,
    statement: (query) =>
      Effect.map(store.statement(query), (entries) => query.account === "bank:eur" ? entries.slice(1) : entries)
  }))

/** Says that nothing was booked when it is in doubt. */
const deniesDoubt = (place: Place): Place =>
  changed(place, (store) => ({
    ...store,
    post: (sets) =>
      Effect.catchIf(
        store.post(sets),
        ({ failure }) => failure === "InDoubt",
        () => Effect.succeed(sets.map(() => Result.succeed({ transfers: [], replayed: true })))
      )
  }))

/** Lets one account go a little below its limit by opening it with more overdraft than was asked for. */
const isGenerous = (place: Place): Place =>
  changed(place, (store) => ({
    ...store,
    openAccounts: (requests) =>
      Effect.map(
        store.openAccounts(
          requests.map((request) =>
            request.code === "user:1:eur" ? Object.assign(Object.create(request), { overdraftMinor: 1n }) : request
          )
        ),
        (answers) =>
          answers.map((answer) =>
            Result.map(
              answer,
              (account) => account.code === "user:1:eur" ? { ...account, overdraftMinor: 0n } : account
            )
          )
      )
  }))

/** Each bug by what it does. */
export const bugs: Readonly<Record<string, (place: Place) => Place>> = {
  "forgets a posting that it acknowledged": forgetsPosting,
  "posts twice what comes again": postsTwice,
  "drops an entry of a statement": dropsEntry,
  "denies that something is in doubt": deniesDoubt,
  "grants more than was asked for": isGenerous
}
