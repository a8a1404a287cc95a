/** Holds the books against what the wallet says. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type Account, type AccountCode, balanceMinor } from "../../ledger/index.ts"
import type { BookedAs, Observation, Payment, PaymentKey } from "../../payments/index.ts"
import { type Difference, Rail } from "../../reconciliation/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import { accounts } from "../accounts.ts"
import type { Ports } from "../ports.ts"
import type { WalletFigures } from "../TicketIntake.ts"

const keysPerRead = 500

const sum = <A>(items: Iterable<A>, amountMinor: (item: A) => bigint): bigint => {
  let total = 0n
  for (const item of items) total += amountMinor(item)
  return total
}

const balance = (account: Account): bigint => balanceMinor(account.normalSide, account)

const balanceOf = ({ ledger }: Ports, code: AccountCode): Effect.Effect<bigint, StorageError> =>
  Effect.map(ledger.account(code), Option.match({ onNone: () => 0n, onSome: balance }))

const readRows = Effect.fnUntraced(function*({ payments }: Ports, keys: ReadonlyArray<PaymentKey>) {
  const rows = new Map<PaymentKey, Payment>()
  for (let from = 0; from < keys.length; from += keysPerRead) {
    const read = yield* payments.byKeys("monero", keys.slice(from, from + keysPerRead))
    for (const payment of read) rows.set(payment.key, payment)
  }
  return rows
})

const bookedMinor = (row: Payment | undefined): bigint =>
  row === undefined || row.bookedAs === "nothing" ? 0n : row.amountMinor

/** Rows that the wallet does not list cannot hide: what they hold shows up as a difference of an account. */
const accountDifferences = Effect.fnUntraced(function*(
  ports: Ports,
  walletMinor: bigint,
  rows: ReadonlyMap<PaymentKey, Payment>
) {
  const booked = (bookedAs: BookedAs): bigint =>
    sum(rows.values(), (row) => row.bookedAs === bookedAs ? row.amountMinor : 0n)
  const tickets = (yield* balanceOf(ports, accounts.unclaimed)) + (yield* balanceOf(ports, accounts.claimed))
  return [
    ...Rail.compared(`account:${accounts.wallet}`, walletMinor, yield* balanceOf(ports, accounts.wallet)),
    ...Rail.compared(`account:${accounts.received}`, booked("received"), yield* balanceOf(ports, accounts.received)),
    ...Rail.compared(`account:${accounts.withheld}`, booked("withheld"), yield* balanceOf(ports, accounts.withheld)),
    ...Rail.compared("account:tickets", booked("credited"), tickets)
  ]
})

const isRead = (cursor: number) => ({ height }: Observation): boolean => height !== null && height <= cursor

const isAhead = (cursor: number) => ({ height }: Observation): boolean => height !== null && height > cursor

/** Must run in a transaction, so that rows and accounts are of one moment. */
export const reconcile = Effect.fnUntraced(function*(
  ports: Ports,
  wallet: WalletFigures
): Effect.fn.Return<ReadonlyArray<Difference>, StorageError> {
  const cursor = Option.getOrElse(yield* ports.payments.cursor("monero"), () => 0)
  const listed = wallet.payments.filter(isRead(cursor))
  const rows = yield* readRows(ports, listed.map(({ key }) => key))
  const aheadMinor = sum(wallet.payments.filter(isAhead(cursor)), ({ amountMinor }) => amountMinor)
  return [
    ...yield* accountDifferences(ports, wallet.balanceMinor - aheadMinor, rows),
    ...listed.flatMap(({ amountMinor, key }) =>
      Rail.compared(`payment:${key}`, amountMinor, bookedMinor(rows.get(key)))
    )
  ]
})
