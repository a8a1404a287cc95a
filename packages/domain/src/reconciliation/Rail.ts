/** Declares what the books are held against, and compares balances with the figure of a rail. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type AccountCode, balanceMinor, LedgerStore, type TrialBalance } from "../ledger/index.ts"
import type { StorageError } from "../transaction/index.ts"
import type { Difference } from "./Report.ts"

/**
 * Somebody who knows what the books should say. `compare` takes one look; it must see books and figure of one moment as
 * well as it can, and answers with a row a difference.
 */
export interface Rail<E, R> {
  readonly name: string
  readonly asset: string
  readonly compare: Effect.Effect<ReadonlyArray<Difference>, E, R>
}

/** A row where the two figures differ, none where they are the same. */
export const compared = (what: string, expectedMinor: bigint, actualMinor: bigint): ReadonlyArray<Difference> =>
  expectedMinor === actualMinor ? [] : [{ what, expectedMinor, actualMinor }]

const accountMinor = (code: AccountCode) =>
  LedgerStore.use((ledger) =>
    Effect.map(
      ledger.account(code),
      Option.match({ onNone: () => 0n, onSome: (account) => balanceMinor(account.normalSide, account) })
    )
  )

/** What a rail of one figure says of itself. */
export interface RailOfBalance<E, R> {
  readonly name: string
  readonly asset: string
  /** The accounts that together hold what the rail holds, each on its own side. One that is not open counts as 0. */
  readonly accounts: readonly [AccountCode, ...ReadonlyArray<AccountCode>]
  /** What the rail says that it holds, in minor units. */
  readonly figureMinor: Effect.Effect<bigint, E, R>
}

/** A rail that knows one figure: what it holds. Its row is called by its accounts. */
export const ofBalance = <E, R>(
  { accounts, asset, figureMinor, name }: RailOfBalance<E, R>
): Rail<E | StorageError, R | LedgerStore> => ({
  name,
  asset,
  compare: Effect.gen(function*() {
    const expectedMinor = yield* figureMinor
    const balances = yield* Effect.forEach(accounts, accountMinor)
    return compared(`account:${accounts.join("+")}`, expectedMinor, balances.reduce((sum, minor) => sum + minor, 0n))
  })
})

/** The name under which the books are held against themselves. */
export const books = "books"

/** What a sound ledger can not show: debits of an asset that are not equal to its credits, posted or pending. */
export const trialDifferences = (trial: TrialBalance): ReadonlyArray<Difference> => [
  ...compared("posted", trial.debitsPostedMinor, trial.creditsPostedMinor),
  ...compared("pending", trial.debitsPendingMinor, trial.creditsPendingMinor)
]
