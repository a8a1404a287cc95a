/** Models what callers ask of a ledger, and what they are told. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { StorageError } from "../../../transaction/index.ts"
import type {
  AccountCode,
  AccountError,
  AccountRequest,
  LedgerStore,
  LinkedSet,
  Outcome,
  Transfer,
  TransferId,
  TransferQuery
} from "../../index.ts"
import { canonical } from "./canonical.ts"

type Store = LedgerStore["Service"]

/** A call that may change the ledger. */
export type Command =
  | { readonly _tag: "OpenAccounts"; readonly requests: ReadonlyArray<AccountRequest> }
  | { readonly _tag: "Post"; readonly sets: ReadonlyArray<LinkedSet> }
  | { readonly _tag: "ExpireHolds"; readonly limit: number }
  | { readonly _tag: "CloseAccount"; readonly code: AccountCode }

/** A call that only looks. */
export type Look =
  | { readonly _tag: "Account"; readonly code: AccountCode }
  | { readonly _tag: "Accounts"; readonly prefix: string }
  | { readonly _tag: "Transfer"; readonly id: TransferId }
  | { readonly _tag: "Statement"; readonly query: Parameters<Store["statement"]>[0] }
  | { readonly _tag: "BalanceAt"; readonly account: AccountCode; readonly at: Parameters<Store["balanceAt"]>[1] }
  | { readonly _tag: "Transfers"; readonly query: TransferQuery }
  | { readonly _tag: "TrialBalance" }

/** One call of the store. */
export type Call = Command | Look

/**
 * What a store answered: the whole of it as text to compare, some words of it for people, and the transfers of what it says
 * was booked now; parts of a linked set can have been booked before.
 */
export interface Answer {
  readonly text: string
  readonly brief: string
  readonly transfers: ReadonlyArray<Transfer>
}

const answer = (value: unknown, brief: string, transfers: ReadonlyArray<Transfer> = []): Answer => ({
  text: canonical(value),
  brief,
  transfers
})

const sequences = (transfers: ReadonlyArray<Transfer>): string =>
  transfers.map(({ sequence }) => `#${sequence}`).join(" ")

const briefOutcome = (outcome: Outcome): string =>
  Result.isSuccess(outcome)
    ? `${outcome.success.replayed ? "again " : ""}${sequences(outcome.success.transfers)}`
    : outcome.failure.reason

const briefAccount = (answered: Result.Result<unknown, AccountError>): string =>
  Result.isSuccess(answered) ? "yes" : answered.failure.reason

const transfersOf = (outcomes: ReadonlyArray<Outcome>): ReadonlyArray<Transfer> =>
  outcomes.flatMap((outcome) => Result.isSuccess(outcome) && !outcome.success.replayed ? outcome.success.transfers : [])

const command = (store: Store, call: Command): Effect.Effect<Answer, StorageError> => {
  switch (call._tag) {
    case "OpenAccounts":
      return Effect.map(
        store.openAccounts(call.requests),
        (answers) => answer(answers, answers.map(briefAccount).join(", "))
      )
    case "Post":
      return Effect.map(
        store.post(call.sets),
        (outcomes) => answer(outcomes, outcomes.map(briefOutcome).join(", "), transfersOf(outcomes))
      )
    case "ExpireHolds":
      return Effect.map(
        store.expireHolds(call.limit),
        (transfers) => answer(transfers, sequences(transfers), transfers)
      )
    case "CloseAccount":
      return Effect.map(store.closeAccount(call.code), (answered) => answer(answered, briefAccount(answered)))
  }
}

const look = (store: Store, call: Look): Effect.Effect<unknown, StorageError> => {
  switch (call._tag) {
    case "Account":
      return store.account(call.code)
    case "Accounts":
      return store.accounts({ prefix: call.prefix, limit: 1000 })
    case "Transfer":
      return store.transfer(call.id)
    case "Statement":
      return store.statement(call.query)
    case "BalanceAt":
      return store.balanceAt(call.account, call.at)
    case "Transfers":
      return store.transfers(call.query)
    case "TrialBalance":
      return store.trialBalance
  }
}

/** Whether the call may change the ledger. */
export const isCommand = (call: Call): call is Command =>
  call._tag === "OpenAccounts" || call._tag === "Post" || call._tag === "ExpireHolds" || call._tag === "CloseAccount"

/** Makes the call. */
export const ask = (store: Store, call: Call): Effect.Effect<Answer, StorageError> =>
  isCommand(call) ? command(store, call) : Effect.map(look(store, call), (value) => answer(value, "seen"))

const briefSet = (set: LinkedSet): string => set.map(({ _tag, id }) => `${_tag} ${id.slice(0, 8)}`).join(" + ")

/** Some words of a call. */
export const briefCall = (call: Call): string => {
  switch (call._tag) {
    case "OpenAccounts":
      return `open ${call.requests.map(({ code }) => code).join(" ")}`
    case "Post":
      return `post ${call.sets.map(briefSet).join(", ")}`
    case "ExpireHolds":
      return `expire at most ${call.limit}`
    case "CloseAccount":
      return `close ${call.code}`
    default:
      return `look ${canonical(call)}`
  }
}
