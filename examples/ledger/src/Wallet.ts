/** Moves users' money: in, on hold for an order, to the shop, and back. */
import {
  type AccountError,
  availableMinor,
  balanceMinor,
  deriveTransferId,
  type Entry,
  heldMinor,
  HoldTransfer,
  Ledger,
  type LedgerError,
  LedgerStore,
  PostTransfer,
  SettleTransfer,
  type TransferRequest,
  VoidTransfer
} from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { bank, sales, wallet, walletCode } from "./accounts.ts"
import { type Order, type OrderRefused, Orders } from "./Orders.ts"

/** A line of a statement. `balanceMinor` and `heldMinor` are those just after it. */
export interface StatementLine {
  readonly what: string
  readonly reference: string | null
  readonly amountMinor: bigint
  readonly balanceMinor: bigint
  readonly heldMinor: bigint
}

/** One page; `next` is what to ask the following page with, undefined on the last one. */
export interface StatementPage {
  readonly lines: ReadonlyArray<StatementLine>
  readonly next: bigint | undefined
}

type Refused = LedgerError | OrderRefused | StorageError

/** Everything here can be done again and has its effect once: ids of transfers follow from what causes them. */
export class Wallet extends Context.Service<Wallet, {
  /** Opens the wallet of a user. */
  readonly open: (user: string) => Effect.Effect<void, AccountError | StorageError>
  /** Books what a user paid in; `payment` is the name that the bank has for it. */
  readonly topUp: (
    user: string,
    amountMinor: bigint,
    payment: string
  ) => Effect.Effect<void, LedgerError | StorageError>
  /** Places an order and holds its price. `InsufficientFunds` when the wallet has not that much: then there is no order. */
  readonly placeOrder: (order: Pick<Order, "id" | "user" | "amountMinor">) => Effect.Effect<Order, Refused>
  /** Takes what is held, or less when not everything could be sent; what is left is free again. */
  readonly ship: (id: string, amountMinor: bigint) => Effect.Effect<Order, Refused>
  /** Releases what is held. */
  readonly cancel: (id: string) => Effect.Effect<Order, Refused>
  /** Gives back what was taken for an order. */
  readonly refund: (id: string) => Effect.Effect<Order, Refused>
  /** What may be spent: the balance less what is held. */
  readonly available: (user: string) => Effect.Effect<bigint, StorageError>
  /** What moved the wallet, oldest first. */
  readonly statement: (
    user: string,
    page: { readonly after?: bigint; readonly limit: number }
  ) => Effect.Effect<StatementPage, StorageError>
}>()("example/Wallet") {}

const holdId = (order: string) => deriveTransferId("order", order, "hold")
const settleId = (order: string) => deriveTransferId("order", order, "settle")

const hold = ({ amountMinor, id, user }: Order): TransferRequest =>
  HoldTransfer.from({
    id: holdId(id),
    debit: walletCode(user),
    credit: sales.code,
    asset: sales.asset,
    amountMinor,
    reason: "order.placed",
    reference: id
  })

const settle = ({ id, takenMinor }: Order): TransferRequest =>
  SettleTransfer.from({
    id: settleId(id),
    pendingId: holdId(id),
    amountMinor: takenMinor,
    reason: "order.shipped",
    reference: id
  })

const release = ({ id }: Order): TransferRequest =>
  VoidTransfer.from({
    id: deriveTransferId("order", id, "void"),
    pendingId: holdId(id),
    reason: "order.cancelled",
    reference: id
  })

/** The settlement the other way round. */
const giveBack = ({ id, takenMinor, user }: Order): TransferRequest =>
  PostTransfer.reversing(
    {
      id: settleId(id),
      debit: walletCode(user),
      credit: sales.code,
      asset: sales.asset,
      amountMinor: takenMinor
    },
    { id: deriveTransferId("order", id, "refund"), reason: "order.refunded", reference: id }
  )

const lineOf = (entry: Entry): StatementLine => ({
  what: entry.transfer.kind,
  reference: entry.transfer.reference,
  amountMinor: entry.transfer.amountMinor,
  balanceMinor: balanceMinor("credit", entry),
  heldMinor: heldMinor("credit", entry)
})

/** The wallet over the ledger and the orders at hand. */
export const layer = Layer.effect(
  Wallet,
  Effect.gen(function*() {
    const ledger = yield* Ledger
    const store = yield* LedgerStore
    const orders = yield* Orders
    yield* Effect.forEach([bank, sales], ledger.open)

    /** The row of the order and the transfer commit together, or neither does. */
    const orderAndTransfer = <E>(
      change: Effect.Effect<Order, E>,
      request: (order: Order) => TransferRequest
    ): Effect.Effect<Order, E | LedgerError | StorageError> =>
      Effect.map(
        store.postWith(Effect.map(change, (order) => ({ value: order, sets: [[request(order)]] }))),
        ({ value }) => value
      )

    return {
      open: (user) => Effect.asVoid(ledger.open(wallet(user))),
      topUp: (user, amountMinor, payment) =>
        Effect.asVoid(ledger.post(PostTransfer.from({
          id: deriveTransferId("payment", payment),
          debit: bank.code,
          credit: walletCode(user),
          asset: bank.asset,
          amountMinor,
          reason: "user.paid_in",
          reference: payment
        }))),
      placeOrder: (order) => orderAndTransfer(orders.place(order), hold),
      ship: (id, takenMinor) =>
        orderAndTransfer(orders.move(id, { from: "placed", to: "shipped", takenMinor }), settle),
      cancel: (id) => orderAndTransfer(orders.move(id, { from: "placed", to: "cancelled" }), release),
      refund: (id) => orderAndTransfer(orders.move(id, { from: "shipped", to: "refunded" }), giveBack),
      available: (user) =>
        Effect.map(
          store.account(walletCode(user)),
          (found) => found._tag === "None" ? 0n : availableMinor(found.value) ?? 0n
        ),
      statement: (user, page) =>
        Effect.map(store.statement({ account: walletCode(user), ...page }), (entries) => ({
          lines: entries.map(lineOf),
          next: entries.length < page.limit ? undefined : entries.at(-1)?.accountVersion
        }))
    }
  })
)
