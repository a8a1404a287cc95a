/** Keeps payouts in a table, in the orders in which they are asked for. */
import * as Effect from "effect/Effect"
import { StorageError } from "../../transaction/index.ts"
import type { MemoryState, MemoryTable } from "../../transaction/testing/index.ts"
import {
  boundPayouts,
  type Payout,
  type PayoutId,
  type PayoutQuery,
  PayoutStatus,
  PayoutStore,
  type PayoutTotal
} from "../index.ts"

/** Payouts by id. */
export type Payouts = MemoryTable<PayoutId, Payout>

type SortBy = PayoutQuery["sortBy"]
type Position = number | bigint

const refusal = (failure: "Contended" | "Broken", method: string, cause: string) =>
  Effect.fail(new StorageError({ failure, operation: `PayoutStore.${method}`, cause }))

const places: Readonly<Record<SortBy, (payout: Payout) => Position>> = {
  queued: ({ queuedAtMillis }) => queuedAtMillis,
  amount: ({ amountMinor }) => amountMinor,
  status: ({ status }) => PayoutStatus.literals.indexOf(status)
}

const compare = (left: Position | string, right: Position | string): number => left < right ? -1 : left > right ? 1 : 0

const byPlace = (sortBy: SortBy) => (left: Payout, right: Payout): number =>
  compare(places[sortBy](left), places[sortBy](right))
  || compare(left.queuedAtMillis, right.queuedAtMillis)
  || compare(left.id, right.id)

const longestQueuedFirst = byPlace("queued")

const mayHaveLanded = ({ status }: Payout): boolean => status === "signed" || status === "sent" || status === "unknown"

const isAsked = (payout: Payout, { dryRun, player, status }: PayoutQuery): boolean =>
  (player === undefined || payout.player === player)
  && (status === undefined || payout.status === status)
  && (dryRun === undefined || payout.dryRun === dryRun)

const page = (payouts: Payouts, query: PayoutQuery): ReadonlyArray<Payout> => {
  const { after, limit, order, sortBy } = query
  const inOrder = (left: Payout, right: Payout) => byPlace(sortBy)(left, right) * (order === "ascending" ? 1 : -1)
  const last = after === undefined ? undefined : payouts.get(after)
  if (after !== undefined && last === undefined) return []
  return [...payouts.values()]
    .filter((payout) => isAsked(payout, query) && (last === undefined || inOrder(payout, last) > 0))
    .sort(inOrder)
    .slice(0, limit)
}

const due = (payouts: Payouts, atMillis: number, limit: number): ReadonlyArray<Payout> => {
  const ready = [...payouts.values()]
    .filter(({ nextAttemptAtMillis }) => nextAttemptAtMillis === null || nextAttemptAtMillis <= atMillis)
    .sort(longestQueuedFirst)
  return [...ready.filter(mayHaveLanded), ...ready.filter(({ status }) => status === "queued")].slice(0, limit)
}

const sumMinor = (payouts: ReadonlyArray<Payout>): bigint =>
  payouts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)

const totals = (payouts: Payouts): ReadonlyArray<PayoutTotal> =>
  PayoutStatus.literals.flatMap((status) =>
    [false, true].flatMap((dryRun) => {
      const of = [...payouts.values()].filter((payout) => payout.status === status && payout.dryRun === dryRun)
      return of.length === 0 ? [] : [{ status, dryRun, count: of.length, amountMinor: sumMinor(of) }]
    })
  )

/** Whether both are of real money and have one block. */
const sharesBlock = (left: Payout, right: Payout): boolean =>
  left.block !== null && left.block === right.block && !left.dryRun && !right.dryRun

const clashes = (left: Payout, right: Payout): boolean =>
  left.id === right.id || left.key === right.key || sharesBlock(left, right)

const canAdd = (kept: ReadonlyArray<Payout>, added: ReadonlyArray<Payout>): boolean =>
  added.every((payout, index) => ![...kept, ...added.slice(0, index)].some((other) => clashes(payout, other)))

/** What a move compares. */
const compared = [
  "status",
  "round",
  "attempts",
  "block",
  "queuedAtMillis",
  "takenAtMillis",
  "firstAttemptAtMillis",
  "lastAttemptAtMillis",
  "nextAttemptAtMillis"
] as const

const move = (payouts: Payouts, before: Payout, after: Payout): "moved" | "elsewhere" | "block taken" => {
  const stored = payouts.get(before.id)
  if (stored === undefined || !compared.every((field) => stored[field] === before[field])) return "elsewhere"
  if ([...payouts.values()].some((other) => other.id !== after.id && sharesBlock(other, after))) return "block taken"
  payouts.set(after.id, after)
  return "moved"
}

/** A `PayoutStore` on a table. */
export const makePayoutStore = ({ statement }: MemoryState["Service"], payouts: Payouts): PayoutStore["Service"] => {
  const select = (matches: (payout: Payout) => boolean) => statement(() => [...payouts.values()].filter(matches))
  return PayoutStore.of(boundPayouts({
    byIds: (ids) => statement(() => [...new Set(ids)].flatMap((id) => payouts.get(id) ?? [])),
    byKeys: (keys) => {
      const asked = new Set(keys)
      return select(({ key }) => asked.has(key))
    },
    add: (added) =>
      Effect.flatMap(
        statement(() => {
          if (!canAdd([...payouts.values()], added)) return false
          for (const payout of added) payouts.set(payout.id, payout)
          return true
        }),
        (isAdded) => isAdded ? Effect.void : refusal("Contended", "add", "id or key exists")
      ),
    move: (before, after) =>
      Effect.flatMap(statement(() => move(payouts, before, after)), (outcome) => {
        if (outcome === "moved") return Effect.void
        return refusal(outcome === "elsewhere" ? "Contended" : "Broken", "move", outcome)
      }),
    due: (atMillis, limit) => statement(() => due(payouts, atMillis, limit)),
    list: (query) => statement(() => page(payouts, query)),
    queuedBeforeMinor: (payout) =>
      Effect.map(
        select((other) => other.status === "queued" && !other.dryRun && longestQueuedFirst(other, payout) < 0),
        sumMinor
      ),
    totals: statement(() => totals(payouts))
  }))
}
