/** Proposes requests that a ledger has reason to refuse, each for something else. */
import { Asset } from "../../money/index.ts"
import { AccountCode } from "../Account.ts"
import { deriveTransferId } from "../deriveTransferId.ts"
import type { LinkedSet } from "../LedgerStore.ts"
import { maximumMinor } from "../model.ts"
import { IdempotencyKey, ReasonCode, type TransferRequest, VoidTransfer } from "../Transfer.ts"
import { type Bench, described, type Proposal, remade, repeatByKey, sensible } from "./proposals.ts"

const nowhere = AccountCode.make("nowhere")
const unknownId = deriveTransferId("history", "unknown")

/** Values that a field could be given instead; fields of other kinds of requests do nothing. */
const changes = ({ dice, model }: Bench): ReadonlyArray<object> => {
  const account = dice.pick(model.accounts)
  const transfer = dice.pick(model.transfers)
  return [
    { amountMinor: dice.pick([0n, -1n, 1n, maximumMinor, maximumMinor + 1n])! },
    { debit: nowhere },
    { credit: nowhere },
    { asset: Asset.AssetCode.make("NONE") },
    ...account === undefined ? [] : [{ debit: account.code }, { credit: account.code }, { asset: account.asset }],
    ...transfer === undefined ? [] : [{ pendingId: transfer.id }, { reverses: transfer.id }],
    { pendingId: unknownId },
    { reverses: unknownId },
    { expiresAtMillis: dice.pick([0, model.nowMillis, model.nowMillis + 1])! },
    { reason: ReasonCode.make("changed") },
    { reference: "changed" },
    { idempotencyKey: IdempotencyKey.make("changed") },
    { effectiveAtMillis: 0 },
    { metadata: { changed: "yes" } }
  ]
}

const spoiled = (bench: Bench, request: TransferRequest): TransferRequest =>
  remade(request, bench.dice.pick(changes(bench))!)

/** One request of a sensible set is spoiled. */
const spoil: Proposal = (bench) => {
  const set = bench.dice.pick(sensible)!(bench) ?? []
  const place = bench.dice.below(set.length)
  return set.map((request, index) => index === place ? spoiled(bench, request) : request)
}

/** An earlier request comes again with one field changed. */
const clash: Proposal = (bench) => {
  const asked = bench.dice.pick(bench.model.requests)
  return asked && [spoiled(bench, asked)]
}

const clashByKey: Proposal = (bench) => {
  const set = repeatByKey(bench)
  return set?.map((request) => spoiled(bench, request))
}

/** The id of an earlier request, for something of another kind. */
const reuse: Proposal = (bench) => {
  const asked = bench.dice.pick(bench.model.requests)
  return asked && [new VoidTransfer({ ...described(bench), pendingId: unknownId, id: asked.id })]
}

const twice = (set: LinkedSet): LinkedSet => [...set, ...set]

const repeatInSet: Proposal = (bench) => twice(bench.dice.pick(sensible)!(bench) ?? [])

/** The proposals, as often as they are to come. */
export const mistaken: ReadonlyArray<Proposal> = [spoil, spoil, spoil, clash, clash, clashByKey, reuse, repeatInSet]
