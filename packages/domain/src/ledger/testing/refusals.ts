/** Lists sets that a ledger refuses, one for every reason, and in which order the reasons come. */
import { Asset } from "../../money/index.ts"
import type { LedgerReason } from "../LedgerError.ts"
import type { LinkedSet } from "../LedgerStore.ts"
import { maximumMinor } from "../model.ts"
import { IdempotencyKey, ReasonCode, type TransferRequest } from "../Transfer.ts"
import { remade } from "./proposals.ts"
import { codes, hold, idOf, laterMillis, post, refusedAtMillis, release, roomMinor, settle } from "./refusalBooks.ts"

/** A set that is refused on `refusalBooks`: why, at which place in the set, and for which field. */
export interface RefusedSet {
  readonly reason: LedgerReason
  readonly set: LinkedSet
  readonly index: number
  readonly field: string | undefined
}

const refused = (reason: LedgerReason, field: string | undefined, ...set: LinkedSet): RefusedSet => ({
  reason,
  set,
  index: set.length === 0 ? 0 : set.length - 1,
  field
})

const noAsset = Asset.AssetCode.make("NONE")
const tooMuch = maximumMinor + 1n
const unknown = idOf("unknown")

/** Takes the faults back one after the other: each rung has one less than the one before. */
const peel = <Request extends TransferRequest>(
  sound: Request,
  faults: Partial<Request>,
  rungs: ReadonlyArray<readonly [LedgerReason, keyof Request & string]>
): ReadonlyArray<RefusedSet> => {
  let request = remade(sound, faults)
  return rungs.map(([reason, field]) => {
    const rung = refused(reason, field, request)
    request = remade(request, { [field]: sound[field] })
    return rung
  })
}

const different = {
  reason: ReasonCode.make("other"),
  reference: "other",
  idempotencyKey: IdempotencyKey.make("other"),
  effectiveAtMillis: 1,
  metadata: { other: "yes" }
}
const describedRungs = [
  ["TransferExistsWithDifferentReason", "reason"],
  ["TransferExistsWithDifferentReference", "reference"],
  ["TransferExistsWithDifferentIdempotencyKey", "idempotencyKey"],
  ["TransferExistsWithDifferentEffectiveTime", "effectiveAtMillis"],
  ["TransferExistsWithDifferentMetadata", "metadata"]
] as const
const movingRungs = [
  ["TransferExistsWithDifferentDebit", "debit"],
  ["TransferExistsWithDifferentCredit", "credit"],
  ["TransferExistsWithDifferentAsset", "asset"],
  ["TransferExistsWithDifferentAmount", "amountMinor"]
] as const
const nothingMoves = { debit: codes.nowhere, credit: codes.nowhere, asset: noAsset, amountMinor: 0n }

const anySet = [
  refused("LinkedSetIsEmpty", undefined),
  refused("TransferIdRepeatedInSet", "id", post("posted", { asset: noAsset }), post("posted", different)),
  refused("TransferExistsWithDifferentKind", "kind", settle("posted", "unknown", different))
]

const postThatExists = peel(
  post("posted"),
  { ...nothingMoves, ...different, reverses: unknown },
  [...movingRungs, ["TransferExistsWithDifferentReverses", "reverses"], ...describedRungs]
)

const holdThatExists = peel(
  hold("later", { expiresAtMillis: laterMillis }),
  { ...nothingMoves, ...different, expiresAtMillis: 0 },
  [...movingRungs, ["TransferExistsWithDifferentExpiry", "expiresAtMillis"], ...describedRungs]
)

/** A settlement in part that comes again in full, for another hold. */
const settlementThatExists = peel(
  settle("settlement", "settled", { amountMinor: 60n }),
  { ...different, pendingId: idOf("held"), amountMinor: null },
  [
    ["TransferExistsWithDifferentAmount", "amountMinor"],
    ["TransferExistsWithDifferentPendingId", "pendingId"],
    ...describedRungs
  ]
)

const voidThatExists = peel(
  release("voiding", "voided"),
  { ...different, pendingId: unknown },
  [["TransferExistsWithDifferentPendingId", "pendingId"], ...describedRungs]
)

const key = IdempotencyKey.make("key")
const keyThatExists = [
  refused("IdempotencyKeyUsedWithDifferentRequest", "kind", release("k1", "unknown", { idempotencyKey: key })),
  refused("IdempotencyKeyUsedWithDifferentRequest", "asset", post("k2", { idempotencyKey: key, asset: noAsset })),
  refused(
    "IdempotencyKeyUsedWithDifferentRequest",
    "metadata",
    post("k3", { idempotencyKey: key, metadata: { a: "" } })
  )
]

const { closed, closedToo, coins, elsewhere, full, nowhere, one, poor, source, stock, two } = codes

