/** Compares a request with the transfer that was booked for it before. */
import type { LedgerReason } from "../LedgerError.ts"
import type { Transfer, TransferKind, TransferRequest } from "../Transfer.ts"
import type { Expiry } from "./Expiry.ts"

/** How a request is booked. */
export const kindOf: Readonly<Record<(TransferRequest | Expiry)["_tag"], TransferKind>> = {
  Post: "post",
  Hold: "hold",
  Settle: "settle",
  Void: "void",
  Expire: "expire"
}

const sameEntries = (left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>): boolean => {
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key])
}

const sameTime = (asked: number | null, transfer: Transfer): boolean =>
  (asked ?? transfer.bookedAtMillis) === transfer.effectiveAtMillis

type Check = readonly [field: string, suffix: string, differs: boolean]

const movingChecks = (asked: TransferRequest, transfer: Transfer): ReadonlyArray<Check> =>
  asked._tag === "Post" || asked._tag === "Hold"
    ? [
      ["debit", "Debit", asked.debit !== transfer.debit],
      ["credit", "Credit", asked.credit !== transfer.credit],
      ["asset", "Asset", asked.asset !== transfer.asset],
      ["amountMinor", "Amount", asked.amountMinor !== transfer.amountMinor]
    ]
    : []

const settledAmount = (asked: TransferRequest, held: Transfer | undefined): bigint | undefined =>
  asked._tag === "Settle" ? asked.amountMinor ?? held?.amountMinor : undefined

const endingChecks = (asked: TransferRequest, transfer: Transfer, held: Transfer | undefined): ReadonlyArray<Check> => {
  const amountMinor = settledAmount(asked, held)
  return [
    ["amountMinor", "Amount", amountMinor !== undefined && amountMinor !== transfer.amountMinor],
    ["pendingId", "PendingId", ("pendingId" in asked ? asked.pendingId : null) !== transfer.pendingId]
  ]
}

const describedChecks = (asked: TransferRequest, transfer: Transfer): ReadonlyArray<Check> => [
  ["reverses", "Reverses", ("reverses" in asked ? asked.reverses : null) !== transfer.reverses],
  [
    "expiresAtMillis",
    "Expiry",
    ("expiresAtMillis" in asked ? asked.expiresAtMillis : null) !== transfer.expiresAtMillis
  ],
  ["reason", "Reason", asked.reason !== transfer.reason],
  ["reference", "Reference", asked.reference !== transfer.reference],
  ["idempotencyKey", "IdempotencyKey", asked.idempotencyKey !== transfer.idempotencyKey],
  ["effectiveAtMillis", "EffectiveTime", !sameTime(asked.effectiveAtMillis, transfer)],
  ["metadata", "Metadata", !sameEntries(asked.metadata, transfer.metadata)]
]

/**
 * The first field that differs, in the order of the reasons; undefined when the request is the same. `held` is what the
 * request would end: a settlement without an amount asks for all of that.
 */
export const firstDifference = (
  asked: TransferRequest,
  transfer: Transfer,
  held: Transfer | undefined
): { readonly field: string; readonly reason: LedgerReason } | undefined => {
  if (kindOf[asked._tag] !== transfer.kind) return { field: "kind", reason: "TransferExistsWithDifferentKind" }
  const found = [
    ...movingChecks(asked, transfer),
    ...endingChecks(asked, transfer, held),
    ...describedChecks(asked, transfer)
  ].find(([, , differs]) => differs)
  if (found === undefined) return undefined
  return { field: found[0], reason: `TransferExistsWithDifferent${found[1]}` as LedgerReason }
}
