/** Names what tests of money coming in look at. */
import { assert } from "@effect/vitest"
import { LedgerStore, type Transfer } from "@purser/domain/ledger"
import { PaymentStore } from "@purser/domain/payments"
import { type Id8, Tickets, TicketStore } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { balances, events, id8Of, openBooks, payInFull, pidOf, redeem } from "./world.ts"

export const pid = pidOf(1)
export const id8 = id8Of(pid)
export const noChanges = { seen: 0, confirming: 0, credited: 0, withheld: 0, orphaned: 0 }

export const ticketOf = (id8: Id8) =>
  TicketStore.use((tickets) => Effect.map(tickets.byId8(id8), Option.getOrUndefined))
export const transfers = LedgerStore.use((ledger) => ledger.transfers({ order: "oldest_first", limit: 1000 }))
export const steps = (all: ReadonlyArray<Transfer>) =>
  all.map(({ credit, debit, reason }) => `${reason}: ${debit} > ${credit}`)
export const topics = Effect.map(events, (all) => all.map(({ topic }) => topic))
export const cursor = PaymentStore.use((payments) => payments.cursor("monero"))

/** All that an intake writes. */
export const everything = Effect.all({ transfers, events, cursor, balances, ticket: ticketOf(id8) })

/** Pays, takes it in, and claims the ticket. */
export const claimed = Effect.gen(function*() {
  const wallet = yield* openBooks
  const key = yield* payInFull(wallet, pid)
  const redeemed = yield* redeem(pid)
  assert(redeemed._tag === "Redeemed")
  return { wallet, key, token: redeemed.token }
})

/** How the token of a redemption stands, and what it stands for. */
export const statusOf = (token: Parameters<Tickets["Service"]["tokenStatus"]>[0]) =>
  Tickets.use((tickets) => Effect.map(tickets.tokenStatus(token), ({ amountMinor, status }) => [status, amountMinor]))
