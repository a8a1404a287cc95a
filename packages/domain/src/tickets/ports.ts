/** Names the stores that money coming in is written to. */
import * as Effect from "effect/Effect"
import { LedgerStore } from "../ledger/index.ts"
import { Outbox } from "../outbox/index.ts"
import { PaymentStore } from "../payments/index.ts"
import { Transaction } from "../transaction/index.ts"
import { TicketStore } from "./TicketStore.ts"

/** The stores of one installation and what makes them commit together. */
export const ports = Effect.all({
  ledger: LedgerStore,
  outbox: Outbox,
  payments: PaymentStore,
  tickets: TicketStore,
  transaction: Transaction
})

/** What `ports` gives. */
export type Ports = Effect.Success<typeof ports>
