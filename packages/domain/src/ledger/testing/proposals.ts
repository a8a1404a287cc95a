/** Proposes requests that a ledger has reason to take. */
import type { Account } from "../Account.ts"
import { deriveTransferId } from "../deriveTransferId.ts"
import type { LinkedSet } from "../LedgerStore.ts"
import { maximumMinor } from "../model.ts"
import {
  HoldTransfer,
  IdempotencyKey,
  PostTransfer,
  ReasonCode,
  SettleTransfer,
  type TransferRequest,
  VoidTransfer
} from "../Transfer.ts"
import type { Dice } from "./Dice.ts"
import type { HistoryModel } from "./HistoryModel.ts"

/** What requests are proposed from. `serial` counts them, so that each has an id of its own. */
export interface Bench {
  readonly dice: Dice
  readonly model: HistoryModel
  readonly serial: () => number
}

/** Proposes a set; none when the ledger has nothing to propose it on. */
export type Proposal = (bench: Bench) => LinkedSet | undefined

const hourMillis = 3_600_000
const reasons = ["sale", "refund", "ticket.claimed"].map((reason) => ReasonCode.make(reason))

/** What any request carries: a fresh id, and now and then each of the rest. */
export const described = ({ dice, model, serial }: Bench) => {
  const number = serial()
  return {
    id: deriveTransferId("history", String(number)),
    reason: dice.pick(reasons)!,
    reference: dice.oneIn(3) ? `document ${dice.below(5)}` : null,
    idempotencyKey: dice.oneIn(4) ? IdempotencyKey.make(`key-${number}`) : null,
    effectiveAtMillis: dice.oneIn(4) ? model.nowMillis + (dice.below(49) - 24) * hourMillis : null,
    metadata: dice.oneIn(4) ? { order: String(dice.below(9)), note: "größer ≥ 1" } : {}
  }
}

/** Two accounts of one asset, and an amount that they may well bear. */
const moved = ({ dice, model }: Bench) => {
  const open = model.accounts.filter(({ state }) => state === "open")
  const debit = dice.pick(open)
  const credit = dice.pick(open.filter(({ asset, code }) => asset === debit?.asset && code !== debit.code))
  if (debit === undefined || credit === undefined) return undefined
  const most = bearable(debit, credit)
  if (most <= 0n) return undefined
  return { debit: debit.code, credit: credit.code, asset: debit.asset, amountMinor: dice.amountMinor(most) }
}

const smaller = (left: bigint, right: bigint): bigint => left < right ? left : right

const bearable = (debit: Account, credit: Account): bigint => {
  const debits = debit.debitsPostedMinor + debit.debitsPendingMinor
  const credits = credit.creditsPostedMinor + credit.creditsPendingMinor
  return [
    maximumMinor - credits,
    ...debit.balanceRule === "debits_at_most_credits" ? [debit.creditsPostedMinor + debit.overdraftMinor - debits] : [],
    ...credit.balanceRule === "credits_at_most_debits"
      ? [credit.debitsPostedMinor + credit.overdraftMinor - credits]
      : []
  ].reduce(smaller, maximumMinor - debits)
}

const post: Proposal = (bench) => {
  const moving = moved(bench)
  return moving && [new PostTransfer({ ...described(bench), ...moving, reverses: null })]
}

const hold: Proposal = (bench) => {
  const moving = moved(bench)
  if (moving === undefined) return undefined
  const { dice, model } = bench
  const expiresAtMillis = dice.oneIn(2) ? model.nowMillis + 1 + dice.below(48 * hourMillis) : null
  return [new HoldTransfer({ ...described(bench), ...moving, expiresAtMillis })]
}

/** Ends a hold of that amount in full, in part, or not at all. */
const end = (bench: Bench, held: Pick<HoldTransfer, "id" | "amountMinor">): TransferRequest => {
  const { dice } = bench
  const pendingId = held.id
  if (dice.oneIn(3)) return new VoidTransfer({ ...described(bench), pendingId })
  const amountMinor = dice.oneIn(2) ? dice.amountMinor(held.amountMinor) : null
  return new SettleTransfer({ ...described(bench), pendingId, amountMinor })
}

const endHold: Proposal = (bench) => {
  const held = bench.dice.pick(bench.model.pendingHolds)
  return held && [end(bench, held)]
}

const reverse: Proposal = (bench) => {
  const original = bench.dice.pick(bench.model.reversible)
  if (original === undefined) return undefined
  const { amountMinor, asset, credit, debit, id } = original
  const mirrored = { debit: credit, credit: debit, asset, amountMinor, reverses: id }
  return [new PostTransfer({ ...described(bench), ...mirrored })]
}

const holdAndEnd: Proposal = (bench) => {
  const set = hold(bench)
  return set && [...set, end(bench, set[0] as HoldTransfer)]
}

const singles = [post, hold, endHold, reverse, holdAndEnd]

const linked: Proposal = (bench) => {
  const parts = Array.from({ length: 2 + bench.dice.below(3) }, () => bench.dice.pick(singles)!(bench))
  return parts.flatMap((part) => part ?? [])
}

const repeat: Proposal = ({ dice, model }) => {
  const asked = dice.pick(model.requests)
  return asked && [asked]
}

/** A request of the same kind with other fields; fields that the kind has not are passed over. */
export const remade = <Request extends TransferRequest>(request: Request, fields: object): Request =>
  new (request.constructor as new(fields: object) => Request)({ ...request, ...fields })

/** The same under another id, known by its key. */
export const repeatByKey: Proposal = (bench) => {
  const asked = bench.dice.pick(bench.model.requests.filter(({ idempotencyKey }) => idempotencyKey !== null))
  return asked && [remade(asked, { id: described(bench).id })]
}

/** The proposals, as often as they are to come. The first is the simplest. */
export const sensible: ReadonlyArray<Proposal> = [
  post,
  post,
  post,
  post,
  hold,
  hold,
  endHold,
  endHold,
  reverse,
  linked,
  holdAndEnd,
  repeat,
  repeatByKey
]
