/** Decides what becomes of a request to open or close an account. */
import * as Result from "effect/Result"
import type { Asset } from "../money/index.ts"
import type { Account, AccountRequest } from "./Account.ts"
import { AccountError } from "./LedgerError.ts"

const sameMetadata = (left: Account["metadata"], right: Account["metadata"]): boolean => {
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key])
}

const fields = ["asset", "normalSide", "balanceRule", "overdraftMinor"] as const

const differingField = (request: AccountRequest, existing: Account): string | undefined =>
  fields.find((field) => request[field] !== existing[field])
    ?? (sameMetadata(request.metadata, existing.metadata) ? undefined : "metadata")

/** The account to write, or the one that exists with the same fields. */
export const decideOpen = (
  request: AccountRequest,
  existing: Account | undefined,
  at: { readonly openedAtMillis: number; readonly assets: ReadonlyArray<Asset.Asset> }
): Result.Result<{ readonly account: Account; readonly isNew: boolean }, AccountError> => {
  if (!at.assets.some(({ code }) => code === request.asset)) {
    return Result.fail(new AccountError({ reason: "AssetUnknown", code: request.code, field: "asset" }))
  }
  if (existing === undefined) return Result.succeed({ account: opened(request, at.openedAtMillis), isNew: true })
  const field = differingField(request, existing)
  return field === undefined
    ? Result.succeed({ account: existing, isNew: false })
    : Result.fail(new AccountError({ reason: "AccountExistsWithDifferentFields", code: request.code, field }))
}

const opened = (request: AccountRequest, openedAtMillis: number): Account => ({
  code: request.code,
  asset: request.asset,
  normalSide: request.normalSide,
  balanceRule: request.balanceRule,
  overdraftMinor: request.overdraftMinor,
  metadata: request.metadata,
  state: "open",
  debitsPostedMinor: 0n,
  debitsPendingMinor: 0n,
  creditsPostedMinor: 0n,
  creditsPendingMinor: 0n,
  version: 0n,
  openedAtMillis
})

/** The account as closed. Refused while amounts are pending; closing twice is fine. */
export const decideClose = (code: string, existing: Account | undefined): Result.Result<Account, AccountError> => {
  if (existing === undefined) return Result.fail(new AccountError({ reason: "AccountNotFound", code }))
  return existing.debitsPendingMinor > 0n || existing.creditsPendingMinor > 0n
    ? Result.fail(new AccountError({ reason: "AccountHasPendingTransfers", code }))
    : Result.succeed({ ...existing, state: "closed" })
}
