/** Turns what was asked into requests of the ledger, looking up the transfers that it points to. */
import {
  deriveTransferId,
  HoldTransfer,
  type LedgerStore,
  PostTransfer,
  SettleTransfer,
  type TransferId,
  type TransferRequest,
  VoidTransfer
} from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import type { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { amountIn, type Asked } from "./Asked.ts"
import { Refused } from "./Refused.ts"

type Lookup = LedgerStore["Service"]["transfer"]

/** Whether the books must be looked at first: what is booked before it in the same file must be in them by then. */
export const looksUp = ({ amount, kind }: Asked): boolean =>
  kind === "reverse" || (kind === "settle" && amount !== undefined)

/** The same key names the same transfer, so that a file can be given again. */
const idOf = ({ fields }: Asked, index: number): Effect.Effect<TransferId, Refused> => {
  if (fields.id !== undefined) return Effect.succeed(fields.id)
  return fields.idempotency_key === undefined
    ? Effect.fail(
      new Refused({
        reason: "RequestMalformed",
        index,
        field: "id",
        detail: "give id or idempotency_key, so that giving it again books nothing twice"
      })
    )
    : Effect.succeed(deriveTransferId("purser ledger post", fields.idempotency_key))
}

const described = ({ fields }: Asked, id: TransferId) => ({
  id,
  reason: fields.reason!,
  reference: fields.reference ?? null,
  idempotencyKey: fields.idempotency_key ?? null,
  effectiveAtMillis: fields.effective_at ?? null,
  ...fields.metadata === undefined ? {} : { metadata: fields.metadata }
})

const exact = ({ amount }: Asked) => {
  if (amount?._tag !== "Exact") throw new Error("a post or a hold has an amount with its asset")
  return { asset: amount.asset, amountMinor: amount.minor }
}

/** The hold that a set settles: one that is booked, or one before it in the set. */
const heldAsset = (pendingId: TransferId, earlier: ReadonlyArray<TransferRequest>, lookup: Lookup) => {
  const here = earlier.find((request) => request._tag === "Hold" && request.id === pendingId)
  return here?._tag === "Hold"
    ? Effect.succeed(here.asset)
    : Effect.map(lookup(pendingId), (found) => Option.getOrUndefined(found)?.asset)
}

/** What a settlement moves, in the asset of its hold. Where there is no hold the ledger says so. */
const settledMinor = Effect.fnUntraced(function*(
  { amount, fields }: Asked,
  { earlier, index, lookup }: Surroundings
): Effect.fn.Return<bigint | null, Refused | StorageError> {
  if (amount === undefined) return null
  const asset = yield* heldAsset(fields.pending_id!, earlier, lookup)
  if (amount._tag === "Exact") {
    if (asset === undefined || asset === amount.asset) return amount.minor
    return yield* new Refused({
      reason: "AssetsMustMatch",
      index,
      field: "asset",
      detail: `the hold is of ${asset}, the amount of ${amount.asset}`
    })
  }
  if (asset === undefined) return null
  return yield* Effect.mapError(
    Effect.fromResult(amountIn(yield* Asset.Assets, asset, amount)),
    (problem) => new Refused({ ...problem, index })
  )
})

/** Where a request stands: its place in the set, what comes before it, and how booked transfers are found. */
export interface Surroundings {
  readonly index: number
  readonly earlier: ReadonlyArray<TransferRequest>
  readonly lookup: Lookup
}

/** The request of the ledger. */
export const resolve = Effect.fnUntraced(function*(
  asked: Asked,
  at: Surroundings
): Effect.fn.Return<TransferRequest, Refused | StorageError> {
  const { fields, kind } = asked
  const common = described(asked, yield* idOf(asked, at.index))
  switch (kind) {
    case "post":
      return new PostTransfer({
        ...common,
        ...exact(asked),
        debit: fields.debit!,
        credit: fields.credit!,
        reverses: fields.reverses ?? null
      })
    case "hold":
      return new HoldTransfer({
        ...common,
        ...exact(asked),
        debit: fields.debit!,
        credit: fields.credit!,
        expiresAtMillis: fields.expires_at ?? null
      })
    case "settle":
      return new SettleTransfer({
        ...common,
        pendingId: fields.pending_id!,
        amountMinor: yield* settledMinor(asked, at)
      })
    case "void":
      return new VoidTransfer({ ...common, pendingId: fields.pending_id! })
    case "reverse": {
      const original = yield* at.lookup(fields.reverses!)
      if (Option.isSome(original)) return PostTransfer.reversing(original.value, common)
      return yield* new Refused({
        reason: "ReversedTransferNotFound",
        index: at.index,
        field: "reverses",
        detail: fields.reverses!
      })
    }
  }
})