const newPost = [
  refused("AssetUnknown", "asset", post("n1", { ...nothingMoves, reverses: unknown })),
  refused("AmountMustBePositive", "amountMinor", post("n2", { debit: one, credit: one, amountMinor: 0n })),
  refused("AmountMustBePositive", "amountMinor", post("n3", { debit: one, credit: one, amountMinor: -1n })),
  refused("AmountOverflows", "amountMinor", post("n4", { debit: one, credit: one, amountMinor: tooMuch })),
  refused("AccountsMustDiffer", "credit", post("n5", { debit: nowhere, credit: nowhere, reverses: unknown })),
  refused("ReversedTransferNotFound", "reverses", post("n6", { debit: nowhere, reverses: unknown })),
  refused("ReversedTransferMustBePosted", "reverses", post("n7", { debit: nowhere, reverses: idOf("held") })),
  refused("TransferAlreadyReversed", "reverses", post("n8", { debit: nowhere, reverses: idOf("original") })),
  refused("ReversalMustMirrorTransfer", "reverses", post("n9", { debit: nowhere, reverses: idOf("posted") })),
  refused(
    "ReversalMustMirrorTransfer",
    "reverses",
    post("n20", { debit: two, credit: one, asset: Asset.XMR.code, reverses: idOf("posted") })
  ),
  refused("DebitAccountNotFound", "debit", post("n10", { debit: nowhere, credit: elsewhere })),
  refused("CreditAccountNotFound", "credit", post("n11", { debit: coins, credit: elsewhere })),
  refused("AssetsMustMatch", "debit", post("n12", { debit: coins, credit: closed })),
  refused("AssetsMustMatch", "credit", post("n13", { debit: closed, credit: coins })),
  refused("DebitAccountClosed", "debit", post("n14", { debit: closed, credit: closedToo })),
  refused("CreditAccountClosed", "credit", post("n15", { debit: source, credit: closed, amountMinor: 51n })),
  refused("TotalOverflows", "debit", post("n16", { debit: source, credit: full, amountMinor: roomMinor + 1n })),
  refused("TotalOverflows", "credit", post("n17", { debit: poor, credit: full, amountMinor: roomMinor + 1n })),
  refused("InsufficientFunds", "debit", post("n18", { debit: poor, credit: stock, amountMinor: 1n })),
  refused("InsufficientFunds", "credit", post("n19", { debit: two, credit: stock, amountMinor: 1n }))
]

const newHold = [
  refused("AccountsMustDiffer", "credit", hold("h1", { debit: nowhere, credit: nowhere, expiresAtMillis: 0 })),
  refused(
    "ExpiryMustBeInTheFuture",
    "expiresAtMillis",
    hold("h2", { debit: nowhere, expiresAtMillis: refusedAtMillis })
  ),
  refused("DebitAccountNotFound", "debit", hold("h3", { debit: nowhere, credit: elsewhere })),
  refused("InsufficientFunds", "debit", hold("h4", { debit: poor, credit: stock, amountMinor: 1n }))
]

const exceeding = { amountMinor: 101n }
const ending = [
  refused("AmountMustBePositive", "amountMinor", settle("e1", "unknown", { amountMinor: 0n })),
  refused("AmountOverflows", "amountMinor", settle("e2", "unknown", { amountMinor: tooMuch })),
  refused("PendingTransferNotFound", "pendingId", settle("e3", "unknown")),
  refused("TransferIsNotPending", "pendingId", settle("e4", "posted", exceeding)),
  refused("TransferIsNotPending", "pendingId", settle("e11", "settlement", exceeding)),
  refused("TransferIsNotPending", "pendingId", release("e12", "voiding")),
  refused("PendingTransferAlreadySettled", "pendingId", settle("e5", "settled", exceeding)),
  refused("PendingTransferAlreadyVoided", "pendingId", settle("e6", "voided", exceeding)),
  refused("PendingTransferExpired", "pendingId", settle("e7", "expired", exceeding)),
  refused("PendingTransferExpired", "pendingId", settle("e8", "due", exceeding)),
  refused("AmountExceedsPendingTransfer", "amountMinor", settle("e9", "held", exceeding)),
  refused("AmountExceedsPendingTransfer", "amountMinor", settle("e10", "later", exceeding))
]

/**
 * Sets that any store refuses at `refusedAtMillis` on `refusalBooks`, in ladders: each rung also has the faults of those
 * below it, and is refused for the first. Refusals leave no trace, so all can be posted one after the other.
 */
export const refusalLadders: Readonly<Record<string, ReadonlyArray<RefusedSet>>> = {
  anySet,
  postThatExists,
  holdThatExists,
  settlementThatExists,
  voidThatExists,
  keyThatExists,
  newPost,
  newHold,
  ending
}
